package leave_test

import (
	"fmt"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/export/leave"
)

// TestNothingThatTellsIsCut: what says which order, whose and which device is there to
// its last letter, for two orders may differ in that.
func TestNothingThatTellsIsCut(t *testing.T) {
	t.Parallel()
	o := registered(150)
	o.Order = "BL-2026/ŻÓŁĆ-ΩΜΕΓΑ-1042 référence de commande du client final 17"
	o.CustomerName = "Établissements Hospitaliers Réunis de Seine-Maritime et du Pays de Caux, Direction des SI, 76"
	o.GroupTag = "FR-LAPTOP-STANDARD-ENTREPOT-LYON-DEUXIEME-ETAGE-BATIMENT-SUD-17"
	var serials []string
	for i := range o.Boxes {
		b := &o.Boxes[i]
		b.Pallet = fmt.Sprintf("00340123450000%04d", i/25)
		if i%10 == 0 {
			b.Device = autopilot.Device{Serial: fmt.Sprintf("NXABCDE0011234A5B7CD01-OF-A-MAKER-WITHOUT-MERCY-%04d", i), Manufacturer: "Acer", Model: "TravelMate P216-51"}
			serials = append(serials, b.Serial)
		}
	}
	held := keep(o, "Belongs to another organisation. Set the box aside and tell your supervisor.", 0, 10, 20)
	held.Boxes = append([]leave.Box{}, held.Boxes...)
	for _, language := range languages() {
		for _, paper := range []leave.Paper{leave.A4, leave.Label} {
			opts := options(t, language, paper)
			all := pages(t, held, opts)
			whole(t, fmt.Sprintf("%s %s", language, paper), all, paper, o.Order, o.CustomerName, string(o.GroupTag), serials[0], serials[2])
		}
		opts := options(t, language, leave.A4)
		list, err := leave.RegisteredPages(held, opts)
		if err != nil {
			t.Fatal(err)
		}
		whole(t, language+" list", list, leave.A4, o.Order, o.CustomerName, string(o.GroupTag), serials[3], serials[14])
	}
}

// whole wants values on pages to their last letter, over however many lines.
func whole(t *testing.T, name string, pages []leave.Page, paper leave.Paper, values ...string) {
	t.Helper()
	for _, p := range pages {
		measured(t, p, paper)
	}
	var text strings.Builder
	for _, p := range pages {
		text.WriteString(said(p))
	}
	got := strings.NewReplacer(" ", "", "\n", "").Replace(text.String())
	for _, value := range values {
		if !strings.Contains(got, strings.ReplaceAll(value, " ", "")) {
			t.Errorf("%s: no whole %q", name, value)
		}
	}
}
