package queue_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

func TestImportCustomers(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct{ kept, told, want queue.CustomerSetting }{
		"a new one": {
			told: queue.CustomerSetting{Name: "Contoso", Domain: "contoso.com", Relationship: "reseller", CheckedAt: at, Source: queue.FromAPI},
			want: queue.CustomerSetting{Name: "Contoso", Domain: "contoso.com", Relationship: "reseller", CheckedAt: at, Source: queue.FromAPI},
		},
		"a person's name stays": {
			kept: queue.CustomerSetting{Name: "Contoso Lyon", Source: queue.FromPerson},
			told: queue.CustomerSetting{Name: "Contoso", Domain: "contoso.com", Source: queue.FromAPI},
			want: queue.CustomerSetting{Name: "Contoso Lyon", Domain: "contoso.com", Source: queue.FromPerson},
		},
		"a file's name goes before the API's": {
			kept: queue.CustomerSetting{Name: "Contoso (file)", Source: queue.FromFile},
			told: queue.CustomerSetting{Name: "Contoso", Source: queue.FromAPI},
			want: queue.CustomerSetting{Name: "Contoso (file)", Source: queue.FromFile},
		},
		"a file's name goes before an earlier file's": {
			kept: queue.CustomerSetting{Name: "Old", Source: queue.FromFile},
			told: queue.CustomerSetting{Name: "New", Source: queue.FromFile},
			want: queue.CustomerSetting{Name: "New", Source: queue.FromFile},
		},
		"an older answer is no news": {
			kept: queue.CustomerSetting{Relationship: "none", CheckedAt: at.Add(time.Hour)},
			told: queue.CustomerSetting{Relationship: "reseller", CheckedAt: at},
			want: queue.CustomerSetting{Relationship: "none", CheckedAt: at.Add(time.Hour)},
		},
		"the later of two at once counts": {
			kept: queue.CustomerSetting{Relationship: "none", CheckedAt: at},
			told: queue.CustomerSetting{Relationship: "reseller", CheckedAt: at},
			want: queue.CustomerSetting{Relationship: "reseller", CheckedAt: at},
		},
		"no answer changes nothing": {
			kept: queue.CustomerSetting{Relationship: "reseller", CheckedAt: at},
			told: queue.CustomerSetting{CheckedAt: at.Add(time.Hour)},
			want: queue.CustomerSetting{Relationship: "reseller", CheckedAt: at},
		},
		"tags are added and never lost": {
			kept: queue.CustomerSetting{GroupTag: "STD", Tags: []autopilot.GroupTag{"LAB"}},
			told: queue.CustomerSetting{GroupTag: "KIOSK", Tags: []autopilot.GroupTag{"STD", "LAB", "A"}},
			want: queue.CustomerSetting{GroupTag: "STD", Tags: []autopilot.GroupTag{"A", "KIOSK", "LAB"}},
		},
		"what is set stays": {
			kept: queue.CustomerSetting{Reseller: fabrik, Profile: "p1", ProfileName: "Standard"},
			told: queue.CustomerSetting{Reseller: contoso},
			want: queue.CustomerSetting{Reseller: fabrik, Profile: "p1", ProfileName: "Standard"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := open(t)
			tt.told.ID, tt.want.ID = contoso, contoso
			known := 0
			if tt.kept.Name+string(tt.kept.GroupTag)+string(tt.kept.Relationship)+tt.kept.Profile != "" {
				tt.kept.ID, known = contoso, 1
				if err := q.SetCustomer(t.Context(), tt.kept, queue.Act{}); err != nil {
					t.Fatal(err)
				}
			}
			fresh, err := q.ImportCustomers(t.Context(), []queue.CustomerSetting{tt.told, tt.told}, queue.Act{})
			if err != nil || fresh != 1-known {
				t.Errorf("%d are new, %v", fresh, err)
			}
			got, err := q.Customer(t.Context(), contoso)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v, (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestTheDirectoryIsKeptAndItsChangesAreWritten(t *testing.T) {
	t.Parallel()
	q := open(t)
	if _, err := q.Customer(t.Context(), contoso); !errors.Is(err, queue.ErrUnknownCustomer) {
		t.Errorf("nobody: %v", err)
	}
	act := queue.Act{By: "Léa", Reason: "the tag of the order"}
	c, err := q.ChangeCustomer(t.Context(), contoso, act, func(c *queue.CustomerSetting) {
		c.ID, c.Name, c.GroupTag, c.Tags = fabrik, "Contoso\xff", "STD", []autopilot.GroupTag{"LAB", "STD", ""}
	})
	if err != nil || c.ID != contoso {
		t.Fatalf("changed: %+v, %v", c, err)
	}
	if kept, err := q.Customer(t.Context(), contoso); err != nil || kept.Name != "Contoso\uFFFD" {
		t.Errorf("kept: %+v, %v", kept, err)
	}
	if diff := cmp.Diff([]autopilot.GroupTag{"STD", "LAB"}, c.Choices()); diff != "" {
		t.Error(diff)
	}
	if _, err := q.Customer(t.Context(), fabrik); !errors.Is(err, queue.ErrUnknownCustomer) {
		t.Errorf("a change made another one: %v", err)
	}
	if err := q.ForgetCustomer(t.Context(), contoso, act); err != nil {
		t.Fatal(err)
	}
	if err := q.ForgetCustomer(t.Context(), contoso, act); !errors.Is(err, queue.ErrUnknownCustomer) {
		t.Errorf("forgotten twice: %v", err)
	}
	if all, err := q.Customers(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("left: %+v, %v", all, err)
	}
}

func TestCustomerWithAllOfItGolden(t *testing.T) {
	t.Parallel()
	golden(t, "customer_full", queue.CustomerSetting{
		ID: contoso, Name: "Contoso & Fils", Domain: "contoso.com", GroupTag: "STD", Tags: []autopilot.GroupTag{"LAB"}, Reseller: fabrik,
		Relationship: autopilot.RelationshipReseller, CheckedAt: time.Date(2026, 11, 25, 8, 30, 0, 0, time.UTC),
		Profile: "p1", ProfileName: "Standard", Source: queue.FromPerson,
	})
}
