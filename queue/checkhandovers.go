package queue

// handovers: a handover's record can be read, and what is moved names one that
// went out.
func (c *checker) handovers() error {
	if in(c.tx, bucketMoved) == nil {
		return nil // a file of an earlier schema, opened for looking only
	}
	out := map[string]bool{}
	if err := in(c.tx, bucketMoved).ForEach(func(k, v []byte) error {
		h, err := decode[Handover](v)
		if err != nil || h.ID != string(k) {
			c.add("handover %q cannot be read, or is another (%v)", k, err)
		}
		out[h.ID] = h.Way == HandoverOut && (h.Gone || sumOfBody(h.Body) == h.Sum)
		return nil
	}); err != nil {
		return err
	}
	moved, err := inState(c.tx, Moved)
	for _, e := range moved {
		if !out[e.WentBy] {
			c.add("entry %d is moved, by no handover that can be written again", e.Seq)
		}
	}
	return err
}
