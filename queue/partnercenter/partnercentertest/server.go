package partnercentertest

import (
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
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
	// Directory says what Microsoft knows of a device: empty for fine, or the
	// code it answers. nil means that every device is fine. It is called with
	// the model locked, and must not call back.
	Directory func(autopilot.Device) autopilot.Code
	// JobTime is how long a job takes from queued to finished, JobLife how long
	// after its start it can be asked for; a JobLife of 0 is for ever.
	JobTime, JobLife time.Duration
	// ListLag is how long a new batch or device is not in any list yet.
	ListLag time.Duration
	// BOM puts a byte order mark before every JSON body.
	BOM bool
	// PageSize is how many devices or customers a page has; 0 means 100.
	PageSize int
	// Idempotency is replay, ignore or refuse-other-body; empty is replay.
	Idempotency Mode
	// DuplicateBatch is append, 400 or 409; empty is append.
	DuplicateBatch Mode
	// RetryAfter is what a 429 asks for; 0 means a second.
	RetryAfter time.Duration
	// Trickle is how long a slow answer takes; 0 means half a second.
	Trickle time.Duration
	// Clock tells the time; nil means time.Now.
	Clock func() time.Time
	// Logger gets a line a request; nil means none.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.PageSize <= 0 {
		o.PageSize = 100
	}
	if o.Idempotency == "" {
		o.Idempotency = IdempotencyReplay
	}
	if o.DuplicateBatch == "" {
		o.DuplicateBatch = DuplicateAppend
	}
	if o.RetryAfter <= 0 {
		o.RetryAfter = time.Second
	}
	if o.Trickle <= 0 {
		o.Trickle = 500 * time.Millisecond
	}
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

// A Server is the model of Partner Center. It is an http.Handler, and all its
// methods may be called at any time from any goroutine.
type Server struct {
	opts   Options
	outage atomic.Bool

	mu        sync.Mutex
	rng       *rand.Rand
	faults    float64
	struck    []Fault // forced, ahead of the drawn ones
	closed    bool    // only the listed customers exist
	customers map[string]*customer
	known     []string // keys of customers, in order of appearance
	jobs      map[string]*job
	owners    map[string]registration // by identity of the device
	answered  map[string]kept         // by path and MS-RequestId
	ledger    []Commit
	rows      []Row
	requests  []Request
	signIn    *signIn // made by signing

	listener net.Listener
	http     *http.Server
	serving  sync.WaitGroup
}

// NewServer gives a model that listens nowhere yet.
func NewServer(opts Options) *Server {
	opts = opts.withDefaults()
	s := &Server{
		opts:      opts,
		rng:       rand.New(rand.NewPCG(opts.Seed, 0x504b4944)), //nolint:gosec // repeatable on purpose
		faults:    opts.Faults,
		closed:    len(opts.Customers) > 0,
		customers: map[string]*customer{},
		jobs:      map[string]*job{},
		owners:    map[string]registration{},
		answered:  map[string]kept{},
	}
	for _, c := range opts.Customers {
		s.addCustomer(c)
	}
	return s
}

func (s *Server) addCustomer(c autopilot.Customer) *customer {
	if c.Relationship == "" {
		c.Relationship = autopilot.RelationshipReseller
	}
	key := strings.ToLower(string(c.ID))
	if _, again := s.customers[key]; !again {
		s.known = append(s.known, key)
	}
	s.customers[key] = &customer{Customer: c}
	return s.customers[key]
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

// SetRelationship gives or takes the relationship with a customer.
func (s *Server) SetRelationship(id autopilot.TenantID, reseller bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.customers[strings.ToLower(string(id))]
	if c == nil {
		c = s.addCustomer(autopilot.Customer{ID: id})
	}
	c.Relationship = autopilot.RelationshipNone
	if reseller {
		c.Relationship = autopilot.RelationshipReseller
	}
}

// Strike makes the next requests meet these faults, one each, whatever Faults
// says; an empty Fault lets one through.
func (s *Server) Strike(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.struck = append(s.struck, faults...)
}

// Ledger is what was truly committed, oldest first.
func (s *Server) Ledger() []Commit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ledger)
}

// Rows is every device row that any processed POST carried, in order. A POST
// that was only answered again from memory is not processed again.
func (s *Server) Rows() []Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.rows)
}

// Requests is every request that arrived, in order, tokens redacted.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}
