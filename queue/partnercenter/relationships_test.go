package partnercenter_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/partnercenter"
)

func answer(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }
}

// TestRelationshipLinkIsTheirs: the link comes exactly as it was given, or not
// at all. A person will be asked to open it.
func TestRelationshipLinkIsTheirs(t *testing.T) {
	t.Parallel()
	for link, given := range map[string]bool{
		"https://portal.office.com/partner/partnersignup.aspx?type=ResellerRelationship&id=1&csp=1&msppid=0": true,
		"https://admin.microsoft.com/Adminportal/Home?invType=ResellerRelationship#/partners/accept":         true,
		"HTTPS://partner.example/%7Ex?a=é":            true,
		"http://portal.office.com/partner":            false,
		"javascript:alert(1)":                         false,
		"ms-settings:":                                false,
		"//portal.office.com/partner":                 false,
		"portal.office.com/partner":                   false,
		"https://":                                    false,
		"https:///partner":                            false,
		"https://microsoft.com@evil.test/":            false,
		"https://a.test/ then run this":               false,
		"https://a.test/\nx":                          false,
		"https://a.test/\u202egnp.exe":                false,
		" https://a.test/":                            false,
		"https://a.test/%zz":                          false,
		"https://a.test/" + strings.Repeat("x", 2048): false,
		"": false,
	} {
		body, err := json.Marshal(map[string]string{"url": link})
		if err != nil {
			t.Fatal(err)
		}
		s := newService(t, answer(string(body)))
		got, err := s.client.RelationshipRequest(t.Context())
		if given {
			if err != nil || got != link {
				t.Errorf("%q: got %q, %v", link, got, err)
			}
			continue
		}
		if failed := failure(t, err); got != "" || failed.Kind() != partnercenter.NoAnswer || failed.Status != http.StatusOK || failed.CorrelationID == "" {
			t.Errorf("%q: got %q, %v", link, got, err)
		}
	}
	for _, body := range []string{"", "null", "[]", "{}", `{"url":null}`, `{"url":["https://a.test"]}`, "<html>", `{"url":"https://a.test"} {}`} {
		s := newService(t, answer(body))
		if got, err := s.client.RelationshipRequest(t.Context()); got != "" || failure(t, err).Kind() != partnercenter.NoAnswer {
			t.Errorf("%s: got %q, %v", body, got, err)
		}
	}
}

func TestResellers(t *testing.T) {
	t.Parallel()
	s := newService(t, answer("\ufeff"+`{"totalCount":4,"items":[
		{"id":"484E548C-f5f3-4528-93a9-c16c6373cb59","name":" First Up\u0007 ","relationshipType":"IsIndirectCloudSolutionProviderOf","mpnId":4847383},
		{"id":"b.example","relationshipType":"is_something_new"," attributes":{}},
		{"id":"../x","name":"odd"},{"name":"nameless"}]}`))
	got, err := s.client.Resellers(t.Context(), contoso)
	want := []partnercenter.Relation{
		{ID: "484e548c-f5f3-4528-93a9-c16c6373cb59", Name: "First Up", Type: "is_indirect_cloud_solution_provider_of", MPN: "4847383"},
		{ID: "b.example", Type: "is_something_new"},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for body, none := range map[string]bool{
		"null": true, `{"totalCount":0,"items":null}`: true, `{"items":[]}`: true, "": false, "{}": false, "<html>": false, "[]": false,
	} {
		s := newService(t, answer(body))
		got, err := s.client.Resellers(t.Context(), contoso)
		if none && err != nil || !none && failure(t, err).Kind() != partnercenter.NoAnswer || len(got) > 0 {
			t.Errorf("%s: got %v, %v", body, got, err)
		}
	}
	// A customer list of null is no customer list.
	if _, err := newService(t, answer("null")).client.Batches(t.Context(), contoso); failure(t, err).Kind() != partnercenter.NoAnswer {
		t.Errorf("batches of null: %v", err)
	}
}

// TestFilterIsData: what is searched for cannot leave its place, and what
// Partner Center does not know is not sent.
func TestFilterIsData(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"Contoso Ltd", `","Operator":"x`, "a&filter=b#c", "Müller+%20", "\u2028</script>"} {
		s := newService(t, answer(`{"items":[]}`))
		for _, err := range s.client.CustomersMatching(t.Context(), partnercenter.CustomerFilter{Field: partnercenter.IndirectReseller, Value: value}) {
			t.Error(err)
		}
		query, err := url.ParseQuery(s.Calls()[0].Query)
		if err != nil || len(query) != 2 || query.Get("size") != "200" {
			t.Fatalf("%q asks for %s", value, s.Calls()[0].Query)
		}
		var got map[string]string
		if err := json.Unmarshal([]byte(query.Get("filter")), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]string{"Field": "IndirectReseller", "Value": value, "Operator": "starts_with"}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", value, diff)
		}
	}
	s := newService(t, answer(`{"items":[]}`))
	for _, filter := range []partnercenter.CustomerFilter{{}, {Field: "Name", Value: "x"}, {Field: partnercenter.Domain}} {
		times := 0
		for _, err := range s.client.CustomersMatching(t.Context(), filter) {
			times++
			if kind := failure(t, err).Kind(); kind != partnercenter.Invalid {
				t.Errorf("%v: got %v", filter, err)
			}
		}
		if times != 1 || len(s.Calls()) > 0 {
			t.Errorf("%v: yielded %d times, sent %v", filter, times, s.Calls())
		}
	}
}

// TestMatchingSeeks: further pages are asked for as of all customers, by the
// token alone.
func TestMatchingSeeks(t *testing.T) {
	t.Parallel()
	s := newService(t, files(t, "customers_1.json", "customers_2.json"))
	n := 0
	for _, err := range s.client.CustomersMatching(t.Context(), partnercenter.CustomerFilter{Field: partnercenter.CompanyName, Value: "c"}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	second := s.Calls()[1]
	if n != 2 || second.Query != "seekOperation=Next" || second.Header.Get("MS-ContinuationToken") != "NEXT1" {
		t.Errorf("%d customers; the second page was asked for with %q and token %q", n, second.Query, second.Header.Get("MS-ContinuationToken"))
	}
}
