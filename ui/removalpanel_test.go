package ui_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/upload"
	"pkidstation/ui"
)

// marked has a box that is marked as somebody else's, ticked.
func marked(t *testing.T, relist func(b *bench) error) (b *bench, asked *[]string) {
	t.Helper()
	b, asked = newBench(t, ui.Options{Language: "en"}), new([]string)
	b.another(queue.Entry{ID: "a", State: queue.Registered, Reason: queue.AlreadyThere})
	if relist != nil {
		b.station.office.relist = func(ids []string) error {
			*asked = ids
			return relist(b)
		}
	}
	b.VisitQueue()
	b.Tick(0)
	b.ctrlKey(fyne.KeyR)
	return b, asked
}

// What a list shows to be ours goes on to the panel at once.
func TestWhatIsOursAfterAllIsRemoved(t *testing.T) {
	b, asked := marked(t, func(*bench) error { return nil })
	if !slices.Equal(*asked, []string{"a"}) || !strings.Contains(b.PanelTitle(), "1 box") || b.Notice() != "" {
		t.Errorf("asked %v, panel %q, notice %q", *asked, b.PanelTitle(), b.Notice())
	}
}

// What is in none stays refused, and what could not be looked up says so.
func TestWhatIsNotOursStaysRefused(t *testing.T) {
	b, _ := marked(t, nil)
	if b.PanelTitle() != "" || !strings.Contains(b.Notice(), "only whoever registered it") {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
	b, _ = marked(t, func(*bench) error { return upload.ErrNoContact })
	if b.PanelTitle() != "" || b.Notice() == "" || strings.Contains(b.Notice(), "whoever") {
		t.Errorf("panel %q, notice %q", b.PanelTitle(), b.Notice())
	}
}

// Whoever went on to something else meanwhile is not given a panel.
func TestNoRemovalOpensOverOtherWork(t *testing.T) {
	b, asked := marked(t, func(b *bench) error { b.Tick(0); b.Tick(1); return nil })
	if len(*asked) != 1 || b.PanelTitle() != "" || b.Notice() != "" {
		t.Errorf("asked %v, panel %q, notice %q", *asked, b.PanelTitle(), b.Notice())
	}
}
