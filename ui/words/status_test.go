package words_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

func TestStatusOffline(t *testing.T) {
	t.Parallel()
	now := at(18, 0)
	s := upload.Status{
		Online: upload.OnlineNo, Since: now.Add(-51*time.Hour - 20*time.Minute),
		Counts: queue.Counts{Ready: 400, Planned: 12, Held: 5, Registered: 1000},
	}
	for language, want := range map[string]string{
		"en": "Offline for 2 d 3 h. 412 devices kept here, sent when the network is back.",
		"fr": "Hors ligne depuis 2 j 3 h. 412 appareils gardés ici, envoi automatique au retour du réseau.",
	} {
		if got := strings.ReplaceAll(speak(t, language).Status(s, now), "\u00a0", " "); got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", language, got, want)
		}
	}
}

func TestEveryStatusIsWhole(t *testing.T) {
	t.Parallel()
	now := at(18, 0)
	for _, w := range speakAll(t) {
		said := map[string]upload.Online{}
		for _, online := range constants[upload.Online](t, "../../queue/upload", "Online") {
			for _, ready := range []int{0, 1, 2} {
				for _, since := range []time.Time{{}, now.Add(-time.Hour), now.Add(time.Hour)} {
					text := w.Status(upload.Status{Online: online, Since: since, Counts: queue.Counts{Ready: ready, Submitted: ready}}, now)
					whole(t, string(online), text)
					if other, ok := said[text]; ok && other != online {
						t.Errorf("%s and %s say the same: %q", online, other, text)
					}
					said[text] = online
				}
			}
		}
	}
}

func TestEveryWaitSaysWhatEndsIt(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		for _, reason := range []queue.Reason{
			queue.NoGroupTag, queue.NoRelationship, queue.SignIn, queue.Throttled, queue.Offline, queue.Refused, queue.NoOutcome,
			queue.NeedsMFA, queue.WrongRole, queue.OtherParty, queue.StillThere, queue.NotListed, queue.OnTheSite, queue.Conflict, queue.RegisteredAnew,
		} {
			text := w.Wait(upload.Wait{Customer: "contoso", Reason: reason, Entries: 3, Until: at(14, 32)}, at(14, 0))
			whole(t, string(reason), text)
			for _, want := range []string{"contoso", "3", w.Reason(reason), w.Say("wait." + string(reason) + ".next"), w.Clock(at(14, 32))} {
				if !strings.Contains(text, want) {
					t.Errorf("%s: %q is not in %q", reason, want, text)
				}
			}
		}
		whole(t, "no reason", w.Wait(upload.Wait{}, at(14, 0)))
	}
}

func TestWaitOfARefusedBatchSaysWhy(t *testing.T) {
	t.Parallel()
	err := partnercenter.NewError("create batch", partnercenter.TooLarge, nil)
	w := speak(t, "en")
	if got := w.Wait(upload.Wait{Reason: queue.SignIn, Entries: 1, Err: errors.New("other")}, at(14, 0)); !strings.Contains(got, w.Reason(queue.SignIn)) {
		t.Errorf("got %q", got)
	}
	if got := w.Wait(upload.Wait{Reason: queue.Refused, Entries: 1, Err: err}, at(14, 0)); !strings.Contains(got, w.Error(err)) {
		t.Errorf("got %q", got)
	}
}

func TestDurationClockAndNumber(t *testing.T) {
	t.Parallel()
	en, fr := speak(t, "en"), speak(t, "fr")
	for got, want := range map[string]string{
		en.Duration(-time.Hour):                                "0 s",
		en.Duration(45 * time.Second):                          "45 s",
		en.Duration(5*time.Minute + time.Second):               "5 min",
		en.Duration(3*time.Hour + 5*time.Minute):               "3 h 5 min",
		fr.Duration(51 * time.Hour):                            "2 j 3 h",
		fr.Duration(24 * 1234 * time.Hour):                     "1\u202f234 j 0 h",
		en.Clock(at(9, 5)):                                     "09:05",
		fr.Clock(at(9, 5)):                                     "9 h 05",
		fr.Clock(at(14, 32)):                                   "14 h 32",
		en.Clock(at(14, 32).In(time.FixedZone("far", 5*3600))): "14:32",
		en.Moment(time.Time{}, at(0, 0)):                       "",
		en.Number(-1234567):                                    "-1,234,567",
		fr.Number(1234567):                                     "1\u202f234\u202f567",
		fr.Number(999):                                         "999",
	} {
		if got = strings.ReplaceAll(got, "\u00a0", " "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestIdentifiersAreNeverGrouped(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		e := box(1234567)
		for _, text := range []string{
			w.Verdict(queue.Verdict{Word: queue.Accepted, Entry: e}).What,
			w.Error(&queue.WayError{Number: 1234567}),
			w.Error(&queue.InUseError{Owner: queue.Owner{PID: 1234567}}),
		} {
			if !strings.Contains(text, "1234567") {
				t.Errorf("grouped: %q", text)
			}
		}
	}
}
