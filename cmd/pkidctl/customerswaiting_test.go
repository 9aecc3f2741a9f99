package main_test

import (
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/queuetest"
)

// TestCustomersThatWaitAreListed: a customer without a relationship is in no list
// of Partner Center; the boxes wait all the same.
func TestCustomersThatWaitAreListed(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	q := queuetest.OpenIn(t, data)
	for _, pause := range []queue.Pause{
		{Customer: oneCustomer, Reason: queue.NoRelationship, Person: true}, {Customer: "fabrikam.example", Reason: queue.WrongRole},
	} {
		if err := q.SetPause(t.Context(), pause); err != nil {
			t.Fatal(err)
		}
	}
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	got := runIt(t, data, "", nil, "customers", "--offline", "--json")
	got.want(t, 0, oneCustomer, `"relationship":"none"`)
	if strings.Contains(got.out, "fabrikam") {
		t.Errorf("it lists\n%s", got.out)
	}
}
