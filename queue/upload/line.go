package upload

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/sony/gobreaker/v2"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
)

// tripAfter is how many calls in a row must get no answer until the line to
// Partner Center is taken to be dead.
const tripAfter = 5

// A line is the one way to Partner Center, with a circuit breaker in it. Whether
// anything may leave is the breaker's to say, when it is tried again is the
// backoff's: so the breaker's own timeout is nothing, and nobody waits twice.
// While the line is dead nothing leaves before the station's pause is over,
// whoever calls, and then one call does; if that gets no answer either, nothing
// follows it.
type line struct {
	breaker *gobreaker.TwoStepCircuitBreaker[struct{}]
	station *pause
}

// errCutShort is told to the breaker of a call that we ended ourselves: it says
// nothing about the line.
var errCutShort = errors.New("cut short")

func newLine(log *slog.Logger, station *pause) *line {
	return &line{station: station, breaker: gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Name:         "Partner Center",
		MaxRequests:  1,
		Timeout:      time.Nanosecond,
		ReadyToTrip:  func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= tripAfter },
		IsSuccessful: func(err error) bool { return !unanswered(err) },
		IsExcluded:   func(err error) bool { return errors.Is(err, errCutShort) },
		OnStateChange: func(_ string, from, to gobreaker.State) {
			log.Info("uploading: the line to Partner Center", "was", from.String(), "is", to.String())
		},
	})}
}

// unanswered says whether nobody answered: of what the breaker counts.
func unanswered(err error) bool {
	kind := kindOf(err)
	return kind == partnercenter.NoAnswer || kind == partnercenter.Unreachable
}

// heldBack says whether the line let a call not out.
func heldBack(err error) bool {
	return errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests)
}

// allow asks to make a call. Where it may not be made, nothing was sent.
func (l *line) allow(ctx context.Context, op string) (done func(error), err error) {
	if l.breaker.State() != gobreaker.StateClosed && l.station.blocks(time.Now()) {
		return nil, partnercenter.NewError(op, partnercenter.Unreachable, gobreaker.ErrOpenState)
	}
	tell, err := l.breaker.Allow()
	if err != nil {
		return nil, partnercenter.NewError(op, partnercenter.Unreachable, err)
	}
	return func(err error) {
		if err != nil && ctx.Err() != nil {
			err = errCutShort
		}
		tell(err)
	}, nil
}

// through makes a call on the line.
func through[Answer any](ctx context.Context, l *line, op string, call func() (Answer, error)) (got Answer, err error) {
	done, err := l.allow(ctx, op)
	if err != nil {
		return got, err
	}
	defer func() { done(err) }()
	return call()
}

// guard puts the line before everything that calls Partner Center.
func (l *line) guard(o Options) Options {
	o.Registrar = onLine{o.Registrar, l}
	if o.Remover != nil {
		o.Remover = removerOnLine{o.Remover, l}
	}
	if o.Profiler != nil {
		o.Profiler = profilerOnLine{o.Profiler, l}
	}
	if o.Relations != nil {
		o.Relations = relationsOnLine{o.Relations, l}
	}
	return o
}

type onLine struct {
	Registrar

	line *line
}

func (o onLine) Batches(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Batch, error) {
	return through(ctx, o.line, "list batches", func() ([]partnercenter.Batch, error) { return o.Registrar.Batches(ctx, customer) })
}

func (o onLine) BatchDevices(ctx context.Context, customer autopilot.TenantID, batch string) ([]partnercenter.Device, error) {
	return through(ctx, o.line, "list devices", func() ([]partnercenter.Device, error) {
		return o.Registrar.BatchDevices(ctx, customer, batch)
	})
}

func (o onLine) CreateBatch(ctx context.Context, customer autopilot.TenantID, batch string, devices []autopilot.Device, requestID string) (partnercenter.Accepted, error) {
	return through(ctx, o.line, "create batch", func() (partnercenter.Accepted, error) {
		return o.Registrar.CreateBatch(ctx, customer, batch, devices, requestID)
	})
}

func (o onLine) AppendBatch(ctx context.Context, customer autopilot.TenantID, batch string, devices []autopilot.Device, requestID string) (partnercenter.Accepted, error) {
	return through(ctx, o.line, "append to batch", func() (partnercenter.Accepted, error) {
		return o.Registrar.AppendBatch(ctx, customer, batch, devices, requestID)
	})
}

func (o onLine) JobStatus(ctx context.Context, customer autopilot.TenantID, trackingID string) (partnercenter.Job, error) {
	return through(ctx, o.line, "job status", func() (partnercenter.Job, error) { return o.Registrar.JobStatus(ctx, customer, trackingID) })
}

type removerOnLine struct {
	Remover

	line *line
}

func (o removerOnLine) DeleteDevice(ctx context.Context, customer autopilot.TenantID, batch, deviceID, requestID string) error {
	_, err := through(ctx, o.line, "delete device", func() (struct{}, error) {
		return struct{}{}, o.Remover.DeleteDevice(ctx, customer, batch, deviceID, requestID)
	})
	return err
}

type profilerOnLine struct {
	Profiler

	line *line
}

func (o profilerOnLine) ApplyPolicy(ctx context.Context, customer autopilot.TenantID, deviceIDs []string, policyID, requestID string) (partnercenter.Accepted, error) {
	return through(ctx, o.line, "apply policy", func() (partnercenter.Accepted, error) {
		return o.Profiler.ApplyPolicy(ctx, customer, deviceIDs, policyID, requestID)
	})
}

type relationsOnLine struct {
	Relations

	line *line
}

func (o relationsOnLine) Customer(ctx context.Context, id autopilot.TenantID) (autopilot.Customer, error) {
	return through(ctx, o.line, "get customer", func() (autopilot.Customer, error) { return o.Relations.Customer(ctx, id) })
}

func (o relationsOnLine) Resellers(ctx context.Context, customer autopilot.TenantID) ([]partnercenter.Relation, error) {
	return through(ctx, o.line, "list resellers", func() ([]partnercenter.Relation, error) { return o.Relations.Resellers(ctx, customer) })
}
