package vision

import (
	"context"
	"image"
	"time"
)

// A Tracker reads the pictures that one camera takes one after the other. It
// knows what it read a moment ago, so it reads again only what may have changed,
// and has a reading that proves little confirmed by a second picture. It keeps no
// goroutine and no clock. It is not for use by several goroutines at once.
type Tracker struct {
	reader Reader
	crew   *crew
	size   image.Point
	past   *past
}

// NewTracker gives a tracker that reads with r.
func NewTracker(r Reader) *Tracker { return &Tracker{reader: r, past: &past{}} }

// Next gives the codes of the next picture in reading order: of all that it sees,
// those whose reading is strong or was had before at this place. A code is given
// only where its symbol is on this very picture. at is when the picture was taken,
// from any beginning; a time before the last picture's forgets all, as does a
// picture of another size. A picture that was given up as ctx ended is not
// remembered.
//
// Strong are square codes, Code 128 and 93 read sharp on at least 8 lines, and Code 128
// restored with no glyph in doubt. Others are given from the second picture on that
// shows them, or the third beside the white of a lamp, if none between shows another
// text there.
func (t *Tracker) Next(ctx context.Context, img image.Image, at time.Duration) []Code {
	if img == nil || img.Bounds().Empty() {
		return nil
	}
	if size := img.Bounds().Size(); size != t.size || at < t.past.at {
		t.size, t.past = size, &past{}
	}
	if t.crew == nil {
		t.crew = newCrew(ctx, t.reader.workers())
	}
	t.crew.again(ctx, t.past)
	t.crew.lead().witness = newWitness(t.reader.Explain)
	kept := grey(img) // for the pictures to come, whatever becomes of this one.
	kept.Rect = img.Bounds()
	now := &shot{frame: wholeOf(kept), number: t.past.frame + 1}
	now.found = t.crew.find(now.frame)
	b := t.crew.bars
	doubts := b.doubts(now.found)
	found, doubted := t.past.missed(t.crew.lead(), now, doubts)
	if ctx.Err() != nil {
		return nil
	}
	now.found = append(now.found, found...)
	told := t.past.learn(now.found, append(doubts, doubted...), at)
	told = append(told, t.past.back(t.crew.lead(), now)...)
	t.past.remember(now)
	t.past.leave(b.vain(), b.trials())
	return inOrder(told)
}
