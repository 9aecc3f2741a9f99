package export_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/export"
	"pkidstation/queue/queuetest"
)

// exported exports what is ready as pkidctl does, and gives the file's devices.
func exported(t *testing.T, q *queue.Queue, rows int) []autopilot.Device {
	t.Helper()
	groups, err := q.Ready(t.Context())
	if err != nil || len(groups) == 0 {
		t.Fatal(groups, err)
	}
	file := filepath.Join(t.TempDir(), "a.csv")
	taken, _, _, err := export.WriteFile(file, groups[0].Entries, export.Options{Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Exported(t.Context(), ids(taken), "Dock", queue.Act{By: "Ana", Reason: export.Note(file, taken)}); err != nil {
		t.Fatal(err)
	}
	devices, err := export.ReadFile(file, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return devices
}

func match(t *testing.T, q *queue.Queue, devices []autopilot.Device) []export.Row {
	t.Helper()
	rows, err := export.Match(t.Context(), q, export.Given{Name: "a.csv", Devices: devices})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func stands(rows []export.Row) []export.Stand {
	var all []export.Stand
	for _, r := range rows {
		all = append(all, r.Stand)
	}
	return all
}

func confirm(t *testing.T, q *queue.Queue, rows []export.Row, refused map[autopilot.Device]autopilot.Code) []queue.Entry {
	t.Helper()
	settled, err := q.ConfirmExport(t.Context(), export.Outcomes(rows, refused), queue.Act{By: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	return settled
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	queuetest.Fill(t, q, queue.Work{Customer: "fabrikam.example", GroupTag: "Dock"}, 0, 4)
	devices := exported(t, q, 0)
	rows := match(t, q, devices)
	if diff := cmp.Diff([]export.Stand{export.Waiting, export.Waiting, export.Waiting, export.Waiting}, stands(rows)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	refused := map[autopilot.Device]autopilot.Code{devices[1]: "808", devices[2]: autopilot.CodeAlreadyHere, surface(): "812"}
	var got []string
	for _, e := range confirm(t, q, rows, refused) {
		got = append(got, string(e.State)+" "+string(e.Code)+" "+string(e.Reason))
	}
	want := []string{"registered  confirmed-by-hand", "rejected 808 ", "registered 806 confirmed-by-hand", "registered  confirmed-by-hand"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	rows = match(t, q, append(devices, autopilot.Device{PKID: "3399999999999"}, surface()))
	again := []export.Stand{export.MovedOn, export.MovedOn, export.MovedOn, export.MovedOn, export.Unknown, export.Unknown}
	if diff := cmp.Diff(again, stands(rows)); diff != "" || export.Outcomes(rows, refused) != nil {
		t.Errorf("a second time (-want +got):\n%s", diff)
	}
}

// TestConfirmOfAnOlderFile: a device that the site refused goes out again in
// another file. The old file says nothing of the new one: no tick for a device
// that never arrived.
func TestConfirmOfAnOlderFile(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	queuetest.Fill(t, q, queue.Work{Customer: "fabrikam.example", GroupTag: "Dock"}, 0, 3)
	first := exported(t, q, 2)
	rows := match(t, q, first)
	settled := confirm(t, q, rows, map[autopilot.Device]autopilot.Code{first[1]: "812"})
	if err := q.Retry(t.Context(), []string{settled[1].ID}, queue.Act{By: "Ana"}); err != nil {
		t.Fatal(err)
	}
	second := exported(t, q, 0)
	if diff := cmp.Diff([]export.Stand{export.MovedOn, export.OtherFile}, stands(match(t, q, first))); diff != "" {
		t.Errorf("the old file (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]export.Stand{export.Waiting, export.Waiting}, stands(match(t, q, second))); diff != "" {
		t.Errorf("the new file (-want +got):\n%s", diff)
	}
}

// TestConfirmWithoutANote: what an older version exported has no fingerprint.
func TestConfirmWithoutANote(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	ids := queuetest.Fill(t, q, queue.Work{Customer: "fabrikam.example"}, 0, 2)
	if err := q.Exported(t.Context(), ids, "Dock", queue.Act{By: "Ana", Reason: "devices.csv"}); err != nil {
		t.Fatal(err)
	}
	rows := match(t, q, []autopilot.Device{{PKID: queuetest.PKID(0)}})
	if diff := cmp.Diff([]export.Stand{export.Waiting}, stands(rows)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestConfirmOfSeveralCustomers(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	var devices []autopilot.Device
	for i, customer := range []autopilot.TenantID{"fabrikam.example", "contoso.example"} {
		ids := queuetest.Fill(t, q, queue.Work{Customer: customer}, i, 1)
		if err := q.Exported(t.Context(), ids, "Dock", queue.Act{By: "Ana"}); err != nil {
			t.Fatal(err)
		}
		devices = append(devices, autopilot.Device{PKID: queuetest.PKID(i)})
	}
	if rows, err := export.Match(t.Context(), q, export.Given{Name: "a.csv", Devices: devices}); !errors.Is(err, export.ErrSeveralCustomers) || rows != nil {
		t.Errorf("%v, %v", rows, err)
	}
}

// TestConfirmTheFileOfTheOther: the same box was exported for the wrong customer, and
// then for the right one. The older file, in which the site took it for the wrong
// one, is no tick for the right one.
func TestConfirmTheFileOfTheOther(t *testing.T) {
	t.Parallel()
	const wrong, right = autopilot.TenantID("contoso.example"), autopilot.TenantID("fabrikam.example")
	q := queuetest.Open(t)
	ids := queuetest.Fill(t, q, queue.Work{Customer: wrong, GroupTag: "Dock"}, 0, 1)
	first := exported(t, q, 0)
	confirm(t, q, match(t, q, first), map[autopilot.Device]autopilot.Code{first[0]: "812"})
	must(t, q.Discard(t.Context(), ids, queue.Act{By: "Ana"}))
	queuetest.Fill(t, q, queue.Work{Customer: right, GroupTag: "Dock"}, 0, 1)
	second := exported(t, q, 0)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Fatalf("other rows:\n%s", diff)
	}
	for _, tt := range []struct {
		given export.Given
		want  export.Stand
	}{
		{export.Given{Name: "a.csv"}, export.Twice}, // both have that name
		{export.Given{Name: "renamed.csv"}, export.Twice},
		{export.Given{Name: "a.csv", Customer: wrong}, export.OtherCustomer},
		{export.Given{Name: "renamed.csv", Customer: right}, export.Waiting},
	} {
		tt.given.Devices = second
		rows, err := export.Match(t.Context(), q, tt.given)
		must(t, err)
		if diff := cmp.Diff([]export.Stand{tt.want}, stands(rows)); diff != "" {
			t.Errorf("%s of %q (-want +got):\n%s", tt.given.Name, tt.given.Customer, diff)
		}
	}
}

// TestConfirmTheFileOfTheOtherTag: the same for two group tags of one customer.
func TestConfirmTheFileOfTheOtherTag(t *testing.T) {
	t.Parallel()
	const customer = autopilot.TenantID("contoso.example")
	q := queuetest.Open(t)
	ids := queuetest.Fill(t, q, queue.Work{Customer: customer, GroupTag: "Wrong"}, 0, 1)
	first := exported(t, q, 0)
	confirm(t, q, match(t, q, first), map[autopilot.Device]autopilot.Code{first[0]: "812"})
	must(t, q.Discard(t.Context(), ids, queue.Act{By: "Ana"}))
	queuetest.Fill(t, q, queue.Work{Customer: customer, GroupTag: "Right"}, 0, 1)
	second := exported(t, q, 0)
	for _, tt := range []struct {
		given export.Given
		want  export.Stand
	}{
		{export.Given{}, export.Twice},
		{export.Given{Customer: customer}, export.Twice},
		{export.Given{Customer: customer, Tag: "Wrong"}, export.OtherCustomer},
		{export.Given{Customer: customer, Tag: "Right"}, export.Waiting},
	} {
		tt.given.Name, tt.given.Devices = "old.csv", second
		rows, err := export.Match(t.Context(), q, tt.given)
		must(t, err)
		if diff := cmp.Diff([]export.Stand{tt.want}, stands(rows)); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", tt.given, diff)
		}
	}
}

// TestConfirmByName: where both files still have their own names, those tell.
func TestConfirmByName(t *testing.T) {
	t.Parallel()
	q := queuetest.Open(t)
	var devices []autopilot.Device
	for i, customer := range []autopilot.TenantID{"contoso.example", "fabrikam.example"} {
		ids := queuetest.Fill(t, q, queue.Work{Customer: customer, GroupTag: "Dock"}, 0, 1)
		e, err := q.Entry(t.Context(), ids[0])
		must(t, err)
		file := filepath.Join("somewhere", string(customer)+".csv")
		must(t, q.Exported(t.Context(), ids, "Dock", queue.Act{By: "Ana", Reason: export.Note(file, []queue.Entry{e})}))
		devices = []autopilot.Device{e.ToSend()}
		if i == 0 {
			confirm(t, q, match(t, q, devices), map[autopilot.Device]autopilot.Code{devices[0]: "812"})
			must(t, q.Discard(t.Context(), ids, queue.Act{By: "Ana"}))
		}
	}
	for name, want := range map[string]export.Stand{
		filepath.Join("elsewhere", "fabrikam.example.csv"): export.Waiting, "contoso.example.csv": export.Twice, "x.csv": export.Twice,
	} {
		rows, err := export.Match(t.Context(), q, export.Given{Name: name, Devices: devices})
		must(t, err)
		if diff := cmp.Diff([]export.Stand{want}, stands(rows)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
