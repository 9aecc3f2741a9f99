package upload

import (
	"log/slog"
	"time"

	"github.com/google/uuid"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// Options shape an Uploader. Zero values mean the defaults.
type Options struct {
	Ledger    Ledger
	Registrar Registrar
	// Remover takes registrations back, Profiler gives profiles, Relations tells
	// of relationships; without one what needs it waits.
	Remover   Remover
	Profiler  Profiler
	Relations Relations
	// Account is what the partner is: it decides whose relationship counts.
	Account Account
	// BatchSize is the most devices one request carries: 1 to 1000, 500.
	BatchSize int
	// After is how long after its capture an entry goes out although its
	// reception is open: 15 minutes.
	After time.Duration
	// PollFirst is the first pause between questions about a customer's jobs,
	// which doubles up to PollMax: 5 and 60 seconds. PollMax is also how long a
	// new job may not be there yet.
	PollFirst, PollMax time.Duration
	// ListLag is how long a device may be in no list yet: a quarter of an hour,
	// 15 times PollMax. Only after that one that Microsoft had before is taken to
	// be somebody else's.
	ListLag time.Duration
	// RetryFirst is the first pause after a failure, which doubles up to
	// RetryMax, both with jitter: 1 second and 5 minutes.
	RetryFirst, RetryMax time.Duration
	// JobDeadline is after how long a job without outcome needs a person: 24
	// hours. It is asked about nevertheless.
	JobDeadline time.Duration
	// Retries are how long after the first refusal a device is sent again by
	// itself, by the code it was refused with; nil means [DefaultRetries].
	Retries map[autopilot.Code][]time.Duration
	// AfterRemoval is for how long after a device was taken back here its 808, and
	// its 806 where it was the same customer's, is taken for a removal that is not
	// through yet, and tried again: 24 hours; less than 0 means never.
	AfterRemoval time.Duration
	// Logger gets what happened, without whole PKIDs; nil means none.
	Logger *slog.Logger
	// NewID makes an MS-RequestId; nil means a random UUID.
	NewID func() string
}

// DefaultRetries are for the refusals that are known to pass by themselves: a
// device that its maker has not reported yet, and a fault of Microsoft's.
func DefaultRetries() map[autopilot.Code][]time.Duration {
	const day = 24 * time.Hour
	return map[autopilot.Code][]time.Duration{
		autopilot.CodeUnknownDevice: {day, 3 * day, 7 * day},
		autopilot.CodeStorage:       {15 * time.Minute, time.Hour, 4 * time.Hour},
	}
}

func (o Options) withDefaults() Options {
	if o.BatchSize <= 0 {
		o.BatchSize = 500
	}
	o.BatchSize = min(o.BatchSize, partnercenter.MaxDevices)
	for _, d := range []struct {
		value *time.Duration
		usual time.Duration
	}{
		{&o.After, 15 * time.Minute},
		{&o.PollFirst, 5 * time.Second},
		{&o.PollMax, time.Minute},
		{&o.RetryFirst, time.Second},
		{&o.RetryMax, 5 * time.Minute},
		{&o.JobDeadline, 24 * time.Hour},
	} {
		if *d.value <= 0 {
			*d.value = d.usual
		}
	}
	if o.ListLag <= 0 {
		o.ListLag = 15 * o.PollMax
	}
	if o.AfterRemoval == 0 {
		o.AfterRemoval = 24 * time.Hour
	}
	if o.Retries == nil {
		o.Retries = DefaultRetries()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.NewID == nil {
		o.NewID = uuid.NewString
	}
	return o
}
