package partnercenter_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"pkidstation/queue/partnercenter"
)

// TestAForgottenToken: a token that Partner Center knows no more has the list
// begun anew, once; and it never passes for a batch that is not there.
func TestAForgottenToken(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadRequest, http.StatusNotFound, http.StatusGone} {
		for _, lasts := range []bool{false, true} {
			t.Run(fmt.Sprint(status, lasts), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					p := &pager{pages: 4}
					p.fail = func(page, tries int) *http.Response {
						if page == 3 && (tries == 1 || lasts) {
							return said(status, `{"code":"3000","description":"The continuation token is not valid."}`)
						}
						return nil
					}
					got, err := p.client(t).BatchDevices(t.Context(), contoso, "DOCK-7")
					if !lasts {
						p.whole(t, got, err)
						if want := []int{1, 2, 3, 1, 2, 3, 4}; !slices.Equal(p.asked, want) {
							t.Errorf("asked for the pages %v, want %v", p.asked, want)
						}
						return
					}
					failed := failure(t, err)
					if got != nil || failed.Kind() != partnercenter.Invalid || failed.Status != status || failed.Code != "3000" {
						t.Errorf("got %v, %v", got, err)
					}
					if want := []int{1, 2, 3, 1, 2, 3}; !slices.Equal(p.asked, want) {
						t.Errorf("asked for the pages %v, want %v", p.asked, want)
					}
				})
			})
		}
	}
}

// TestABatchThatGoesInMidList: begun anew it is not there, and that is the answer.
func TestABatchThatGoesInMidList(t *testing.T) {
	t.Parallel()
	p := &pager{pages: 4}
	p.fail = func(page, tries int) *http.Response {
		if page == 3 || page == 1 && tries == 2 {
			return said(http.StatusNotFound, "")
		}
		return nil
	}
	if got, err := p.client(t).BatchDevices(t.Context(), contoso, "DOCK-7"); got != nil || failure(t, err).Kind() != partnercenter.NotFound {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestRowsAreNotGivenTwice: what went through the caller's hands cannot be taken
// back, so such a list is not begun anew; a lost page is asked for again.
func TestRowsAreNotGivenTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ids := []string{string(contoso), "fabrikam.example", "northwind.example"}
		forgotten, asked := false, 0
		client := socketless(t, func(w http.ResponseWriter, r *http.Request) {
			asked++
			at, next := 0, ""
			_, _ = fmt.Sscanf(r.Header.Get("MS-ContinuationToken"), "row %d", &at)
			switch {
			case asked == 2:
				w.WriteHeader(http.StatusBadGateway)
				return
			case forgotten && at == 2:
				w.WriteHeader(http.StatusBadRequest)
				return
			case at < 2:
				next = fmt.Sprint("row ", at+1)
			}
			_, _ = w.Write([]byte(listPage(`{"id":"`+ids[at]+`"}`, next)))
		})
		for range 2 {
			var got []string
			var failed error
			for customer, err := range client.Customers(t.Context()) {
				if failed = err; err == nil {
					got = append(got, string(customer.ID))
				}
			}
			if !forgotten && (failed != nil || !slices.Equal(got, ids) || asked != 4) {
				t.Errorf("got %v, %v in %d requests", got, failed, asked)
			}
			if forgotten && (failure(t, failed).Kind() != partnercenter.Invalid || !slices.Equal(got, ids[:2]) || asked != 4) {
				t.Errorf("forgotten: got %v, %v in %d requests", got, failed, asked)
			}
			forgotten, asked = true, 0
		}
	})
}
