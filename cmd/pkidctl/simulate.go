package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

type simulateFlags struct {
	listen    string
	seed      uint64
	faults    float64
	token     string
	customers []string
	devices   map[string]string
	job       time.Duration
	verbose   bool
}

func simulateCommand(p *program) *cobra.Command {
	var f simulateFlags
	cmd := &cobra.Command{
		Use:   "simulate --listen 127.0.0.1:PORT",
		Short: "Run a simulated Partner Center on this machine",
		Long: `Runs a model of Partner Center until it is stopped. GET /simulator/ledger gives
what was truly registered, GET /simulator/rows every device row it processed.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.simulate(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "loopback address to listen on")
	flags.Uint64Var(&f.seed, "seed", 1, "makes every draw repeatable")
	flags.Float64Var(&f.faults, "faults", 0, "share of requests that fail, 0 to 1")
	flags.StringVar(&f.token, "token", "", "the bearer token it wants; empty takes any")
	flags.StringArrayVar(&f.customers, "customer", nil, "a customer's tenant id (may be repeated); without any, every id is one")
	flags.StringToStringVar(&f.devices, "device", nil, "PKID=CODE: what Microsoft answers for a device (may be repeated)")
	flags.DurationVar(&f.job, "job-time", time.Second, "how long a job takes")
	flags.BoolVar(&f.verbose, "verbose", false, "log each request")
	return cmd
}

func (p *program) simulate(ctx context.Context, f simulateFlags) error {
	opts, err := p.model(f)
	if err != nil {
		return err
	}
	server := partnercentertest.NewServer(opts)
	if err := server.Start(f.listen); err != nil { //nolint:contextcheck // Close ends it
		return err
	}
	defer server.Close() //nolint:errcheck // the process ends
	for _, choice := range server.Choices() {
		fmt.Fprintln(p.err, "simulator:", choice) //nolint:errcheck // for information
	}
	if err := p.line(server.URL()); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func (p *program) model(f simulateFlags) (partnercentertest.Options, error) {
	opts := partnercentertest.Options{Seed: f.seed, Faults: f.faults, Token: f.token, JobTime: f.job}
	if f.faults < 0 || f.faults > 1 {
		return opts, usage("--faults %v is not between 0 and 1", f.faults)
	}
	for _, text := range f.customers {
		id, err := tenant(text)
		if err != nil || id == "" {
			return opts, usage("--customer %q is no tenant id", text)
		}
		opts.Customers = append(opts.Customers, autopilot.Customer{ID: id, Name: text, Relationship: autopilot.RelationshipReseller})
	}
	for pkid := range f.devices {
		if _, err := autopilot.ParsePKID(pkid); err != nil {
			return opts, usage("--device: %w", err)
		}
	}
	opts.Directory = func(d autopilot.Device) autopilot.Code { return autopilot.Code(f.devices[string(d.PKID)]) }
	if f.verbose {
		opts.Logger = slog.New(slog.NewTextHandler(p.err, nil))
	}
	return opts, nil
}
