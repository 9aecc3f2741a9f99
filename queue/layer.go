package queue

import (
	"context"
	"errors"
	"strconv"
)

// ActionLayer is that a layer of a pallet ends.
const ActionLayer Action = "layer"

// A Layer is one of a pallet whose boxes are counted as they are taken off it: its
// number, from 1, and how many boxes of it stand.
type Layer struct{ Number, Boxes int }

// EndLayer ends the layer that the boxes of a reception come from, and gives it.
// One without boxes is not ended, and its Boxes are 0.
func (q *Queue) EndLayer(ctx context.Context, reception, by string) (r Reception, l Layer, err error) {
	err = q.write(ctx, func(tx *transaction) (err error) {
		if r, err = openReception(tx, reception); err != nil {
			return err
		}
		if l, err = layerOf(tx, r); err != nil || l.Boxes == 0 {
			return err
		}
		r.Layers, r.LayerBefore, r.LayerFrom = l.Number, r.LayerFrom, r.Boxes
		if err := putReception(tx, r); err != nil {
			return err
		}
		note := strconv.Itoa(l.Number) + ": " + strconv.Itoa(l.Boxes)
		return q.audit(tx, 0, AuditLine{By: by, Action: ActionLayer, Reception: r.ID, Note: note})
	})
	return r, l, err
}

// Layer gives the layer that the boxes of a reception come from now.
func (q *Queue) Layer(ctx context.Context, reception string) (l Layer, err error) {
	err = q.read(ctx, func(tx *transaction) error {
		r, err := receptionByID(tx, reception)
		if err == nil {
			l, err = layerOf(tx, r)
		}
		return err
	})
	return l, err
}

// layerOf counts backwards from the last entry: a layer has a few dozen boxes.
func layerOf(tx *transaction, r Reception) (Layer, error) {
	l := Layer{Number: r.Layers + 1}
	c := in(tx, bucketEntry).Cursor()
	for k, v := c.Last(); k != nil && keySeq(k) >= r.First && r.Boxes > r.LayerFrom; k, v = c.Prev() {
		e, err := decode[Entry](v)
		if err != nil {
			return l, corruptError(bucketEntry, k, err)
		}
		if e.Reception != r.ID {
			continue
		}
		if e.Number <= r.LayerFrom {
			break
		}
		if !e.State.Gone() {
			l.Boxes++
		}
	}
	return l, nil
}

// reopenLayer has the layer that was ended last go on, because a box of it is taken
// back: what is read instead is of that layer, too. Where boxes of the next one stand
// already, it stays ended.
func reopenLayer(tx *transaction, undone Entry) error {
	r, err := receptionByID(tx, undone.Reception)
	if errors.Is(err, ErrNoReception) {
		return nil
	}
	if err != nil || undone.Number > r.LayerFrom || undone.Number <= r.LayerBefore {
		return err
	}
	if next, err := layerOf(tx, r); err != nil || next.Boxes > 0 {
		return err
	}
	r.Layers, r.LayerFrom = r.Layers-1, r.LayerBefore
	return putReception(tx, r)
}
