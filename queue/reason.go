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
	// Unreadable: somebody at the dock said that its label cannot be read.
	Unreadable Reason = "unreadable"
	// ForReview: nothing is against it; the review policy has a person look at each.
	ForReview Reason = "review"
	// FromBackup: it was ready in a backup from which this queue was restored, may
	// have been sent since, and nobody here can ask Partner Center.
	FromBackup Reason = "restored"
	// NotAnnounced: a supplier's list for the order is here, and does not have it.
	NotAnnounced Reason = "not-announced"
	// LayoutOpen: the keyboard may have swapped letters of its serial.
	LayoutOpen Reason = "layout-open"
	// Unconfirmed: nobody had said, when it was read, that the customer is still
	// the right one.
	Unconfirmed Reason = "unconfirmed"
)

// Why a read is refused. Nothing of it is stored.
const (
	Secret            Reason = "secret" // a product key
	ProductID         Reason = "product-id"
	AllEqual          Reason = "all-equal"
	ControlCharacters Reason = "control-characters"
	TooLong           Reason = "too-long"
	UnknownCode       Reason = "unknown"
	PCID              Reason = "pcid"          // HP's, one letter from the PKID
	HardwareHash      Reason = "hardware-hash" // would need the device to be booted
	// Locked: the dock is locked.
	Locked Reason = "locked"
	// NotNow: a command that is not valid in this state of the dock.
	NotNow Reason = "not-now"
	// NoSuchCommand: a command code that this version does not know.
	NoSuchCommand Reason = "no-such-command"
	// NothingHere: a command that finds nothing to act on.
	NothingHere Reason = "nothing-here"
	// AlreadySent: what was to be changed was sent.
	AlreadySent Reason = "already-sent"
	// UnknownOrder: no customer is known for the order that was read.
	UnknownOrder Reason = "unknown-order"
	// SeveralWorks: the order that was read is for several customers or group tags.
	SeveralWorks Reason = "several-works"
	// NotChanged: a change of customer was broken off by another code.
	NotChanged Reason = "customer-not-changed"
	// OneLabel: two PKIDs in view; nothing of them was taken.
	OneLabel Reason = "one-label"
	// CartonShort: a carton closed with fewer devices than it says.
	CartonShort Reason = "carton-short"
	// CartonFull: more devices in a carton than it says.
	CartonFull Reason = "carton-full"
)

// Why a read is ignored: a known code that is no identity of the device.
const (
	NoIdentity   Reason = "no-identity" // the verdict's kind says what it is
	NoPairing    Reason = "no-pairing"
	SeveralBoxes Reason = "several-boxes" // a serial among several devices of a carton
	// InCarton: a serial in a carton of several devices.
	InCarton Reason = "in-carton"
	// LearntGTIN: 13 digits that were found to be an article number here.
	LearntGTIN  Reason = "learnt-gtin"
	ExpressCode Reason = "express-code" // Dell's, the serial in other digits
	SNID        Reason = "snid"         // Acer's, a part of the serial
	// Proof: a code that confirms the serial of the box.
	Proof Reason = "proof"
	// Pallet: a pallet's number, which stays on the boxes that follow.
	OnPallet Reason = "pallet"
)

// What a command code did. Its verdict is Ignored, with one of these, where it
// made no entry and changed none.
const (
	Undone         Reason = "undone"
	BoxClosed      Reason = "box-closed"
	CartonOpened   Reason = "carton-opened"
	CartonTotal    Reason = "carton-total"
	CartonClosed   Reason = "carton-closed"
	ScanOrder      Reason = "scan-order"   // a change of customer waits for the order's code
	ScanConfirm    Reason = "scan-confirm" // … and then for its confirmation
	Changed        Reason = "customer-changed"
	ReceptionEnded Reason = "reception-closed"
	NowLocked      Reason = "now-locked"
	Unlocked       Reason = "unlocked"
	Calibrated     Reason = "calibrated"
	NotThePKID     Reason = "not-the-pkid"
	AnswerUndone   Reason = "answer-undone"
	// CustomerConfirmed: a person said that the customer is the right one.
	CustomerConfirmed Reason = "customer-confirmed"
	// ShiftWaits: somebody else's badge was read while work is open.
	ShiftWaits Reason = "shift-waits"
	// ShiftTaken: they took it over.
	ShiftTaken Reason = "shift-taken"
	// LayerEnded: a layer of the pallet is done.
	LayerEnded Reason = "layer-ended"
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

// Why the whole station or a removal waits, beside those.
const (
	// WrongRole: the user's role has no right to do this.
	WrongRole Reason = "wrong-role"
	// NeedsMFA: the sign-in lacks multi-factor authentication.
	NeedsMFA Reason = "mfa"
	// OtherParty: only whoever registered the device can take it back (811).
	OtherParty Reason = "other-party"
	// StillThere: it was taken back, and is still in its batch.
	StillThere Reason = "still-there"
	// NotListed: the device is in none of this partner's batches.
	NotListed Reason = "not-listed"
	// OnTheSite: a person takes it back on the web site, and says so.
	OnTheSite Reason = "on-the-site"
)

// Marks on a registered entry.
const (
	// AlreadyThere: Microsoft had the device for this customer before (806):
	// group tag and profile are not applied.
	AlreadyThere Reason = "already-there"
	// ConfirmedByHand: a person says that the web site took it.
	ConfirmedByHand Reason = "confirmed-by-hand"
)
