package lists_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/cmd/internal/lists"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
	"pkidstation/queue/queuetest"
)

func ana() queue.Act { return queue.Act{By: "Ana"} }

// known is a queue whose directory has two customers of one name and one of another.
func known(t *testing.T) *queue.Queue {
	t.Helper()
	q := queuetest.Open(t)
	for id, name := range map[autopilot.TenantID]string{
		contoso: "Contoso & Fils", fabrik: "Fabrikam", "33333333-cccc-4ccc-8ccc-333333333333": "FABRIKAM",
	} {
		if err := q.SetCustomer(t.Context(), queue.CustomerSetting{ID: id, Name: name}, ana()); err != nil {
			t.Fatal(err)
		}
	}
	return q
}

// TestWhoseAListIs: whom the person says, else whom the list names, and nobody is
// guessed.
func TestWhoseAListIs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		asked      bool
		want       string
		several    bool
		fails      bool
	}{
		{"named by ID", "PKID,Tenant ID\n3305123456781," + string(contoso) + "\n", false, string(contoso), false, false},
		{"named", "PKID,Customer\n3305123456781,CONTOSO & fils\n", false, string(contoso), false, false},
		{"named, and asked for", "PKID,Customer\n3305123456781,Contoso & Fils\n", true, string(contoso), false, false},
		{"nobody", "PKID\n3305123456781\n", false, "", false, false},
		{"nobody, and asked for", "PKID\n3305123456781\n", true, string(contoso), false, false},
		{"unknown", "PKID,Customer\n3305123456781,Northwind\n", false, "", false, true},
		{"several", "PKID,Customer\n3305123456781,Fabrikam\n", false, "", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := lists.Options{}
			if tt.asked {
				o.Customer = contoso
			}
			got, err := lists.Import(t.Context(), known(t), written(t, tt.text), o, ana())
			if who, ok := errors.AsType[*manifest.CustomerError](err); ok != tt.fails || ok && who.Several != tt.several {
				t.Fatalf("%v", err)
			}
			if !tt.fails && (err != nil || string(got.Announced.Customer) != tt.want || got.Taken() != 1) {
				t.Errorf("%+v, %v", got.Announced, err)
			}
		})
	}
}

// TestWhichOrder: the one that is asked for, unless the list has several.
func TestWhichOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text, asked, named string
		taken                    map[string]int // by order
		refused                  []int          // rows
	}{
		{"none", "PKID\n3305123456781\n", "BL-1", "", map[string]int{"BL-1": 1}, nil},
		{"the list's own", "PKID,Order\n3305123456781,A\n3305123456782,B\n", "", "", map[string]int{"A": 1, "B": 1}, nil},
		{"another", "PKID,Order\n3305123456781,A\n3305123456782,\n", "BL-1", "A", map[string]int{"BL-1": 2, "A": 0}, nil},
		{"the same", "PKID,Order\n3305123456781,BL-1\n", "BL-1", "", map[string]int{"BL-1": 1}, nil},
		{"one of several", "PKID,Order\n3305123456781,A\n3305123456782,BL-1\n3305123456783,\n", "BL-1", "", map[string]int{"BL-1": 2, "A": 0}, []int{2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			q := queuetest.Open(t)
			got, err := lists.Import(t.Context(), q, written(t, tt.text), lists.Options{Customer: contoso, Order: tt.asked}, ana())
			if err != nil || got.Named != tt.named {
				t.Fatalf("%+v, %v", got, err)
			}
			for order, want := range tt.taken {
				if r, err := q.Reconcile(t.Context(), order, contoso); err != nil || r.Announced != want {
					t.Errorf("%s has %d, want %d, %v", order, r.Announced, want, err)
				}
			}
			var rows []int
			for _, r := range got.Refused {
				rows = append(rows, r.Row)
				if r.Reason != lists.OtherOrder || r.Column != "B" || r.Header != "Order" {
					t.Errorf("%+v", r)
				}
			}
			if diff := cmp.Diff(tt.refused, rows); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAListOfSerials is ticked off by them; where PKIDs are announced a row without
// one is wrong.
func TestAListOfSerials(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	got, err := lists.Import(t.Context(), q, written(t, "Serial number;Order\nAB123401;BL-1\nAB123402;BL-1\n"), lists.Options{}, ana())
	if err != nil || got.Taken() != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = lists.Import(t.Context(), q, written(t, "PKID;Serial number;Order\n3305123456781;AB123403;BL-1\n;AB123404;BL-1\n"), lists.Options{}, ana())
	if err != nil || got.Taken() != 1 || len(got.Refused) != 1 || got.Refused[0].Reason != manifest.NoIdentity {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestBrokenOff: a list that is cancelled while it is read leaves nothing.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	o := lists.Options{Customer: contoso, Progress: func(p manifest.Progress) {
		if p.Rows > 0 {
			cancel()
		}
	}}
	if _, err := lists.Import(ctx, q, listFile(t, 20_000), o, ana()); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if all, err := q.Announcements(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if r, err := q.Reconcile(t.Context(), order, ""); err != nil || r.Announced != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestNoList: what is no list is refused with what it is.
func TestNoList(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	folder := t.TempDir()
	for name, want := range map[string]error{
		filepath.Join(folder, "nowhere.csv"): fs.ErrNotExist, folder: table.ErrBroken, os.DevNull: table.ErrBroken,
		written(t, "hello\n"): manifest.ErrNoHeader, written(t, ""): manifest.ErrNoDevices,
	} {
		if _, err := lists.Import(t.Context(), q, name, lists.Options{}, ana()); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", filepath.Base(name), err, want)
		}
	}
}

// TestProfiles are kept by supplier, whatever case and accents they are asked for in.
func TestProfiles(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	p := manifest.Profile{Name: "Société Générale de Gros", Columns: []manifest.Mapping{{Column: "Lizenz", Field: manifest.PKID}}}
	if err := lists.Save(t.Context(), q, p, ana()); err != nil {
		t.Fatal(err)
	}
	got, err := lists.Profile(t.Context(), q, "SOCIETE generale de gros")
	if diff := cmp.Diff(p, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	p.Name = strings.ToUpper(p.Name)
	if err := lists.Save(t.Context(), q, p, ana()); err != nil {
		t.Fatal(err)
	}
	if all, err := lists.Profiles(t.Context(), q); err != nil || len(all) != 1 || all[0].Name != p.Name {
		t.Errorf("%+v, %v", all, err)
	}
	if err := lists.Forget(t.Context(), q, "société générale de gros", ana()); err != nil {
		t.Error(err)
	}
	if _, err := lists.Profile(t.Context(), q, p.Name); !errors.Is(err, lists.ErrNoProfile) {
		t.Errorf("%v", err)
	}
	if err := lists.Save(t.Context(), q, manifest.Profile{Name: "x"}, ana()); err == nil {
		t.Error("a profile without columns was kept")
	}
}
