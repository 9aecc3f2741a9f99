package partnercenter_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// names are the names in a JSON text.
var names = regexp.MustCompile(`"([A-Za-z])([A-Za-z]*)":`)

// TestLenientIn: every answer means the same however it is dressed.
func TestLenientIn(t *testing.T) {
	t.Parallel()
	dresses := map[string]func(string) string{
		"byte order mark": func(body string) string { return "\ufeff" + strings.TrimPrefix(body, "\ufeff") },
		"no mark":         func(body string) string { return strings.TrimPrefix(body, "\ufeff") },
		"names in Pascal case": func(body string) string {
			return names.ReplaceAllStringFunc(body, func(name string) string { return `"` + strings.ToUpper(name[1:2]) + name[2:] })
		},
		"names in capitals": func(body string) string { return names.ReplaceAllStringFunc(body, strings.ToUpper) },
		"unknown names": func(body string) string {
			return names.ReplaceAllStringFunc(body, func(name string) string {
				return `" attributes":{"objectType":"X","deep":[[{"id":1}],null]},"new":"x","etag":1.5e300,` + name
			})
		},
		"spread out": func(body string) string {
			var spread bytes.Buffer
			if json.Indent(&spread, []byte(strings.TrimPrefix(body, "\ufeff")), "\r\n", "\t") != nil {
				return body
			}
			return " \r\n" + spread.String() + "\r\n "
		},
		"numbers as texts": func(body string) string {
			return regexp.MustCompile(`:(\d+)([,}])`).ReplaceAllString(body, `:"$1"$2`)
		},
		"texts as numbers": func(body string) string {
			return regexp.MustCompile(`"(code|errorCode|mpnId|devicesAssigned\w*|devicesCount|deviceCount)":"(\d+)"`).ReplaceAllString(body, `"$1":$2`)
		},
		"words in capitals": func(body string) string {
			return regexp.MustCompile(`"(queued|finished|finished_with_errors|reseller|o_o_b_e|skip_eula)"`).ReplaceAllStringFunc(body, func(word string) string {
				return strings.ReplaceAll(strings.ToUpper(word), "_", "")
			})
		},
		"escaped": func(body string) string { return strings.NewReplacer("o", `\u006f`, "/", `\/`).Replace(body) },
	}
	files, err := filepath.Glob("testdata/answers/*.http")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		head, body, _ := strings.Cut(string(golden(t, filepath.Join("answers", filepath.Base(file)))), "\n\n")
		if !json.Valid([]byte(strings.TrimPrefix(body, "\ufeff"))) {
			continue
		}
		which, _, _ := strings.Cut(filepath.Base(file), ".")
		call := func(body string) string {
			client := newClient(t, "https://api.example", &http.Client{Transport: answering(func(r *http.Request) (*http.Response, error) {
				return http.ReadResponse(bufio.NewReader(strings.NewReader(head+"\n\n"+body)), r)
			})})
			made, err := namedCalls()[which](t.Context(), client)
			return told(t, made, err)
		}
		want := call(body)
		for name, dress := range dresses {
			if name == "words in capitals" && which == "batches" {
				continue // a batch's status is kept as it comes
			}
			if diff := cmp.Diff(want, call(dress(body))); diff != "" {
				t.Errorf("%s, %s (-plain +dressed):\n%s", filepath.Base(file), name, diff)
			}
		}
	}
}

// TestSloppyTimes: a time is read however much of it is there; what is no time,
// and Microsoft's year 1, is none.
func TestSloppyTimes(t *testing.T) {
	t.Parallel()
	day := time.Date(2017, 7, 25, 0, 0, 0, 0, time.UTC)
	for written, want := range map[string]time.Time{
		`"2017-07-25T10:00:00"`:               day.Add(10 * time.Hour),
		`"2017-07-25T10:00:00Z"`:              day.Add(10 * time.Hour),
		`"2017-07-25T10:00:00.5"`:             day.Add(10*time.Hour + time.Second/2),
		`"2017-07-25T10:00:00.0092288-07:00"`: day.Add(17*time.Hour + 9228800),
		`"2017-07-25 10:00:00"`:               day.Add(10 * time.Hour),
		`" 2017-07-25 "`:                      day,
		`"0001-01-01T00:00:00"`:               {},
		`"0001-01-01T00:00:00Z"`:              {},
		`""`:                                  {},
		`null`:                                {},
		`0`:                                   {},
		`{"at":1}`:                            {},
		`"yesterday"`:                         {},
		`"2017-13-45T99:00:00"`:               {},
	} {
		s := newService(t, answer(`{"items":[{"id":"d","uploadedDate":`+written+`}]}`))
		got, err := s.client.BatchDevices(t.Context(), contoso, "DOCK-7")
		if err != nil || len(got) != 1 || !got[0].Uploaded.Equal(want) {
			t.Errorf("%s: got %v, %v, want %v", written, got, err, want)
		}
	}
}

// TestOddFieldsCostNothing: one field that is not what it should be is left out,
// and the rest stays.
func TestOddFieldsCostNothing(t *testing.T) {
	t.Parallel()
	for _, odd := range []string{"null", "{}", "[]", "[[]]", `{"a":{"b":[1]}}`, "true", "-1.5", `""`, `[null]`, `[1,"a"]`} {
		s := newService(t, answer(`{"items":[{"id":"d","productKey":"0305123456781","policies":`+odd+`,"uploadedDate":`+odd+`,"allowedOperations":`+odd+`,"hardwareHash":`+odd+`}],"totalCount":`+odd+`}`))
		got, err := s.client.BatchDevices(t.Context(), contoso, "DOCK-7")
		want := []partnercenter.Device{{ID: "d", Device: autopilot.Device{PKID: "0305123456781"}}}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", odd, err, diff)
		}
	}
}

// TestOneValueAnAnswer: what follows the answer, and what is nested too deeply
// or goes on too long, is no answer.
func TestOneValueAnAnswer(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"two":             `{"items":[]}{"items":[]}`,
		"a page behind":   `{"items":[]}<html>`,
		"deep":            `{"items":[],"new":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
		"deep in a row":   `{"items":[{"new":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}]}`,
		"deep mark":       `{"items":[],"continuationToken":` + strings.Repeat(`{"a":`, 20_000) + `1` + strings.Repeat("}", 20_000) + `}`,
		"half a name":     `{"items":[],"ne`,
		"a row's end":     `{"items":[{"id":"1"}`,
		"a comma":         `{"items":[{"id":"1"},]}`,
		"no colon":        `{"items"[]}`,
		"a row of 300 KB": `{"items":[{"id":"` + strings.Repeat("x", 300<<10) + `"}]}`,
		"a part":          `{"items":[{"id":"1"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newService(t, func(w http.ResponseWriter, _ *http.Request) {
				if name == "a part" {
					w.WriteHeader(http.StatusPartialContent)
				}
				_, _ = io.WriteString(w, body)
			})
			got, err := s.client.Batches(t.Context(), contoso)
			if failed := failure(t, err); got != nil || failed.Kind() != partnercenter.NoAnswer || failed.Status == 0 || failed.CorrelationID == "" {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	s := newService(t, answer(`{"items":[{"id":"1","new":`+strings.Repeat("[", 500)+strings.Repeat("]", 500)+`}]}`))
	if got, err := s.client.Batches(t.Context(), contoso); err != nil || len(got) != 1 {
		t.Errorf("nested as far as nobody would: %v, %v", got, err)
	}
}

// TestNamesAreShownSafely: no name of theirs breaks a line or turns it round.
func TestNamesAreShownSafely(t *testing.T) {
	t.Parallel()
	s := newService(t, answer(`{"id":"`+string(contoso)+`","companyProfile":{"companyName":"\u202eContoso\r\n\u001b[31mLtd\u0000 `+strings.Repeat("é", 2000)+`","domain":"\u2066x"}}`))
	got, err := s.client.Customer(t.Context(), contoso)
	if err != nil || !strings.HasPrefix(got.Name, "Contoso   [31mLtd  éé") || len(got.Name) > 1024 || got.Domain != "x" {
		t.Errorf("got %q, %q, %v", got.Name, got.Domain, err)
	}
	odd := newClient(t, "https://api.example", &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) {
		header := http.Header{}
		header.Set("MS-CorrelationId", "\u202etheirs\t\x7f"+strings.Repeat("x", 200))
		return &http.Response{StatusCode: http.StatusTeapot, Header: header, Body: http.NoBody}, nil
	})})
	_, err = odd.Batches(t.Context(), contoso)
	if id := failure(t, err).CorrelationID; !strings.HasPrefix(id, "theirs") || len(id) > 100 || strings.ContainsAny(id, "\t\x7f\u202e") {
		t.Errorf("correlation id %q", id)
	}
}
