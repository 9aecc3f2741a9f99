package queue_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// TestReadQuickly wants every kind of record with all that it can have to be read
// without json.Unmarshal, and as json.Unmarshal reads it.
func TestReadQuickly(t *testing.T) {
	t.Parallel()
	quickly[queue.Entry](t)
	quickly[queue.Reception](t)
	quickly[queue.Operator](t)
	quickly[queue.AuditLine](t)
	quickly[queue.Plan](t)
	quickly[queue.Removal](t)
	quickly[queue.CustomerSetting](t)
}

func quickly[T any](t *testing.T) {
	t.Helper()
	var full, back, none T
	fillAll(reflect.ValueOf(&full).Elem())
	for _, value := range []T{full, none} {
		text, err := json.Marshal(value)
		must(t, err)
		back = none
		if !queue.ReadQuickly(text, &back) {
			t.Errorf("%T is not read quickly: %s", back, text)
		}
		var want T
		must(t, json.Unmarshal(text, &want))
		if !cmp.Equal(want, back) {
			t.Errorf("%s", cmp.Diff(want, back))
		}
	}
}

// fillAll gives every field a value.
func fillAll(v reflect.Value) {
	switch v.Kind() { //nolint:exhaustive // the kinds that records have
	case reflect.Struct:
		if at, ok := reflect.TypeAssert[*time.Time](v.Addr()); ok {
			*at = time.Date(2026, 11, 23, 8, 30, 0, 123456789, time.UTC)
			return
		}
		for _, f := range v.Fields() {
			fillAll(f)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fillAll(v.Index(i))
		}
	case reflect.String:
		v.SetString("Léa " + v.Type().Name())
	case reflect.Int:
		v.SetInt(12_345_678_901)
	case reflect.Uint64:
		v.SetUint(123_456_789_012_345_678)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("no record has a " + v.Kind().String())
	}
}

// odd are texts that json.Marshal does not write; each must be read as json.Unmarshal
// reads it, or refused.
var odd = []string{
	``, `null`, `{}`, `{ }`, `{}x`, ` {}`, `[]`, `{"seq":1`, `{"seq":01}`, `{"seq":-1}`, `{"seq":1.0}`, `{"seq":1e2}`, `{"seq":}`,
	`{"seq":18446744073709551615}`, `{"seq":18446744073709551616}`, `{"number":-4}`, `{"number":9223372036854775807}`, `{"number":9223372036854775808}`,
	`{"id":"a","id":"b"}`, `{"number":1,"seq":2}`, `{"ID":"a"}`, `{"id":"\u0041"}`, `{"id":"a\nb"}`, "{\"id\":\"a\nb\"}", "{\"id\":\"\xff\"}", `{"id":"`, `{"id":null}`,
	`{"id":1}`, `{"nobody":1,"id":"a"}`, `{"id":"a","nobody":1}`, `{"sent":true}`, `{"sent":false}`, `{"sent":null}`, `{"sent":1}`, `{"sent":truefalse}`,
	`{"reads":[]}`, `{"reads":null}`, `{"reads":[{}]}`, `{"reads":[{},]}`, `{"reads":[,{}]}`, `{"reads":[{}{}]}`, `{"reads":[{"text":"a"},{"text":"b"}]}`, `{"reads":[{}`,
	`{"reads":[{"text":"a"}],"reads":[{}]}`, `{"way":["a","b"]}`, `{"way":["a",1]}`, `{"profile":{}}`, `{"profile":{"id":"a","tries":2}}`, `{"profile":[]}`,
	`{"captured_at":"2026-11-23T08:30:00Z"}`, `{"captured_at":"2026-11-23T08:30:00+01:00"}`, `{"captured_at":"2026-11-23T08:30:00,5Z"}`,
	`{"captured_at":"2026-11-23 08:30:00Z"}`, `{"captured_at":""}`, `{"captured_at":null}`, `{"captured_at":7}`, `{"seq":1,}`, `{,"seq":1}`, `{"seq":1,"number":2}`,
	`{"id":"a" ,"seq":1}`, `{"id": "a"}`, `{"seq":1]`, `{"id":"a\"}`, `{"pkid":"1","serial":"2","customer":"c"}`,
}

func TestReadOddly(t *testing.T) {
	t.Parallel()
	for _, text := range odd {
		sameAsJSON[queue.Entry](t, []byte(text))
	}
}

func sameAsJSON[T any](t *testing.T, text []byte) {
	t.Helper()
	var want, got T
	wrong, err := json.Unmarshal(text, &want), queue.ReadValue(text, &got)
	if (wrong == nil) != (err == nil) {
		t.Errorf("%s: %v, and json.Unmarshal says %v", text, err, wrong)
	}
	if wrong == nil && !reflect.DeepEqual(want, got) {
		t.Errorf("%s: %s", text, cmp.Diff(want, got))
	}
}

// FuzzReadValue wants any text to be read as json.Unmarshal reads it.
func FuzzReadValue(f *testing.F) {
	for _, name := range []string{"entry", "plan", "customer", "audit", "reception"} {
		data, err := os.ReadFile(filepath.Join("testdata", name+"_v1.golden"))
		if err != nil {
			f.Fatal(err)
		}
		text := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(data)), `{"v":1,"value":`), "}")
		f.Add([]byte(text))
	}
	for _, text := range odd {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		sameAsJSON[queue.Entry](t, text)
		sameAsJSON[queue.AuditLine](t, text)
		sameAsJSON[queue.Reception](t, text)
		sameAsJSON[queue.Plan](t, text)
	})
}

// TestReadRuled has types with rules of their own, which a scan does not know.
func TestReadRuled(t *testing.T) {
	t.Parallel()
	type twice struct {
		A string `json:"a"`
		B string `json:"A"`
	}
	type inText struct {
		N int `json:"n,string"`
	}
	type within struct {
		Way []within `json:"way"`
	}
	sameAsJSON[twice](t, []byte(`{"a":"1","A":"2"}`))
	sameAsJSON[inText](t, []byte(`{"n":"1"}`))
	sameAsJSON[within](t, []byte(`{"way":[{"way":[{"way":[]}]}]}`))
	sameAsJSON[map[string]int](t, []byte(`{"n":1}`))
	sameAsJSON[struct{ Raw json.RawMessage }](t, []byte(`{"Raw":[1]}`))
	sameAsJSON[struct {
		autopilot.Device

		Text []byte `json:"text"`
	}](t, []byte(`{"pkid":"1","text":"AAEC"}`))
}
