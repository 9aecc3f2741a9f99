package partnercentertest

import (
	"log/slog"
	"net/http"
	"time"

	"pkidstation/queue/autopilot"
)

// A Mode is how the model behaves where Microsoft documents nothing.
type Mode string

// What happens to a POST with an MS-RequestId that was answered before.
const (
	IdempotencyReplay Mode = "replay"
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
	// Token is the bearer token it wants; empty takes any. None is a 401.
	Token string
	// Customers are the partner's. Those whose Relationship is none give 403,
	// code 20002; an empty Relationship means reseller. Without any customer,
	// every tenant id is a customer.
	Customers []autopilot.Customer
	// Directory says what Microsoft knows of a device: empty for fine, or the
	// code it answers. nil means that every device is fine.
	Directory func(autopilot.Device) autopilot.Code
	// JobTime is how long a job takes from queued to finished.
	JobTime time.Duration
	// ListLag is how long a new batch is not in the list yet.
	ListLag time.Duration
	// BOM puts a byte order mark before every JSON body.
	BOM bool
	// PageSize is how many devices a page has; 0 means 100.
	PageSize int
	// Idempotency is replay, ignore or refuse-other-body; empty is replay.
	Idempotency Mode
	// DuplicateBatch is append, 400 or 409; empty is append.
	DuplicateBatch Mode
	// RetryAfter is what a 429 asks for; 0 means a second.
	RetryAfter time.Duration
	// Trickle is how long a slow answer takes; 0 means half a second.
	Trickle time.Duration
	// Faulty are the faults it draws from; empty means all.
	Faulty []Fault
	// Clock tells the time; nil means time.Now.
	Clock func() time.Time
	// Logger gets a line a request; nil means none.
	Logger *slog.Logger
}

// A Commit is one true registration.
type Commit struct {
	PKID       autopilot.PKID     `json:"pkid,omitempty"`
	Serial     string             `json:"serial,omitempty"`
	Customer   autopilot.TenantID `json:"customer"`
	Batch      string             `json:"batch"`
	TrackingID string             `json:"tracking_id"`
	At         time.Time          `json:"at"`
}

// A Row is one device row of a POST that was processed.
type Row struct {
	PKID       autopilot.PKID     `json:"pkid,omitempty"`
	Serial     string             `json:"serial,omitempty"`
	Customer   autopilot.TenantID `json:"customer"`
	Batch      string             `json:"batch"`
	RequestID  string             `json:"request_id"`
	TrackingID string             `json:"tracking_id"`
	// Code is what the model answered for it, empty for registered.
	Code autopilot.Code `json:"code,omitempty"`
	At   time.Time      `json:"at"`
}

// A Request is one request as it arrived.
type Request struct {
	Method string      `json:"method"`
	Path   string      `json:"path"`
	Header http.Header `json:"header"`
	// Status is what was answered, 0 where the connection was dropped.
	Status int `json:"status"`
	// Fault is what struck it, empty for none.
	Fault Fault     `json:"fault,omitempty"`
	At    time.Time `json:"at"`
}

// A Fault is something that goes wrong between client and service.
type Fault string

// A Server is the model of Partner Center. It is an http.Handler.
type Server struct{}

// NewServer gives a model that listens nowhere yet.
func NewServer(opts Options) *Server { return &Server{} }

// ServeHTTP answers as Partner Center would.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {}

// RoundTripper serves without sockets, for tests in a synctest bubble.
func (s *Server) RoundTripper() http.RoundTripper { return nil }

// Start listens on addr, which must be of this machine, such as 127.0.0.1:0.
func (s *Server) Start(addr string) error { return nil }

// URL is where it listens, without /v1.
func (s *Server) URL() string { return "" }

// Close stops listening and drops all connections.
func (s *Server) Close() error { return nil }

// Ledger is what was truly committed, oldest first.
func (s *Server) Ledger() []Commit { return nil }

// Rows is every device row that any processed POST carried, in order.
func (s *Server) Rows() []Row { return nil }

// Requests is every request that arrived, in order, tokens redacted.
func (s *Server) Requests() []Request { return nil }

// SetFaults changes the share of requests that a fault strikes.
func (s *Server) SetFaults(share float64) {}

// SetOutage drops every connection, before anything is processed, until it is
// called with false.
func (s *Server) SetOutage(on bool) {}

// SetRelationship gives or takes the relationship with a customer.
func (s *Server) SetRelationship(customer autopilot.TenantID, reseller bool) {}

// Strike makes the next requests meet these faults, one each, whatever Faults
// says; an empty Fault lets one through.
func (s *Server) Strike(faults ...Fault) {}

// Choices are what the model chose where Microsoft documents nothing.
func (s *Server) Choices() []string { return nil }
