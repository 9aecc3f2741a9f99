package partnercenter

import (
	"context"
	"strings"
	"sync"

	"pkidstation/queue/autopilot"
)

// lanes keep one request in flight for each customer: Partner Center throttles
// by partner and customer, and two writes at once would race for a batch. What
// is asked without a customer has a lane of its own. Whoever waits goes in the
// order of coming.
type lanes struct {
	mu   sync.Mutex
	open map[string]*lane
}

// A lane is there only while somebody is in it or waits for it.
type lane struct {
	busy  chan struct{}
	users int
}

// enter waits for the customer's turn. It fails with the cause of ctx, and then
// there is nothing to leave.
func (l *lanes) enter(ctx context.Context, customer autopilot.TenantID) (leave func(), err error) {
	name := strings.ToLower(string(customer))
	mine := l.join(name)
	select {
	case mine.busy <- struct{}{}:
		if ctx.Err() == nil {
			return func() { <-mine.busy; l.quit(name, mine) }, nil
		}
		<-mine.busy
	case <-ctx.Done():
	}
	l.quit(name, mine)
	return nil, context.Cause(ctx)
}

func (l *lanes) join(name string) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		l.open = map[string]*lane{}
	}
	if l.open[name] == nil {
		l.open[name] = &lane{busy: make(chan struct{}, 1)}
	}
	l.open[name].users++
	return l.open[name]
}

func (l *lanes) quit(name string, mine *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if mine.users--; mine.users == 0 {
		delete(l.open, name)
	}
}
