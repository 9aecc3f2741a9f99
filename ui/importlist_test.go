package ui_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"pkidstation/queue"
	"pkidstation/queue/manifest"
	"pkidstation/ui"
)

func TestImportShowsBeforeItTakes(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	settle(b)
	b.called(t)
	for _, want := range []string{"Windows Product ID", "serial number", "not used", "5CG4071QZ9"} {
		if !b.hasCell(want) {
			t.Errorf("%q is not shown: %v", want, b.cells())
		}
	}
	if b.Confirmable() || !b.shows("Choose the customer (F8).") {
		t.Error("a list for nobody can be taken")
	}
	b.forContoso()
	if !b.Confirmable() || !b.shows("For Contoso Logistique. Order: BL-2026-0118, as the list says.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.station.office.receiving.taken = ui.TakenList{Announcing: queue.Announcing{Announcement: queue.Announcement{Taken: 48}}}
	b.ConfirmPanel()
	b.called(t, "take /home/ana/liste.csv for "+string(contoso)+`, order ""`)
	if b.PanelTitle() != "List imported" || !b.shows("48 devices are announced.") {
		t.Errorf("panel %q", b.PanelTitle())
	}
	b.command(fyne.KeyEscape)
	if b.PanelTitle() != "Orders" {
		t.Errorf("then the panel is %q", b.PanelTitle())
	}
}

func TestRefusedRowsHavePlaceAndReason(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"46", "Row 17", "Row 23", "list 1, row 7"},
		"fr": {"48 appareils sont annoncés", "Ligne 17, colonne A", "Ligne 23, colonne A", "liste 1, ligne 7"},
	} {
		b := newBench(t, ui.Options{Language: language})
		b.takeList()
		settle(b)
		shown := strings.Join(texts(b), "\n")
		b.command(fyne.KeyDown)
		shown += strings.Join(texts(b), "\n")
		for _, w := range want[1:] {
			if !strings.Contains(shown, w) {
				t.Errorf("%s: %q is not in:\n%s", language, w, shown)
			}
		}
	}
}

func TestImportedBeforeSaysSo(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	b.forContoso()
	b.station.office.receiving.taken = ui.TakenList{Announcing: queue.Announcing{Again: true, Announcement: queue.Announcement{Number: 2, Taken: 48, By: "Ana", At: b.clock.now}}}
	b.ConfirmPanel()
	if !b.shows("This very file was imported before") || b.shows("48 devices are announced") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}

// What a column is can be said by a person: the list is read again by that, and a
// supplier's name keeps it.
func TestColumnsAreChangedAndKept(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	b.forContoso()
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5) // PKID, serial number and order are other columns'
	if !b.shows("You changed the columns.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
	b.ConfirmPanel()
	want := []manifest.Mapping{{Column: "Windows Product ID", Field: manifest.PKID}, {Column: "Numéro de série", Field: manifest.Serial}, {Column: "Désignation commerciale de l'article", Field: manifest.Manufacturer}, {Column: "BL", Field: manifest.Order}}
	if asked := b.station.office.receiving.asked; asked.Profile == nil || !slices.Equal(asked.Profile.Columns, want) {
		t.Fatalf("asked for %+v", asked)
	}
	if b.Confirmable() || !b.shows("Name the supplier") {
		t.Error("columns of nobody can be taken")
	}
	ui.SetFieldText(b.Fields()[1], "Grossiste Lyon")
	if !b.Confirmable() {
		t.Error("it cannot be taken")
	}
	b.command(fyne.KeyF10)
	if len(b.station.calls) != 1 || !strings.HasPrefix(b.station.calls[0], "keep Grossiste Lyon [{Windows Product ID pkid}") {
		t.Errorf("calls %v", b.station.calls)
	}
}

// A column that has no header of its own goes by its letter, and so do all.
func TestColumnsWithoutHeadersGoByTheirLetters(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	found := someList()
	found.Unclear, found.HeaderRow, found.Taken = manifest.ErrNoHeader, 3, 0
	for n := range found.Columns {
		found.Columns[n].Field, found.Columns[n].Header = "", "Code"
	}
	b.preview(found)
	if b.Confirmable() {
		t.Error("a list without a device can be read")
	}
	b.command(fyne.KeyF5)
	b.ConfirmPanel()
	profile := b.station.office.receiving.asked.Profile
	if profile == nil || !profile.NoHeader || profile.HeaderRow != 3 || len(profile.Columns) != 1 || profile.Columns[0] != (manifest.Mapping{Column: "A", Field: manifest.PKID}) {
		t.Errorf("asked for %+v", profile)
	}
}

func TestSuppliersColumnsAreChosen(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.office.receiving.profiles = []manifest.Profile{{Name: "Grossiste Lyon", Columns: []manifest.Mapping{{Column: "Clé", Field: manifest.PKID}}}}
	b.preview(someList())
	b.forContoso()
	b.command(fyne.KeyF7)
	b.command(fyne.KeyDown)
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Profile == nil || asked.Profile.Name != "Grossiste Lyon" || ui.FieldText(b.Fields()[1]) != "Grossiste Lyon" {
		t.Errorf("asked for %+v", b.station.office.receiving.asked)
	}
}

func TestASheetIsChosen(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.office.receiving.looked = &manifest.SheetsError{Sheets: []string{"Pallet 1", "Pallet 2"}}
	b.preview(someList())
	b.command(fyne.KeyDown)
	b.station.office.receiving.looked = nil
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Sheet != "Pallet 2" || !strings.Contains(b.PanelTitle(), "liste.csv") {
		t.Errorf("asked for %+v, panel %q", asked, b.PanelTitle())
	}
	b.forContoso()
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Sheet != "Pallet 2" || asked.Customer != contoso {
		t.Errorf("took %+v", asked)
	}
}

// Whoever leaves while a list is read has none of it.
func TestLeavingEndsTheReading(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	b.forContoso()
	b.station.office.receiving.reading = func(ctx context.Context) {
		if !b.shows("5,000 rows read, 40 %") {
			t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
		}
		b.command(fyne.KeyEscape)
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
			t.Error("the reading goes on")
		}
	}
	b.ConfirmPanel()
	b.called(t)
	if b.Notice() != "" {
		t.Errorf("notice %q", b.Notice())
	}
}

// What to look at is shown before the list is taken, and after.
func TestWarningsAreShownBeforeAndAfter(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"2 things to look at before anything is registered.", "the firmware does not say “Hewlett Packard”", "A Surface device", "Row 17", "2 things to look at before they are registered."},
		"fr": {"2 points à vérifier avant d'inscrire.", "Hewlett Packard", "Un appareil Surface", "Ligne 17", "2 points à vérifier avant de les inscrire."},
	} {
		b := newBench(t, ui.Options{Language: language})
		b.preview(warnedList())
		b.forContoso()
		shown := strings.Join(texts(b), "\n")
		b.command(fyne.KeyF4)
		for range 3 {
			shown += strings.Join(texts(b), "\n")
			b.command(fyne.KeyDown)
		}
		for _, w := range want[:4] {
			if !strings.Contains(shown, w) {
				t.Errorf("%s: before, %q is not in:\n%s", language, w, shown)
			}
		}
		b.command(fyne.KeyEscape)
		b.station.office.receiving.taken = ui.TakenList{Announcing: queue.Announcing{Announcement: queue.Announcement{Taken: 48}}, Rows: wrongRows(), Warnings: warnings()}
		b.ConfirmPanel()
		shown = ""
		for range 4 {
			shown += strings.Join(texts(b), "\n")
			b.command(fyne.KeyDown)
		}
		for _, w := range want[1:] {
			if !strings.Contains(shown, w) {
				t.Errorf("%s: after, %q is not in:\n%s", language, w, shown)
			}
		}
	}
}

// Which rows are taken depends on whom the list is for: the list is read again.
func TestTheCustomersRowsAreCounted(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.preview(someList())
	theirs := someList()
	theirs.Taken, theirs.Refused = 40, 10
	b.station.office.receiving.preview = theirs
	b.forContoso()
	if b.station.office.receiving.asked.Customer != contoso || !b.shows("40 devices can be taken. 10 rows are refused.") {
		t.Errorf("asked for %+v, shown:\n%s", b.station.office.receiving.asked, strings.Join(texts(b), "\n"))
	}
}

// Of several orders in a list the one that is typed is taken alone.
func TestOneOfSeveralOrders(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	found := someList()
	found.Orders, found.InOrder = 2, map[string]int{"BL-1": 30, "BL-2": 10, "": 8}
	b.preview(found)
	b.forContoso()
	ui.SetFieldText(b.Fields()[0], "BL-2")
	if !b.shows("18 devices can be taken.") || !b.shows("The list names 2 orders; only what is for BL-2 is taken.") {
		t.Errorf("shown:\n%s", strings.Join(texts(b), "\n"))
	}
}

// A list that cannot be read by a supplier's columns is still what it was.
func TestColumnsThatDoNotFitChangeNothing(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.station.office.receiving.profiles = []manifest.Profile{{Name: "Grossiste Lyon", Columns: []manifest.Mapping{{Column: "Clé", Field: manifest.PKID}}}}
	b.preview(someList())
	b.forContoso()
	b.command(fyne.KeyF7)
	b.command(fyne.KeyDown)
	b.station.office.receiving.looked = &manifest.ProfileError{Fault: "not-in-file", Value: "Clé"}
	b.ConfirmPanel()
	b.station.office.receiving.looked = nil
	if !strings.Contains(b.Notice(), "the file has no column “Clé”") || ui.FieldText(b.Fields()[1]) != "" {
		t.Errorf("notice %q, supplier %q", b.Notice(), ui.FieldText(b.Fields()[1]))
	}
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Profile != nil {
		t.Errorf("it is taken by %+v", asked.Profile)
	}
}

// A header that is too long to be shown is no name that a column is found by again.
func TestALongHeaderGoesByItsLetter(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	found := someList()
	found.Columns[0].Header = strings.Repeat("Référence ", 6) + "…"
	b.preview(found)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyDown)
	b.command(fyne.KeyF5)
	b.ConfirmPanel()
	if profile := b.station.office.receiving.asked.Profile; profile == nil || !profile.NoHeader || profile.Columns[0].Column != "A" {
		t.Errorf("asked for %+v", profile)
	}
}

// Windows copies a path in quotation marks.
func TestAPathInQuotationMarks(t *testing.T) {
	b := newBench(t, ui.Options{Language: "en"})
	b.openImport()
	b.station.office.receiving.preview = someList()
	ui.SetFieldText(b.Fields()[0], ` "C:\Users\Ana\Liste de colisage.xlsx" `)
	b.ConfirmPanel()
	if asked := b.station.office.receiving.asked; asked.Path != `C:\Users\Ana\Liste de colisage.xlsx` {
		t.Errorf("asked for %q", asked.Path)
	}
}
