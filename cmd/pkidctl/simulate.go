package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/partnercentertest"
)

const simulateLong = `Runs a model of Partner Center's device API on this machine until it is stopped,
for whoever builds or tests a client of it, in any language. It prints its
address on standard output, and on standard error what it chose where Microsoft
documents nothing. Nothing leaves the machine, and nothing is kept.

The API is under ADDRESS/v1. Any bearer token will do, unless --token is given:

  /customers                                   GET   list, filter, seek paging
  /customers/relationshiprequests              GET
  /customers/TENANT                            GET
  /customers/TENANT/relationships              GET   of an indirect provider
  /customers/TENANT/deviceBatches              GET, POST
  /customers/TENANT/deviceBatches/B/devices    GET, POST
  /customers/TENANT/deviceBatches/B/devices/ID DELETE
  /customers/TENANT/batchJobStatus/JOB         GET
  /customers/TENANT/policies[/ID]              GET
  /customers/TENANT/DevicePolicyUpdates        PATCH
  /relationships                               GET   of an indirect provider

What truly happened, as JSON lines, whatever the client was told:

  GET ADDRESS/simulator/ledger       every registration there ever was
  GET ADDRESS/simulator/registered   those not taken back since
  GET ADDRESS/simulator/removals     what was taken back
  GET ADDRESS/simulator/applied      the profiles that were given
  GET ADDRESS/simulator/rows         every device row it processed, with its code
  GET ADDRESS/simulator/requests     every request, without bodies and tokens
  GET ADDRESS/simulator/choices      what it chose

A client is right if the ledger has each device once, for the right customer,
whatever --faults, --idempotency, --duplicate-batch and --commit-late are.

What can be changed while it runs, without a body:

  POST ADDRESS/simulator/advance?by=1h             put its clock ahead
  POST ADDRESS/simulator/strike?fault=NAME         the next request meets it
  POST ADDRESS/simulator/faults?share=0.3          as --faults
  POST ADDRESS/simulator/relationship?customer=TENANT&is=none
  POST ADDRESS/simulator/directory?pkid=PKID&code=812

A --trouble is a fault for some requests: fault=NAME, and any of method=, path=
(a part of it), customer=, from= and to= (counted among the requests that
match), share=, with commas between. A refused connection or an unknown name
are not among the faults: stop it, or ask elsewhere. Their names:

  `

const simulateExample = `  pkidctl simulate --listen 127.0.0.1:8080 --faults 0.3
  pkidctl simulate --job-time 10s --job-time-max 15m --commit-late --list-lag 2m
  pkidctl simulate --device 3305123456781=812 --policy TENANT=p1=Office
  pkidctl simulate --trouble fault=401-mfa,path=batchJobStatus,from=3,to=3`

type simulateFlags struct {
	listen   string
	opts     partnercentertest.Options
	verbose  bool
	devices  map[string]string
	known    map[string]string
	foreign  map[string]string
	relation map[string]string

	customers, policies, resellers, twins, others, faulty, troubles, roles []string
}

func simulateCommand(p *program) *cobra.Command {
	var f simulateFlags
	cmd := &cobra.Command{
		Use:     "simulate --listen 127.0.0.1:PORT",
		Short:   "Run a simulated Partner Center on this machine",
		Long:    simulateLong + strings.Join(faultNames(), "\n  "),
		Example: simulateExample,
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.simulate(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "loopback address to listen on")
	flags.Uint64Var(&f.opts.Seed, "seed", 1, "makes every draw repeatable")
	flags.StringVar(&f.opts.Token, "token", "", "the bearer token it wants; empty takes any")
	flags.BoolVar(&f.verbose, "verbose", false, "log each request")
	flags.BoolVar(&f.opts.Forget, "forget", false, "keep no headers of requests, for long runs")
	f.signInFlags(cmd)
	f.whoFlags(cmd)
	f.deviceFlags(cmd)
	f.jobFlags(cmd)
	f.lineFlags(cmd)
	return cmd
}

// signInFlags are about Microsoft's sign-in, which the simulator then has on its
// own address: it is the station's [partner_center] authority.
func (f *simulateFlags) signInFlags(cmd *cobra.Command) {
	flags, in := cmd.Flags(), &f.opts.SignIn
	flags.BoolVar(&in.Enabled, "sign-in", false, "have a sign-in at /TENANT/oauth2/v2.0, and take only its tokens (and --token)")
	flags.BoolVar(&in.Approve, "approve", false, "with --sign-in: the person in the browser says yes at once")
	flags.StringVar(&in.Tenant, "tenant", "", "with --sign-in: the partner's tenant id")
	flags.StringVar(&in.ClientID, "client-id", "", "with --sign-in: the one app that is known; empty knows every")
	flags.StringSliceVar(&f.roles, "role", nil, "with --sign-in: SalesAgents, AdminAgents (may be repeated); without any, both")
	flags.BoolVar(&in.SingleFactor, "single-factor", false, "with --sign-in: tokens lack mfa until a sign-in with prompt=login")
	flags.Float64Var(&in.MFA, "mfa", 0, "with --sign-in: share of calls that want mfa, 0 to 1")
	flags.DurationVar(&in.Lifetime, "token-lifetime", time.Hour, "with --sign-in: how long an access token is good")
}

// whoFlags are about the partner and its customers.
func (f *simulateFlags) whoFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var(oneOf(&f.opts.Account, partnercentertest.AccountDirect, partnercentertest.AccountProvider, partnercentertest.AccountReseller), "account", "what the partner is")
	flags.StringArrayVar(&f.customers, "customer", nil, "TENANT[=NAME]: a customer (may be repeated); without any, every id is one")
	flags.StringToStringVar(&f.relation, "relationship", nil, "TENANT=RELATIONSHIP: reseller, none, advisor… (may be repeated)")
	flags.Var(oneOf(&f.opts.RelationshipAnswer, partnercentertest.Relationship403, partnercentertest.Relationship404, partnercentertest.Relationship200), "relationship-answer", "GET of a customer without a relationship")
	flags.BoolVar(&f.opts.DelegatedAccess, "delegated-access", false, "customers allow delegated access")
	flags.StringVar(&f.opts.Invitation, "invitation", "", "the link of relationshiprequests")
	flags.StringArrayVar(&f.policies, "policy", nil, "TENANT=ID=NAME: a profile (may be repeated)")
	flags.StringArrayVar(&f.resellers, "reseller", nil, "TENANT=ID=NAME[=MPN]: a provider's reseller of a customer (may be repeated)")
	flags.IntVar(&f.opts.AppOnlyStatus, "app-only-status", 403, "refuses a token without a user: 401 or 403")
}

// deviceFlags are about devices, lists and removal.
func (f *simulateFlags) deviceFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringToStringVar(&f.devices, "device", nil, "PKID=CODE: what Microsoft answers for a device (may be repeated)")
	flags.StringToStringVar(&f.known, "known-after", nil, "PKID=DURATION: 812 until then (may be repeated)")
	flags.StringToStringVar(&f.foreign, "foreign", nil, "PKID=TENANT: registered for them by somebody else (may be repeated)")
	flags.StringArrayVar(&f.twins, "twin", nil, "PKID=SERIAL=MANUFACTURER=MODEL: one device either way (may be repeated)")
	flags.StringArrayVar(&f.others, "other-party", nil, "PKID whose removal is refused with 811 (may be repeated)")
	flags.IntVar(&f.opts.OtherPartyStatus, "other-party-status", 400, "goes with 811: 400 or 403")
	flags.DurationVar(&f.opts.ListLag, "list-lag", 0, "how long what is new is in no list")
	flags.DurationVar(&f.opts.RemovalLag, "removal-lag", 0, "how long a removed device is still there")
	flags.DurationVar(&f.opts.OwnerLag, "owner-lag", 0, "how long a removed device is its customer's after it left the lists")
	flags.Var(oneOf(&f.opts.DeleteGone, partnercentertest.DeleteGone404, partnercentertest.DeleteGone807), "delete-gone", "removing a device again")
	flags.IntVar(&f.opts.PageSize, "page-size", 100, "devices or customers a page")
}

// jobFlags are about jobs and what is remembered of requests.
func (f *simulateFlags) jobFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.DurationVar(&f.opts.JobTime, "job-time", time.Second, "how long a job takes")
	flags.DurationVar(&f.opts.JobTimeMax, "job-time-max", 0, "if longer than --job-time, each job draws its time between them")
	flags.DurationVar(&f.opts.JobLife, "job-life", 0, "how long a job can be asked for; 0 is for ever")
	flags.Float64Var(&f.opts.JobStutter, "job-stutter", 0.5, "share of jobs that are 404 or unknown at first, 0 to 1")
	flags.Float64Var(&f.opts.JobStuck, "job-stuck", 0, "share of jobs that never end, 0 to 1")
	flags.Float64Var(&f.opts.JobVanish, "job-vanish", 0, "share of jobs that are 404 after their first answer, 0 to 1")
	flags.Float64Var(&f.opts.RowsMissing, "rows-missing", 0, "share of devices that their job never tells of, 0 to 1")
	flags.BoolVar(&f.opts.CommitLate, "commit-late", false, "register when the job ends, not with the 202")
	flags.Var(oneOf(&f.opts.Idempotency, partnercentertest.IdempotencyReplay, partnercentertest.IdempotencyIgnore, partnercentertest.IdempotencyRefuse), "idempotency", "a request id that was answered before")
	flags.DurationVar(&f.opts.IdempotencyWindow, "idempotency-window", 0, "how long a request id is remembered; 0 is for ever")
	flags.Var(oneOf(&f.opts.DuplicateBatch, partnercentertest.DuplicateAppend, partnercentertest.Duplicate400, partnercentertest.DuplicateConflict), "duplicate-batch", "creating a batch that exists")
}

// lineFlags are about faults and limits.
func (f *simulateFlags) lineFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Float64Var(&f.opts.Faults, "faults", 0, "share of requests that fail, 0 to 1")
	flags.StringArrayVar(&f.faulty, "fault", nil, "NAME of a fault that --faults draws from (may be repeated)")
	flags.StringArrayVar(&f.troubles, "trouble", nil, "fault=NAME,…: a fault for some requests only (may be repeated)")
	flags.IntVar(&f.opts.ThrottleWrites, "throttle", 0, "writes a customer has in --retry-after; 0 is any number")
	flags.DurationVar(&f.opts.RetryAfter, "retry-after", time.Second, "what a 429 asks for")
	flags.DurationVar(&f.opts.Trickle, "trickle", 500*time.Millisecond, "how long a slow answer takes")
	flags.IntVar(&f.opts.MaxDevices, "max-devices", 1000, "devices a request may have; less than 0 is any number")
	flags.Var(oneOf(&f.opts.TooMany, partnercentertest.TooMany400, partnercentertest.TooMany413), "too-many", "more than --max-devices")
	flags.IntVar(&f.opts.MaxBody, "max-body", 4<<20, "bytes a request may have; more is 413")
	flags.BoolVar(&f.opts.BOM, "bom", false, "a byte order mark before every JSON body")
}

func (p *program) simulate(ctx context.Context, f simulateFlags) error {
	server, err := p.model(f)
	if err != nil {
		return err
	}
	if err := server.Start(f.listen); err != nil { //nolint:contextcheck // Close ends it
		if errors.Is(err, partnercentertest.ErrLoopbackOnly) {
			return usage("--listen %q: %w", f.listen, partnercentertest.ErrLoopbackOnly)
		}
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

// model makes the model that the flags describe, or says what is wrong with
// them.
func (p *program) model(f simulateFlags) (*partnercentertest.Server, error) {
	if f.verbose {
		f.opts.Logger = slog.New(slog.NewTextHandler(p.err, nil))
	}
	for _, read := range []func() error{f.shares, f.readCustomers, f.readPolicies, f.readResellers, f.readDevices, f.readTwins, f.readTroubles} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	server := partnercentertest.NewServer(f.opts)
	for text, relationship := range f.relation {
		id, err := simulated("relationship", text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(relationships(), autopilot.Relationship(relationship)) {
			return nil, usage("--relationship %s=%q is none of %v", text, relationship, relationships())
		}
		server.SetCustomer(autopilot.Customer{ID: id, Name: string(id), Relationship: autopilot.Relationship(relationship)})
	}
	return server, f.parties(server)
}

// parties are the devices that others registered.
func (f *simulateFlags) parties(server *partnercentertest.Server) error {
	for text, who := range f.foreign {
		pkid, err := simulatedPKID("foreign", text)
		if err != nil {
			return err
		}
		id, err := simulated("foreign", who)
		if err != nil {
			return err
		}
		server.SetForeign(pkid, id)
	}
	for _, text := range f.others {
		pkid, err := simulatedPKID("other-party", text)
		if err != nil {
			return err
		}
		server.SetOtherParty(pkid)
	}
	return nil
}
