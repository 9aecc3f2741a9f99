package queue

// Counts are the numbers of entries by state.
type Counts struct {
	Held       int `json:"held"`
	Ready      int `json:"ready"`
	Planned    int `json:"planned"`
	Submitted  int `json:"submitted"`
	Registered int `json:"registered"`
	Rejected   int `json:"rejected"`
	Exported   int `json:"exported"`
	Removing   int `json:"removing"`
	Removed    int `json:"removed"`
	Moved      int `json:"moved"`
	Discarded  int `json:"discarded"`
}

func countsOf(n map[State]int) Counts {
	return Counts{
		Held: n[Held], Ready: n[Ready], Planned: n[Planned], Submitted: n[Submitted],
		Registered: n[Registered], Rejected: n[Rejected], Exported: n[Exported],
		Removing: n[Removing], Removed: n[Removed], Moved: n[Moved], Discarded: n[Discarded],
	}
}

// Captured is how many boxes stand on this station, whatever became of them.
func (c Counts) Captured() int {
	return c.Held + c.Ready + c.Planned + c.Submitted + c.Registered + c.Rejected + c.Exported
}
