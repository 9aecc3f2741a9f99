package partnercentertest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const reseller autopilot.TenantID = "0d1b9f0e-3a58-4bb4-8f0a-9a4b3f7a2c33"

// TestRelationshipAnswer: what GET of a customer says is a setting, what
// registering for them says is not.
func TestRelationshipAnswer(t *testing.T) {
	t.Parallel()
	for mode, want := range map[partnercentertest.Mode]int{
		"": 403, partnercentertest.Relationship403: 403, partnercentertest.Relationship404: 404, partnercentertest.Relationship200: 200,
	} {
		server := partnercentertest.NewServer(partnercentertest.Options{RelationshipAnswer: mode, Customers: []autopilot.Customer{
			{ID: contoso}, {ID: fabrikam, Relationship: autopilot.RelationshipAdvisor},
		}})
		status, body := ask(t, server, "GET", in(fabrikam, ""), "")
		if status != want || want == http.StatusOK && !strings.Contains(body, `"relationshipToPartner":"advisor"`) {
			t.Errorf("%q: %d %s", mode, status, body)
		}
		if status, body := ask(t, server, "GET", in(fabrikam, "deviceBatches"), ""); status != http.StatusForbidden || codeIn(t, body) != "20002" {
			t.Errorf("%q: the batches: %d %s", mode, status, body)
		}
		if status, _ := ask(t, server, "GET", in("nobody.example", ""), ""); status != http.StatusForbidden {
			t.Errorf("%q: nobody's: %d", mode, status)
		}
		server.SetRelationship(fabrikam, true)
		if status, _ := ask(t, server, "GET", in(fabrikam, "deviceBatches"), ""); status != http.StatusOK {
			t.Errorf("%q: accepted later: %d", mode, status)
		}
	}
}

// TestDelegatedAccessIsOnlyInOne customer, never in the list.
func TestDelegatedAccessIsOnlyInOne(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{DelegatedAccess: true, Customers: []autopilot.Customer{{ID: contoso}}})
	_, one := ask(t, server, "GET", in(contoso, ""), "")
	_, list := ask(t, server, "GET", "/v1/customers", "")
	if !strings.Contains(one, `"allowDelegatedAccess":true`) || strings.Contains(list, "allowDelegatedAccess") {
		t.Errorf("one: %s\nlist: %s", one, list)
	}
}

func TestSetCustomer(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	post(t, server, contoso, boxes(0, 1)...)
	server.SetCustomer(autopilot.Customer{ID: autopilot.TenantID(strings.ToUpper(string(contoso))), Name: "Contoso", Relationship: autopilot.RelationshipNone})
	server.SetCustomer(autopilot.Customer{ID: fabrikam, Name: "Fabrikam"})
	if status, _ := ask(t, server, "GET", in(contoso, "deviceBatches"), ""); status != http.StatusForbidden {
		t.Errorf("withdrawn: %d", status)
	}
	server.SetCustomer(autopilot.Customer{ID: contoso, Name: "Contoso"})
	if len(ids(t, server, contoso)) != 1 {
		t.Error("what is registered is lost")
	}
	if status, _ := ask(t, server, "GET", in("other.example", ""), ""); status != http.StatusOK {
		t.Errorf("everybody else: %d", status)
	}
}

// listed are the customers that a query gives, over all pages, and how many
// pages they took.
func listed(t *testing.T, server *partnercentertest.Server, query string) (got []autopilot.TenantID, pages int) {
	t.Helper()
	path, token := "/v1/customers?"+query, []string(nil)
	for {
		status, body := ask(t, server, "GET", path, "", token...)
		var wire struct {
			Items []struct{ ID autopilot.TenantID }
			Links struct {
				Next *struct {
					URI     string
					Headers []struct{ Key, Value string }
				}
			}
			ContinuationToken string
		}
		if err := json.Unmarshal([]byte(body), &wire); err != nil || status != http.StatusOK {
			t.Fatalf("%s: %d %s: %v", path, status, body, err)
		}
		pages++
		for _, one := range wire.Items {
			got = append(got, one.ID)
		}
		if wire.Links.Next == nil {
			return got, pages
		}
		if wire.Links.Next.Headers[0].Value != wire.ContinuationToken {
			t.Errorf("the link and the body have two tokens: %s", body)
		}
		path, token = "/v1"+wire.Links.Next.URI, []string{wire.Links.Next.Headers[0].Key, wire.ContinuationToken}
	}
}

func TestCustomersByFilter(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{
		PageSize: 2, Account: partnercentertest.AccountProvider,
		Resellers: map[autopilot.TenantID][]partnercentertest.Reseller{"c.example": {{ID: reseller}}, "n.example": {{ID: reseller}}},
		Customers: []autopilot.Customer{
			{ID: "a.example", Name: "Contoso A", Domain: "a.onmicrosoft.com"}, {ID: "b.example", Name: "contoso B"}, {ID: "c.example", Name: "CONTOSO C"},
			{ID: "d.example", Name: "Not Contoso"}, {ID: "n.example", Name: "Contoso N", Relationship: autopilot.RelationshipNone},
			{ID: "o.example", Name: "Contoso O", Relationship: autopilot.RelationshipNone},
		},
	})
	filter := func(field, value string) string {
		return "filter=" + url.QueryEscape(`{"Field":"`+field+`","Value":"`+value+`","Operator":"starts_with"}`)
	}
	for _, tt := range []struct {
		query string
		want  []autopilot.TenantID
		pages int
	}{
		{"size=200", []autopilot.TenantID{"a.example", "b.example", "c.example", "d.example", "n.example"}, 3},
		{"size=1&" + filter("CompanyName", "cont"), []autopilot.TenantID{"a.example", "b.example", "c.example", "n.example"}, 4},
		{"size=0&" + filter("companyname", "CONT"), []autopilot.TenantID{"a.example", "b.example", "c.example", "n.example"}, 1},
		{filter("Domain", "A.on"), []autopilot.TenantID{"a.example"}, 1},
		{filter("IndirectReseller", string(reseller)), []autopilot.TenantID{"c.example", "n.example"}, 1},
		{filter("CompanyName", "x"), nil, 1},
	} {
		got, pages := listed(t, server, tt.query)
		if diff := cmp.Diff(tt.want, got); diff != "" || pages != tt.pages {
			t.Errorf("%s: %d pages, want %d (-want +got):\n%s", tt.query, pages, tt.pages, diff)
		}
	}
	for _, bad := range []string{"size=-1", "size=x", filter("Country", "F"), "filter=x", "filter=" + url.QueryEscape(`{"Field":"Domain","Value":"x","Operator":"equals"}`)} {
		if status, _ := ask(t, server, "GET", "/v1/customers?"+bad, ""); status != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, status)
		}
	}
	for _, token := range []string{"x", "YWZ0ZXI6MQ==", "eyJhZnRlciI6LTEsInNpemUiOjF9", "eyJhZnRlciI6OTksInNpemUiOjF9", "eyJhZnRlciI6MSwic2l6ZSI6MH0="} {
		if status, _ := ask(t, server, "GET", "/v1/customers?seekOperation=Next", "", "MS-ContinuationToken", token); status != http.StatusBadRequest {
			t.Errorf("token %s: %d", token, status)
		}
	}
}

// TestProvider: a reseller's customer is enough, and the resellers can be had.
func TestProvider(t *testing.T) {
	t.Parallel()
	opts := partnercentertest.Options{
		Account:   partnercentertest.AccountProvider,
		Customers: []autopilot.Customer{{ID: contoso, Relationship: autopilot.RelationshipNone}, {ID: fabrikam, Relationship: autopilot.RelationshipNone}},
		Resellers: map[autopilot.TenantID][]partnercentertest.Reseller{contoso: {{ID: reseller, Name: "Resale", MPN: "4711"}}},
	}
	const all = "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf"
	server := partnercentertest.NewServer(opts)
	post(t, server, contoso, boxes(0, 1)...)
	if status, _ := ask(t, server, "GET", in(fabrikam, "deviceBatches"), ""); status != http.StatusForbidden {
		t.Errorf("without a reseller: %d", status)
	}
	for _, path := range []string{in(contoso, "relationships"), all} {
		status, body := ask(t, server, "GET", path, "")
		if status != http.StatusOK || !strings.Contains(body, `"mpnId":"4711"`) || !strings.Contains(body, `"relationshipType":"is_indirect_cloud_solution_provider_of"`) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if status, _ := ask(t, server, "GET", "/v1/relationships?relationship_type=Nonsense", ""); status != http.StatusBadRequest {
		t.Errorf("another type: %d", status)
	}
	opts.Account, opts.Customers = partnercentertest.AccountDirect, nil
	server = partnercentertest.NewServer(opts)
	for _, path := range []string{in(contoso, "relationships"), all} {
		if status, _ := ask(t, server, "GET", path, ""); status != http.StatusForbidden {
			t.Errorf("a direct account's %s: %d", path, status)
		}
	}
}

func TestIndirectResellerHasNoAPI(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{Account: partnercentertest.AccountReseller})
	for _, path := range []string{"/v1/customers", in(contoso, ""), in(contoso, "deviceBatches"), "/v1/customers/relationshiprequests", "/v1/nothing"} {
		if status, body := ask(t, server, "GET", path, ""); status != http.StatusForbidden || codeIn(t, body) != "900149" {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if status, _ := ask(t, server, "POST", in(contoso, "deviceBatches"), `{"batchId":"B","devices":[{"productKey":"3305123456781"}]}`); status != http.StatusForbidden || len(server.Ledger()) != 0 {
		t.Errorf("POST: %d, %v", status, server.Ledger())
	}
}

func TestRelationshipRequest(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{})
	status, body := ask(t, server, "GET", "/v1/customers/relationshiprequests", "")
	if status != http.StatusOK || !strings.Contains(body, "type=ResellerRelationship") || strings.Contains(body, string(contoso)) {
		t.Errorf("%d %s", status, body)
	}
	server = partnercentertest.NewServer(partnercentertest.Options{Invitation: "https://admin.example/?x=1"})
	if _, body := ask(t, server, "GET", "/V1/Customers/RelationshipRequests", ""); !strings.Contains(body, "https://admin.example/?x=1") {
		t.Errorf("%s", body)
	}
}
