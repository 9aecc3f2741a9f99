package ui

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
)

// Close closes the window; Run then returns.
func (w *Window) Close() { w.window.Close() }

// Closing is closed when the window is asked to close, or Run's ctx ended.
func (w *Window) Closing() <-chan struct{} { return w.closing }

// Ended is closed when all that Run began has ended. What the window stands for
// can be taken down then: Fyne's own loop is left to end.
func (w *Window) Ended() <-chan struct{} { return w.ended }

// Run shows the window and runs the app until the window is closed or ctx ends: who
// closes it is told first what is open (goingPanel), the end of ctx asks nobody.
// It leaves no goroutine behind.
func (w *Window) Run(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	w.way.here()
	w.window.SetOnClosed(stop)
	w.leaving = func() {
		w.window.Hide() // whoever closes it shall not look at it while calls under way are ended
		stop()
	}
	w.window.SetCloseIntercept(w.askedToClose)
	forgetPreferences(w.app)
	running := w.begin(ctx)
	go func() {
		<-ctx.Done()
		w.way.end()
		close(w.closing)
		running.Wait()
		w.errands.end()
		close(w.ended)
		quit(w.app)
	}()
	w.app.Lifecycle().SetOnStarted(w.measure)
	w.Show()
	w.app.Run()
	stop()
	<-w.ended
}

// begin has all work begun that goes on beside Fyne's loop until ctx ends.
func (w *Window) begin(ctx context.Context) *sync.WaitGroup {
	w.errands.open(ctx)
	if w.worn == LookSystem {
		w.followSystem() //nolint:contextcheck // what a button does has the worker's
	}
	running := &sync.WaitGroup{}
	running.Go(func() { w.worker.run(ctx) })
	w.askCustomers() //nolint:contextcheck // the worker gives jobs its own
	running.Go(func() { w.listen(ctx) })
	running.Go(func() { w.way.followSpaced(ctx, lookSpace, w.options.Entries.Watch, w.reload) })
	running.Go(func() { w.way.follow(ctx, w.options.Uploads.Watch, w.recount) })
	if w.options.SignIn != nil {
		running.Go(func() { w.way.follow(ctx, w.options.SignIn.Watch, w.resign) })
	}
	if w.options.Sources != nil {
		running.Go(func() { w.way.follow(ctx, w.options.Sources.Watch, w.resource) })
	}
	if w.options.Cameras != nil {
		running.Go(func() { w.way.follow(ctx, w.options.Cameras.Watch, w.lookAtCamera) })
	}
	if w.options.Sound != nil {
		running.Go(func() { w.way.follow(ctx, w.options.Sound.Watch, w.rebuildAlerts) })
	}
	if w.options.Morning != nil {
		running.Go(func() { w.way.follow(ctx, w.options.Morning.Watch, w.rereport) })
	}
	if w.options.Guard == nil {
		w.askSetup(func() {}) //nolint:contextcheck // the worker gives jobs its own
	} else {
		running.Go(func() { w.way.follow(ctx, w.options.Guard.Watch, w.reguard) })
	}
	running.Go(func() { w.tick(ctx) })
	return running
}

// forgetPreferences keeps Fyne from saving its preferences, of which there are
// none, at its end: it asks its loop for that and waits, and where the loop has
// just stopped listening it waits for ever (2.8.1; seen once, on a busy machine).
func forgetPreferences(app fyne.App) {
	if life, ok := app.Lifecycle().(interface{ SetOnStoppedHookExecuted(hook func()) }); ok {
		life.SetOnStoppedHookExecuted(nil)
	}
}
