package uitest

import (
	"pkidstation/queue/manifest"
)

// onOrders shows the orders and chooses one, counted from 1.
func (s *Shot) onOrders(row int) {
	s.press("F9")
	s.ctrl("O")
	for range row {
		s.press("Down")
	}
}

// onOrder shows the boxes of one.
func (s *Shot) onOrder(row int) {
	s.onOrders(row)
	s.ctrl("Return")
}

// The rows of some orders.
const (
	stayingRow = 1
	leavingRow = 2
	countedRow = 3
)

func orderStates() []State {
	of := func(name string, show func(*Shot)) State { return with("orders", name, (*station).ordered, show) }
	return []State{
		of("all", func(s *Shot) { s.onOrders(stayingRow) }),
		state("orders", "none", func(s *Shot) { s.onOrders(0) }),
		of("stays", func(s *Shot) { s.onOrder(stayingRow); s.press("Down") }),
		of("may-leave", func(s *Shot) { s.onOrder(leavingRow) }),
		of("counted", func(s *Shot) { s.onOrder(countedRow); s.press("F5", "Down") }),
		of("unscanned", func(s *Shot) { s.onOrder(stayingRow); s.press("F6") }),
		of("expect", func(s *Shot) { s.onOrder(countedRow); s.press("F7") }),
		of("paper", func(s *Shot) { s.onOrder(stayingRow); s.press("F8") }),
	}
}

// onImport reads a list.
func (s *Shot) onImport() {
	s.onOrders(0)
	s.press("F6")
	s.types("D:/liste de colisage.xlsx")
	s.ctrl("Return")
}

func listStates() []State {
	of := func(name string, change func(*station), show func(*Shot)) State {
		return with("import", name, func(s *station) {
			s.ordered()
			s.preview, s.taken = listed(), tookIn()
			s.preview.Wrong = wrong()
			if change != nil {
				change(s)
			}
		}, show)
	}
	known := func(s *station) {
		s.sources = []manifest.Profile{
			{Name: "Grossiste Lyon", Columns: []manifest.Mapping{{Column: "Clé", Field: manifest.PKID}, {Column: "S/N", Field: manifest.Serial}}},
		}
	}
	imported := func(s *station) { s.ordered(); s.lists = importedLists() }
	return []State{
		of("ask", nil, func(s *Shot) { s.onOrders(0); s.press("F6") }),
		of("preview", nil, (*Shot).onImport),
		of("warnings", func(s *station) { s.preview = warned() }, (*Shot).onImport),
		of("unclear", unclear, (*Shot).onImport),
		of("stranger", stranger, (*Shot).onImport),
		of("sheets", func(s *station) {
			s.looked = &manifest.SheetsError{Sheets: []string{"Palette 1", "Palette 2 (Grenoble)"}}
		}, func(s *Shot) { s.onImport(); s.press("Down") }),
		of("for-whom", nil, func(s *Shot) { s.onImport(); s.press("F8", "Down") }),
		of("their-columns", known, func(s *Shot) { s.onImport(); s.press("F7", "Down") }),
		of("taken", nil, func(s *Shot) { s.onImport(); s.press("F8", "Down"); s.ctrl("Return"); s.ctrl("Return") }),
		with("lists", "all", imported, func(s *Shot) { s.onOrders(0); s.press("F7", "Down") }),
		with("lists", "drop", imported, func(s *Shot) { s.onOrders(0); s.press("F7", "Down", "F8") }),
	}
}

// unclear is a list whose columns nobody can tell.
func unclear(s *station) {
	s.preview.Unclear = manifest.ErrNoHeader
	for n := range s.preview.Columns {
		s.preview.Columns[n].Field, s.preview.Columns[n].Header = "", ""
	}
}

// stranger is a list for somebody who is in no directory.
func stranger(s *station) {
	s.preview.CustomerErr = &manifest.CustomerError{Name: "Boulangerie des Trois Ponts"}
	s.preview.Order, s.preview.Orders = "", 0
}
