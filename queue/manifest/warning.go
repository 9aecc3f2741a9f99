package manifest

import (
	"slices"
	"strings"

	"pkidstation/queue/autopilot/makers"
)

// A Caution is a fixed English word that says what a person should look at before
// rows are registered that were taken all the same.
type Caution string

// What to look at. The first five are about rows that go by serial number,
// manufacturer and model, of which Partner Center wants the last two letter by
// letter as the firmware has them.
const (
	MakerCase    Caution = "maker-case"    // but for capitals the firmware's spelling
	MakerAlias   Caution = "maker-alias"   // a name that people use; the firmware has another
	MakerUnknown Caution = "maker-unknown" // nobody here knows how its firmware writes it
	ModelCase    Caution = "model-case"
	ModelUnlike  Caution = "model-unlike" // the maker's firmware writes models otherwise
	SurfaceWays  Caution = "surface"      // Microsoft Support can register it too
	ByHash       Caution = "by-hash"      // Microsoft advises against it
	HashUnproved Caution = "hash-unproved"
)

// A Warning is about rows that were taken. Nothing of them is changed for it.
type Warning struct {
	// Place is the first of the rows, Rows how many there are.
	Place
	Rows int
	// Column, Header and Field are as in a Refusal.
	Column  string
	Header  string
	Field   Field
	Caution Caution
	// Text is the value as the rows have it, clipped and printable; Wanted are the
	// spellings that the maker's firmware has, the likeliest first. Proved says that
	// the first of them is more than hearsay.
	Text   string
	Wanted []string
	Proved bool
}

// mostWarnings is how many a list has; of a list with more something else is wrong.
const mostWarnings = 100

// warnings are made of the rows that are left in the end, one for each thing to look
// at, however many rows have it.
type warnings struct {
	reader *reader
	at     map[warningKey]int // in all
	all    []Warning
	judged map[[2]string]makers.Finding
}

type warningKey struct {
	caution Caution
	text    string
}

func (r *reader) warn() {
	w := warnings{reader: r, at: map[warningKey]int{}, judged: map[[2]string]makers.Finding{}}
	for d := range r.m.Rows() {
		switch {
		case d.Hash != "":
			w.hashed(d)
		case d.PKID == "" && d.Serial != "":
			w.tuple(d)
		}
	}
	slices.SortStableFunc(w.all, func(a, b Warning) int { return a.Row - b.Row })
	r.m.Warnings = w.all
}

// hashed looks at a row that goes by its hardware hash.
func (w *warnings) hashed(d *Row) {
	w.add(d, Warning{Field: Hash, Caution: ByHash}, "")
	if d.PKID != "" && d.Hash.Contents().PKID == "" {
		w.add(d, Warning{Field: Hash, Caution: HashUnproved}, "")
	}
}

// tuple looks at a row that goes by serial number, manufacturer and model, or will
// when those come.
func (w *warnings) tuple(d *Row) {
	found := w.judge(d)
	maker := Warning{Field: Manufacturer}
	for _, s := range found.Suggested {
		maker.Wanted = append(maker.Wanted, s.Name)
	}
	maker.Proved = len(found.Suggested) > 0 && found.Suggested[0].Proof != makers.Told
	if maker.Caution = ofMaker(found.Manufacturer); maker.Caution != "" && d.Manufacturer != "" {
		w.add(d, maker, d.Manufacturer)
	}
	if caution := ofModel(found.Model); caution != "" && d.Model != "" {
		model := Warning{Field: Model, Caution: caution, Proved: true}
		if found.SuggestedModel != "" {
			model.Wanted = []string{found.SuggestedModel}
		}
		w.add(d, model, d.Model)
	}
	if makers.Surface(d.Manufacturer, d.Model) {
		w.add(d, Warning{Field: Manufacturer, Caution: SurfaceWays}, "")
	}
}

func (w *warnings) judge(d *Row) makers.Finding {
	key := [2]string{d.Manufacturer, d.Model}
	found, known := w.judged[key]
	if !known {
		found = makers.Judge(d.Manufacturer, d.Model)
		if len(w.judged) < mostShared {
			w.judged[key] = found
		}
	}
	return found
}

func ofMaker(s makers.Standing) Caution {
	switch s {
	case makers.Case:
		return MakerCase
	case makers.Alias:
		return MakerAlias
	case makers.Unknown, makers.Unlike:
		return MakerUnknown
	case makers.Exact:
		return ""
	}
	return MakerUnknown
}

func ofModel(s makers.Standing) Caution {
	switch s { //nolint:exhaustive // of the others there is nothing to say
	case makers.Case:
		return ModelCase
	case makers.Unlike, makers.Alias:
		return ModelUnlike
	default:
		return ""
	}
}

// add counts a row to its warning, or makes one.
func (w *warnings) add(d *Row, one Warning, text string) {
	key := warningKey{one.Caution, text}
	if i, known := w.at[key]; known {
		w.all[i].Rows++
		return
	}
	if len(w.all) == mostWarnings {
		return
	}
	at := w.reader.at(one.Field, d.Place, text, "", 0)
	one.Place, one.Rows, one.Column, one.Header, one.Text = d.Place, 1, at.Column, at.Header, strings.Clone(at.Text)
	w.at[key] = len(w.all)
	w.all = append(w.all, one)
}
