package partnercentertest

import (
	"cmp"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"pkidstation/queue/autopilot"
)

// A Mode is how the model behaves where Microsoft documents nothing.
type Mode string

// What happens to a POST with an MS-RequestId that was answered before on the
// same path.
const (
	// IdempotencyReplay gives the first answer again and processes nothing,
	// even where the body differs.
	IdempotencyReplay Mode = "replay"
	// IdempotencyIgnore processes it again.
	IdempotencyIgnore Mode = "ignore"
	// IdempotencyRefuse replays, but answers 400 where the body differs.
	IdempotencyRefuse Mode = "refuse-other-body"
)

// What happens on creating a batch that exists.
const (
	DuplicateAppend   Mode = "append"
	Duplicate400      Mode = "400"
	DuplicateConflict Mode = "409"
)

// What GET answers for a customer without a relationship.
const (
	Relationship403 Mode = "403"
	Relationship404 Mode = "404"
	Relationship200 Mode = "200"
)

// What DELETE answers for a device that was removed before.
const (
	DeleteGone404 Mode = "404"
	DeleteGone807 Mode = "807"
)

// What answers more than MaxDevices devices in a request.
const (
	TooMany400 Mode = "400"
	TooMany413 Mode = "413"
)

// Options shape the model. The zero value is a quick one without faults.
type Options struct {
	// Seed makes every draw repeatable.
	Seed uint64
	// Faults is the share of requests that a transport fault strikes, 0 to 1.
	Faults float64
	// Faulty are the faults it draws from; empty means DrawnFaults.
	Faulty []Fault
	// Token is the bearer token it wants; empty takes any. None is a 401.
	Token string
	// SignIn is the sign-in that the model has beside the device API.
	SignIn SignInOptions
	// Customers are the partner's. Those whose Relationship is none give 403,
	// code 20002, and so does everybody else; an empty Relationship means
	// reseller. Without any customer, every tenant id is one.
	Customers []autopilot.Customer

	// Account is what the partner is; empty is direct.
	Account Account
	// AppOnlyStatus, 401 or 403, refuses a token without a user what such a
	// token may not do; 0 is 403.
	AppOnlyStatus int
	// RelationshipAnswer is how GET of a customer without a relationship is
	// answered: 403 with code 20002, 404, or 200 with the relationship there
	// is; empty is 403. Every other call for them is 403 in any case.
	RelationshipAnswer Mode
	// DelegatedAccess is allowDelegatedAccess of every customer.
	DelegatedAccess bool
	// Invitation is the link that asks a customer for the relationship; empty
	// is one as in Microsoft's sample.
	Invitation string
	// Resellers are a provider's, by the customer they sell to.
	Resellers map[autopilot.TenantID][]Reseller
	// Policies are a customer's profiles.
	Policies map[autopilot.TenantID][]Policy

	// Directory says what Microsoft knows of a device: empty for fine, or the
	// code it answers. nil means that every device is fine. It is called with
	// the model locked, and must not call back. SetDirectory goes before it.
	Directory func(autopilot.Device) autopilot.Code
	// KnownAfter is for how long after NewServer a PKID is unknown: code 812.
	KnownAfter map[autopilot.PKID]time.Duration
	// Twins gives the serial number, manufacturer and model of a PKID: sent
	// either way, it is one device.
	Twins map[autopilot.PKID]autopilot.Device

	// JobTime is how long a job takes from queued to finished, JobLife how long
	// after its start it can be asked for; a JobLife of 0 is for ever. Where
	// JobTimeMax is more than JobTime, each job draws a time between them.
	JobTime, JobTimeMax, JobLife time.Duration
	// JobStutter is the share of jobs whose first answers are 404, the status
	// unknown, or both; 0 means half of them, less than 0 none.
	JobStutter float64
	// JobStuck is the share of jobs that stay unknown or processing for ever,
	// JobVanish of those that are 404 for ever after their first answer.
	JobStuck, JobVanish float64
	// RowsMissing is the share of a job's device rows that it never tells of.
	RowsMissing float64
	// CommitLate registers devices when their job ends, not with its 202. What
	// a stuck job carries is then never registered.
	CommitLate bool

	// ListLag is how long a new batch or device is not in any list yet.
	ListLag time.Duration
	// RemovalLag is how long a removed device is still in the lists, and still
	// its customer's; OwnerLag is how long it is its customer's after that, in no
	// list.
	RemovalLag, OwnerLag time.Duration
	// DeleteGone is the answer to DELETE of a device that was removed before:
	// 404, or 807, which is a 400 with that code; empty is 404.
	DeleteGone Mode
	// OtherPartyStatus, 400 or 403, goes with code 811; 0 is 400.
	OtherPartyStatus int

	// BOM puts a byte order mark before every JSON body.
	BOM bool
	// PageSize is how many devices or customers a page has; 0 means 100.
	PageSize int
	// MaxDevices is how many device rows one request may carry; 0 means 1000,
	// less than 0 any number. More is TooMany: 400 or 413; empty is 400.
	MaxDevices int
	TooMany    Mode
	// MaxBody is how many bytes one request may carry; 0 means 4 MiB, which is
	// also the most. More is 413.
	MaxBody int
	// Idempotency is replay, ignore or refuse-other-body; empty is replay.
	Idempotency Mode
	// IdempotencyWindow is for how long a request id is remembered; 0 is for
	// ever.
	IdempotencyWindow time.Duration
	// DuplicateBatch is append, 400 or 409; empty is append.
	DuplicateBatch Mode

	// Troubles are faults for some requests only.
	Troubles []Trouble
	// ThrottleWrites is how many POST, PATCH and DELETE a customer has in
	// RetryAfter, which begins with the first; more are 429. 0 is any number.
	ThrottleWrites int
	// RetryAfter is what a 429 asks for; 0 means a second.
	RetryAfter time.Duration
	// Trickle is how long a slow answer takes, on the real clock; 0 means half
	// a second.
	Trickle time.Duration

	// Clock tells the time; nil means time.Now. Advance goes on top of it.
	Clock func() time.Time
	// Forget keeps no headers in the record of requests, for long runs.
	Forget bool
	// Logger gets a line a request; nil means none.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	o.PageSize = positive(o.PageSize, 100)
	o.MaxBody = min(positive(o.MaxBody, maxBody), maxBody)
	o.MaxDevices = cmp.Or(o.MaxDevices, maxDevices)
	o.AppOnlyStatus = cmp.Or(o.AppOnlyStatus, http.StatusForbidden)
	o.OtherPartyStatus = cmp.Or(o.OtherPartyStatus, http.StatusBadRequest)
	o.Account = cmp.Or(o.Account, AccountDirect)
	o.RelationshipAnswer = cmp.Or(o.RelationshipAnswer, Relationship403)
	o.DeleteGone = cmp.Or(o.DeleteGone, DeleteGone404)
	o.TooMany = cmp.Or(o.TooMany, TooMany400)
	o.Idempotency = cmp.Or(o.Idempotency, IdempotencyReplay)
	o.DuplicateBatch = cmp.Or(o.DuplicateBatch, DuplicateAppend)
	o.Invitation = cmp.Or(o.Invitation, invitation)
	o.JobTimeMax = max(o.JobTimeMax, o.JobTime)
	o.RetryAfter = positive(o.RetryAfter, time.Second)
	o.Trickle = positive(o.Trickle, 500*time.Millisecond)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if len(o.Faulty) == 0 {
		o.Faulty = DrawnFaults()
	}
	return o
}

func positive[Number int | time.Duration](n, otherwise Number) Number {
	if n <= 0 {
		return otherwise
	}
	return n
}

// A Server is the model of Partner Center. It is an http.Handler, and all its
// methods may be called at any time from any goroutine.
type Server struct {
	opts   Options
	outage atomic.Bool

	ahead atomic.Int64 // nanoseconds, by Advance

	mu         sync.Mutex
	at         time.Time // now, the same through one request
	born       time.Time
	agenda     agenda
	plans      int // how many there ever were
	rng        *rand.Rand
	faults     float64
	struck     []Fault // forced, ahead of the drawn ones
	troubles   []trouble
	closed     bool // only the listed customers exist
	customers  map[string]*customer
	known      []string // keys of customers, in order of appearance
	jobs       map[string]*job
	owners     map[string]registration // by identity of the device
	directory  map[autopilot.PKID]autopilot.Code
	twins      map[string]autopilot.PKID // by serial, maker and model
	otherParty map[string]bool           // by identity
	policies   map[string][]Policy
	resellers  map[string][]Reseller
	answered   map[string]kept // by path and MS-RequestId
	ledger     []Commit
	taken      map[int]bool // indexes of the ledger: removed since
	rows       []Row
	removals   []Removal
	applied    []Applied
	requests   []Request
	signIn     *signIn // made by signing

	listener net.Listener
	http     *http.Server
	serving  sync.WaitGroup
}

// NewServer gives a model that listens nowhere yet.
func NewServer(opts Options) *Server {
	s := &Server{
		rng:        rand.New(rand.NewPCG(opts.Seed, 0x504b4944)), //nolint:gosec // repeatable on purpose
		faults:     opts.Faults,
		closed:     len(opts.Customers) > 0,
		customers:  map[string]*customer{},
		jobs:       map[string]*job{},
		owners:     map[string]registration{},
		directory:  map[autopilot.PKID]autopilot.Code{},
		twins:      map[string]autopilot.PKID{},
		otherParty: map[string]bool{},
		policies:   perCustomer(opts.Policies),
		resellers:  perCustomer(opts.Resellers),
		answered:   map[string]kept{},
		taken:      map[int]bool{},
	}
	s.opts = opts.withDefaults()
	s.opts.Clock = s.advanced(s.opts.Clock)
	s.born = s.opts.Clock()
	s.troubles = troubles(opts.Troubles)
	for _, c := range opts.Customers {
		s.addCustomer(c)
	}
	for pkid, twin := range opts.Twins {
		s.twins[tuple(twin)] = pkid
	}
	return s
}

// perCustomer is given by tenant ids in any case.
func perCustomer[Thing any](given map[autopilot.TenantID][]Thing) map[string][]Thing {
	all := make(map[string][]Thing, len(given))
	for id, things := range given {
		all[keyOf(id)] = things
	}
	return all
}

// SetFaults changes the share of requests that a fault strikes.
func (s *Server) SetFaults(share float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = share
}

// SetOutage drops every connection, before anything is processed, until it is
// called with false. Dropped requests are in no list.
func (s *Server) SetOutage(on bool) { s.outage.Store(on) }

// Strike makes the next requests meet these faults, one each, whatever Faults
// says; an empty Fault lets one through.
func (s *Server) Strike(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.struck = append(s.struck, faults...)
}
