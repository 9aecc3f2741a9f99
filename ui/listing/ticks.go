package listing

// Ticks are the entries that a person ticked.
type Ticks struct {
	set *Set
	// base is what was ticked before the range that goes on from anchor.
	base   *Set
	anchor uint64
}

// NewTicks are none.
func NewTicks() *Ticks { return &Ticks{set: NewSet()} }

// Set is what is ticked. It is not to be changed.
func (t *Ticks) Set() *Set { return t.set }

// Len is how many are ticked.
func (t *Ticks) Len() int { return t.set.Len() }

// Has says whether an entry is ticked.
func (t *Ticks) Has(seq uint64) bool { return t.set.Has(seq) }

// Turn ticks an entry, or no longer. A range goes on from it.
func (t *Ticks) Turn(seq uint64) {
	if t.set.Has(seq) {
		t.set.Remove(seq)
	} else {
		t.set.Add(seq)
	}
	t.From(seq)
}

// From has the next range begin at an entry.
func (t *Ticks) From(seq uint64) { t.anchor, t.base = seq, nil }

// To ticks all from where the range begins to a row, and no longer what it had ticked
// beyond. Where none begins it begins, and ends, at that row.
func (t *Ticks) To(l *List, row int) {
	if t.base == nil {
		t.base = t.set.Clone()
	}
	from := l.Find(t.anchor)
	if from < 0 {
		from, t.anchor = row, l.At(row).Seq
	}
	t.set = t.base.Clone()
	for n := min(from, row); n <= max(from, row); n++ {
		t.set.Add(l.At(n).Seq)
	}
}

// All ticks all of a list; if all is ticked, nothing any longer.
func (t *Ticks) All(l *List) {
	if t.set.Both(l.all) == l.Len() {
		t.None()
		return
	}
	t.set, t.base = l.all.Clone(), nil
}

// None unticks all.
func (t *Ticks) None() { t.set, t.base = NewSet(), nil }

// Keep unticks what is not in a list: nobody decides about what they do not see.
func (t *Ticks) Keep(l *List) {
	t.set = t.set.And(l.all)
	if t.base != nil {
		t.base = t.base.And(l.all)
	}
}
