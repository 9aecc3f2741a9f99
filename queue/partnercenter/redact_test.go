package partnercenter_test

import (
	"net/http"
	"strings"
	"testing"

	"pkidstation/queue/partnercenter"
)

// A PKID is in no error text, in whatever word it stands and wherever the text is
// cut; what Microsoft's support asks for is.
func TestNoPKIDInAnErrorText(t *testing.T) {
	t.Parallel()
	const pkid, tenant = "3305123456781", "11111111-2222-4333-8444-555555555555"
	for name, description := range map[string]string{
		"alone":         "device " + pkid + " is not known",
		"in a word":     "PKID_" + pkid + "x",
		"in a number":   "0" + pkid + "99",
		"twice":         pkid + pkid,
		"cut at a byte": strings.Repeat("x", 1024-9) + " " + pkid,
		"cut by them":   "device " + pkid[:10],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := refusedWith(t, http.StatusBadRequest, `{"code":"2000","description":"`+description+` of `+tenant+`"}`)
			text := err.Error() + err.Description
			for at := range len(pkid) - 8 {
				if strings.Contains(text, pkid[at:at+8]) {
					t.Errorf("says %s", text)
				}
			}
			if name == "alone" && (!strings.Contains(text, "…6781") || !strings.Contains(text, tenant)) {
				t.Errorf("says %s", text)
			}
		})
	}
}

// refusedWith is the error of a call that is answered so.
func refusedWith(t *testing.T, status int, body string) *partnercenter.Error {
	t.Helper()
	client := socketless(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})
	_, err := client.Batches(t.Context(), contoso)
	return failure(t, err)
}
