package queue

// A Reason is a fixed English word that says why a verdict or a state is what
// it is. It is the same in JSON and in code; ui/words makes a sentence of it.
type Reason string

// Why an entry is held.
const (
	// CouldBeGTIN: 13 digits without symbology that pass mod-10.
	CouldBeGTIN Reason = "could-be-gtin"
	// OtherCustomer: the PKID is known here for another customer, tag or order.
	OtherCustomer Reason = "other-customer"
	// NoCustomer: the reception has no customer.
	NoCustomer Reason = "no-customer"
	// Conflict: two serials for one PKID, or two PKIDs for one serial.
	Conflict Reason = "conflict"
	// NoPKID: a serial or model waits for the PKID of its box.
	NoPKID Reason = "no-pkid"
	// TypedByHand: no scanner read it, a person typed it.
	TypedByHand Reason = "typed-by-hand"
	// Assigned: a person gave it a customer; it waits for the release.
	Assigned Reason = "assigned"
	// ByPerson: a person put it on hold; the audit has their words.
	ByPerson Reason = "by-person"
)

// Why a read is refused. Nothing of it is stored.
const (
	Secret            Reason = "secret" // a product key
	ProductID         Reason = "product-id"
	AllEqual          Reason = "all-equal"
	ControlCharacters Reason = "control-characters"
	TooLong           Reason = "too-long"
	UnknownCode       Reason = "unknown"
)

// Why a read is ignored: a known code that is no identity of the device.
const (
	NoIdentity   Reason = "no-identity" // the verdict's kind says what it is
	NoPairing    Reason = "no-pairing"
	SeveralBoxes Reason = "several-boxes" // two PKIDs on one camera frame
)

// Why entries wait although they are ready.
const (
	NoGroupTag     Reason = "no-group-tag"
	NoRelationship Reason = "no-relationship"
	SignIn         Reason = "sign-in"
	Throttled      Reason = "throttled"
	Offline        Reason = "offline"
	Refused        Reason = "refused-as-a-whole"
	NoOutcome      Reason = "no-outcome" // Partner Center never said
)

// Marks on a registered entry.
const (
	// AlreadyThere: Microsoft had the device for this customer before (806).
	AlreadyThere Reason = "already-there"
)
