package words_test

import (
	"regexp"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui/words"
)

// TestNothingIsCountedAsZero: of what there is none of, or what lasts for no time
// yet, no sentence speaks.
func TestNothingIsCountedAsZero(t *testing.T) {
	t.Parallel()
	now := at(14, 0)
	zero := regexp.MustCompile(`(^|[^\d:])0($|[^\d])`)
	for _, w := range speakAll(t) {
		for what, text := range zeroes(t, w, now) {
			whole(t, what, text)
			if zero.MatchString(text) {
				t.Errorf("%s, %s: %q", w.Language(), what, text)
			}
		}
	}
}

// zeroes are all sentences that count something, of nothing.
func zeroes(t *testing.T, w *words.Words, now time.Time) map[string]string {
	t.Helper()
	said := map[string]string{}
	for _, online := range constants[upload.Online](t, "../../queue/upload", "Online") {
		for name, since := range map[string]time.Time{"never": {}, "just now": now, "soon": now.Add(time.Second), "for a while": now.Add(-time.Minute)} {
			s := upload.Status{Online: online, Since: since}
			said["status "+string(online)+" "+name] = w.Status(s, now)
			said["progress "+string(online)+" "+name] = w.Progress(s, now)
		}
	}
	for _, reason := range constants[queue.Reason](t, "../../queue", "Reason") {
		for _, wait := range []upload.Wait{{}, {Customer: "contoso"}, {Until: at(14, 30)}} {
			wait.Reason = reason
			said["wait "+string(reason)+" "+string(wait.Customer)+" "+wait.Until.String()] = w.Wait(wait, now)
		}
	}
	for _, state := range queue.States() {
		said["outcome "+string(state)] = w.Outcome(queue.Entry{State: state, Code: "812", Reason: queue.NoPKID}, now).String()
	}
	for _, text := range w.Marks(queue.Marks{}) {
		said["mark "+text] = text
	}
	return said
}
