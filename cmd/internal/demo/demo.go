package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"pkidstation/assets"
	"pkidstation/cmd/internal/station"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/upload"
)

// The demo's customer.
const (
	Customer     autopilot.TenantID = "c0ffee00-1111-4222-8333-444455556666"
	CustomerName                    = "Contoso SARL"
	GroupTag     autopilot.GroupTag = "CONTOSO-STD"
	Order                           = "BL-2026-0117"
	Operator                        = "Demo"
)

// A Demo is a whole station with a simulated Partner Center.
type Demo struct {
	Folder   string
	Queue    *queue.Queue
	Station  *station.Station
	Uploader *upload.Uploader
	Server   *partnercentertest.Server
}

// Open makes a demo in a folder of its own.
func Open(ctx context.Context) (*Demo, error) {
	folder, err := os.MkdirTemp("", "pkidstation-demo-")
	if err != nil {
		return nil, fmt.Errorf("making the demo's folder: %w", err)
	}
	d := &Demo{Folder: folder, Server: partnercentertest.NewServer(partnercentertest.Options{
		Customers: []autopilot.Customer{{ID: Customer, Name: CustomerName, Relationship: autopilot.RelationshipReseller}},
		Directory: directory, JobTime: jobTime,
	})}
	if err := d.start(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// jobTime is how long the simulated job takes; Microsoft's takes minutes.
const jobTime = 500 * time.Millisecond

// directory is what the simulated Microsoft knows of the sample devices.
func directory(d autopilot.Device) autopilot.Code {
	for _, s := range assets.Samples() {
		if string(d.PKID) == s.PKID {
			return autopilot.Code(s.Code)
		}
	}
	return ""
}

func (d *Demo) start(ctx context.Context) error {
	if err := d.Server.Start("127.0.0.1:0"); err != nil { //nolint:contextcheck // Close ends it
		return fmt.Errorf("starting the simulated Partner Center: %w", err)
	}
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: d.Server.URL(), Application: "PKID Station demo",
		Token: func(context.Context) (string, error) { return "demo", nil },
	})
	if err != nil {
		return fmt.Errorf("setting up the demo's client: %w", err)
	}
	if d.Queue, err = queue.Open(d.Folder, queue.Options{Station: "demo", Program: "demo"}); err != nil {
		return err
	}
	const soon, at, most = 200 * time.Millisecond, 100 * time.Millisecond, time.Second
	d.Uploader = upload.New(upload.Options{
		Ledger: d.Queue, Registrar: client, Logger: slog.New(slog.DiscardHandler),
		After: soon, PollFirst: at, PollMax: most, RetryFirst: at, RetryMax: most,
	})
	d.Station = station.New(station.Options{Queue: d.Queue, Operator: Operator, Pairing: true})
	setting := queue.CustomerSetting{ID: Customer, Name: CustomerName, GroupTag: GroupTag}
	if err := d.Queue.SetCustomer(ctx, setting, queue.Act{}); err != nil {
		return err
	}
	_, err = d.Station.Open(ctx, queue.Work{Customer: Customer, GroupTag: GroupTag, Order: Order})
	return err
}

// Close ends the demo and takes its folder away.
func (d *Demo) Close() error {
	var err error
	if d.Queue != nil {
		err = d.Queue.Close()
	}
	return errors.Join(err, d.Server.Close(), throwAway(d.Folder))
}

// throwAway removes a folder, the files in it first and one by one: Wine 8 has
// that way of deleting, and answers the one of os.RemoveAll with an error.
func throwAway(folder string) error {
	var folders []string
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil: // what stays, the last line meets again
		case d.IsDir():
			folders = append(folders, path)
		default:
			_ = os.Remove(path) //nolint:gosec // the program made this folder, under a name nobody else knows
		}
		return nil //nolint:nilerr // as above
	})
	for _, inner := range slices.Backward(folders) {
		_ = os.Remove(inner)
	}
	return os.RemoveAll(folder)
}

// Name is the name of the demo's customer, the id of any other.
func Name(id autopilot.TenantID) string {
	if id == Customer {
		return CustomerName
	}
	return string(id)
}
