package words

import (
	"path/filepath"

	"pkidstation/queue"
)

// Recovery is what a start had to put right, "" for nothing: what happened, what
// it means for the boxes, and what to do.
func (w *Words) Recovery(r queue.Recovery) string {
	var said []string
	if r.Rebuilt {
		said = append(said, w.Say("recovery.rebuilt"))
		if r.Aside != "" {
			said = append(said, w.Say("recovery.aside", "File", Shown(filepath.Base(r.Aside))))
		}
	}
	switch {
	case r.Missing > 0 && r.Rebuilt:
		said = append(said, w.Count("recovery.missing", int(min(r.Missing, 1<<30))))
	case r.Rebased:
		said = append(said, w.Say("recovery.rebased"))
	case r.Rebuilt:
		said = append(said, w.Say("recovery.complete"))
	}
	if r.Torn {
		said = append(said, w.Say("recovery.torn"))
	}
	return sentences(said...)
}
