package label

import "time"

// A Box is what was read of one device's box. Empty texts were not read.
type Box struct {
	PKID, Serial, Model, Part string
	// First is PKID or Serial, whichever was read first; empty before both.
	First Kind
	// Opened and Last are when its first and its last code were read.
	Opened, Last time.Time
}

// Complete says whether PKID and serial have met.
func (b Box) Complete() bool { return b.PKID != "" && b.Serial != "" }

// slot is where a kind is kept, nil if a box has none for it.
func (b *Box) slot(kind Kind) *string {
	switch kind {
	case PKID:
		return &b.PKID
	case Serial:
		return &b.Serial
	case Model:
		return &b.Model
	case Part:
		return &b.Part
	case TradeNumber, Order, MAC, IMEI, ICCID, SSCC, Quantity, Command, Secret, Other:
		return nil
	default:
		return nil
	}
}

// takes says whether a code is new to the box or the same as it has.
func (b *Box) takes(c Code) bool {
	slot := b.slot(c.Kind)
	return (*slot == "" || *slot == c.Text) && (c.Model == "" || b.Model == "" || b.Model == c.Model)
}

func (b *Box) put(c Code, at time.Time) {
	*b.slot(c.Kind) = c.Text
	if c.Model != "" {
		b.Model = c.Model
	}
	if b.First == "" && (c.Kind == PKID || c.Kind == Serial) {
		b.First = c.Kind
	}
	if b.Opened.IsZero() {
		b.Opened = at
	}
	if at.After(b.Last) {
		b.Last = at
	}
}
