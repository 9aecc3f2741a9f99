package words_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// ours are the errors of queue, autopilot and upload by name.
func ours() map[string]error {
	return map[string]error{
		"ErrUnavailable": queue.ErrUnavailable, "ErrNotOpened": queue.ErrNotOpened, "ErrVanished": queue.ErrVanished, "ErrNotClosed": queue.ErrNotClosed, "ErrClosed": queue.ErrClosed,
		"ErrBackupExists": queue.ErrBackupExists, "ErrBackupRunning": queue.ErrBackupRunning, "ErrNotBackup": queue.ErrNotBackup,
		"RoomError":      &queue.RoomError{Folder: "/data", Free: 40 << 20, Need: 64 << 20, Least: 64 << 20, Refused: true},
		"SpareError":     &queue.SpareError{Folder: "/data", Free: 40 << 20, Need: 640 << 20},
		"CareError":      &queue.CareError{What: queue.CareSecondNone},
		"ElsewhereError": &queue.ElsewhereError{Folder: "/home/ana/pkid", Counts: queue.Counts{Ready: 3}},
		"RecoveredError": &queue.RecoveredError{Recovery: queue.Recovery{Rebuilt: true}},
		"ErrDamaged":     queue.ErrDamaged, "ErrNotQueue": queue.ErrNotQueue, "ErrNotWritable": queue.ErrNotWritable, "ErrNewer": queue.ErrNewer,
		"ErrNoEntry": queue.ErrNoEntry, "ErrNoReception": queue.ErrNoReception, "ErrNoPlan": queue.ErrNoPlan,
		"ErrReceptionClosed": queue.ErrReceptionClosed, "ErrRetention": queue.ErrRetention, "ErrNoCustomer": queue.ErrNoCustomer,
		"ErrNoIdentity": queue.ErrNoIdentity, "ErrNoQuestion": queue.ErrNoQuestion, "ErrNothingToUndo": queue.ErrNothingToUndo, "ErrSent": queue.ErrSent,
		"ErrNoReason": queue.ErrNoReason, "ErrNotOurs": queue.ErrNotOurs, "ErrInDoubt": queue.ErrInDoubt, "ErrNoTuple": queue.ErrNoTuple, "ErrNoRemoval": queue.ErrNoRemoval,
		"ErrUnknownCustomer": queue.ErrUnknownCustomer,
		"ErrNoAnnouncement":  queue.ErrNoAnnouncement, "ErrNothingNew": queue.ErrNothingNew, "ErrClashes": queue.ErrClashes, "ErrListed": queue.ErrListed,
		"ErrLeaned": queue.ErrLeaned, "LeanedError": &queue.LeanedError{Number: 1, By: 2},
		"ErrExpected":     queue.ErrExpected,
		"ErrNothingReady": queue.ErrNothingReady, "ErrPlanMoved": queue.ErrPlanMoved,
		"ErrNothingHandedOver": queue.ErrNothingHandedOver, "ErrNoHandover": queue.ErrNoHandover, "ErrHandoverGone": queue.ErrHandoverGone, "ErrStationCode": queue.ErrStationCode,
		"HandoverError": &queue.HandoverError{Fault: queue.FaultSum},
		"ErrRunning":    upload.ErrRunning, "ErrNoContact": upload.ErrNoContact,
		"ErrNoOperator": queue.ErrNoOperator, "ErrReasonNames": queue.ErrReasonNames, "ErrStillSupervisor": queue.ErrStillSupervisor,
		"WayError":           &queue.WayError{Entry: "e1", Number: 7, From: queue.Submitted, To: queue.Discarded},
		"TooSoonError":       &queue.TooSoonError{Entry: "e1", Number: 7, State: queue.Submitted},
		"ClaimedError":       &queue.ClaimedError{Entry: "e1", By: queue.Entry{Number: 3, Customer: "contoso", State: queue.Ready}},
		"InUseError":         &queue.InUseError{Owner: queue.Owner{PID: 4711, Program: "pkidstation", Host: "dock-2", Since: at(9, 5)}},
		"CommitError":        &queue.CommitError{Err: errors.New("input/output error")},
		"ErrNeedsSupervisor": queue.ErrNeedsSupervisor, "ErrWeakPIN": queue.ErrWeakPIN, "PINError": &queue.PINError{Wait: 4 * time.Second},
		"ErrNoSupervisor": queue.ErrNoSupervisor, "ErrLastSupervisor": queue.ErrLastSupervisor, "ErrSupervisorName": queue.ErrSupervisorName,
		"ErrNoPolicy":  queue.ErrNoPolicy,
		"ErrPKIDShape": autopilot.ErrPKIDShape, "ErrPKIDAllEqual": autopilot.ErrPKIDAllEqual,
		"ErrHashLength": autopilot.ErrHashLength, "ErrHashShape": autopilot.ErrHashShape, "ErrHashHead": autopilot.ErrHashHead,
		"ErrHashCut": autopilot.ErrHashCut, "HashMismatchError": &autopilot.HashMismatchError{Field: autopilot.FieldSerial},
		"ErrTenantID": autopilot.ErrTenantID, "ErrGroupTag": autopilot.ErrGroupTag,
		"ErrTooBig": table.ErrTooBig, "ErrUnpacks": table.ErrUnpacks, "ErrBroken": table.ErrBroken, "ErrChanged": table.ErrChanged,
		"FormatError": &table.FormatError{Format: table.OldWorkbook},
		"ErrNoHeader": manifest.ErrNoHeader, "ErrNoDevices": manifest.ErrNoDevices, "ErrTooManyRows": manifest.ErrTooManyRows,
		"MappingError":  &manifest.MappingError{Field: manifest.PKID, Columns: []manifest.Column{{Letter: "A"}, {Letter: "C"}}},
		"SheetsError":   &manifest.SheetsError{Sheets: []string{"Paris", "Lyon"}},
		"HashesError":   &manifest.HashesError{Hashes: 2},
		"CustomerError": &manifest.CustomerError{Name: "Contoso"},
		"ProfileError":  &manifest.ProfileError{Fault: manifest.ProfileNotInFile, Value: "Lot"},
	}
}

func TestPrinciple8EveryErrorHasWords(t *testing.T) {
	t.Parallel()
	all := ours()
	for _, dir := range []string{"../../queue", "../../queue/autopilot", "../../queue/upload", "../../queue/manifest", "../../queue/manifest/table"} {
		for _, name := range errorNames(t, dir) {
			if all[name] == nil {
				t.Errorf("%s of %s is new: give it words in Error, and a row in this test", name, dir)
			}
		}
	}
	for _, w := range speakAll(t) {
		said := map[string]string{}
		for name, err := range all {
			wrapped := fmt.Errorf("doing it: %w", err)
			text := w.Error(wrapped)
			whole(t, name, text)
			if text == w.Say("error.unknown", "Text", wrapped.Error()) {
				t.Errorf("%s has no words: %q", name, text)
			}
			if other, ok := said[text]; ok {
				t.Errorf("%s and %s say the same", name, other)
			}
			said[text] = name
		}
	}
}

func TestErrorsInTheirOwnWords(t *testing.T) {
	t.Parallel()
	all := ours()
	for _, c := range []struct{ language, name, want string }{
		{"en", "WayError", "Not done: box 7 is “Submitted to Microsoft” and cannot become “Discarded”. Refresh the list and look at the box again."},
		{"fr", "WayError", "Pas fait : le carton 7 est « Envoyé à Microsoft » et ne peut pas devenir « Écarté ». Actualisez la liste et regardez à nouveau le carton."},
		{"en", "ClaimedError", "Not done: this PKID already stands as box 3 for contoso (Ready to send). Discard one of the two."},
		{"en", "PINError", "The PIN is wrong. The next one is looked at in 4 s. If the PIN is lost, the administrator of this PC takes all PINs away with `pkidctl supervisors reset`."},
		{"en", "InUseError", "The queue is in use by pkidstation (process 4711 on dock-2, since 2026-11-23 09:05). Close that program, or work there."},
	} {
		if c.name == "InUseError" && time.Now().Format(time.DateOnly) == at(9, 5).Format(time.DateOnly) {
			c.want = strings.Replace(c.want, "2026-11-23 ", "", 1)
		}
		if got := strings.ReplaceAll(speak(t, c.language).Error(all[c.name]), "\u00a0", " "); got != c.want {
			t.Errorf("%s %s:\ngot  %q\nwant %q", c.language, c.name, got, c.want)
		}
	}
}

func TestErrorsOfTheSystem(t *testing.T) {
	t.Parallel()
	_, missing := os.Open(filepath.Join(t.TempDir(), "missing"))
	for _, w := range speakAll(t) {
		for id, err := range map[string]error{
			"error.not-exist":    missing,
			"error.permission":   &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES},
			"error.disk-full":    &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC},
			"error.read-only":    fmt.Errorf("%w: %w", queue.ErrNotWritable, syscall.EROFS),
			"error.not-writable": fmt.Errorf("%w: %w", queue.ErrNotWritable, fs.ErrPermission),
			"error.stopped":      context.Canceled,
			"error.timeout":      context.DeadlineExceeded,
		} {
			if got, want := w.Error(err), w.Say(id); got != want {
				t.Errorf("%v: got %q, want %q", err, got, want)
			}
		}
		full := w.Error(&queue.CommitError{Err: syscall.ENOSPC})
		if !strings.Contains(full, w.Say("error.commit")) || !strings.Contains(full, w.Say("error.disk-full")) {
			t.Errorf("a commit on a full disk must say both: %q", full)
		}
	}
}

func TestUnknownErrorGivesItsText(t *testing.T) {
	t.Parallel()
	for _, w := range speakAll(t) {
		got := w.Error(errors.New("gears\x1b[2J jammed" + strings.Repeat(" very", 1<<18)))
		if !strings.Contains(got, `gears\x1b[2J jammed`) || len(got) > 500 {
			t.Errorf("got %d bytes: %.300q", len(got), got)
		}
		if got := w.Error(nil); got != "" {
			t.Errorf("no error says %q", got)
		}
	}
}

func TestEveryKindOfPartnerCenterErrorHasWords(t *testing.T) {
	t.Parallel()
	last := partnercenter.Kind(enumerated(t, "../../queue/partnercenter", "Kind"))
	if last < partnercenter.Untracked {
		t.Fatalf("the kinds end at %d", last)
	}
	for _, w := range speakAll(t) {
		said := map[string]partnercenter.Kind{}
		for kind := partnercenter.NoAnswer; kind <= last; kind++ {
			text := w.Error(fmt.Errorf("uploading: %w", partnercenter.NewError("create batch", kind, nil)))
			whole(t, kind.String(), text)
			if strings.Contains(text, "create batch") {
				t.Errorf("%s has no words: %q", kind, text)
			}
			if other, ok := said[text]; ok {
				t.Errorf("%s and %s say the same", kind, other)
			}
			said[text] = kind
		}
		if got := w.Error(partnercenter.NewError("create batch", last+1, errors.New("new"))); !strings.Contains(got, "create batch") {
			t.Errorf("a kind without words must give its text: %q", got)
		}
	}
}

func TestPartnerCenterErrorSaysWhatSupportAsksFor(t *testing.T) {
	t.Parallel()
	e := partnercenter.NewError("create batch", partnercenter.Invalid, nil)
	e.Code, e.Description, e.RequestID = "3000", "bad\nproperty", "3f0a"
	got := speak(t, "en").Error(e)
	for _, want := range []string{`3000, bad\nproperty`, "For Microsoft's support: 3f0a"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	slow := partnercenter.NewError("create batch", partnercenter.Throttled, nil)
	slow.RetryAfter = 57 * time.Second
	if got := speak(t, "fr").Error(slow); !strings.Contains(got, "dans 57\u00a0s") {
		t.Errorf("got %q", got)
	}
}
