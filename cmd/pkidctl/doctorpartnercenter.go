package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/keyring"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/ui/words"
)

func doctorPartnerCenterCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "partner-center",
		Short: "Find out why nothing can be registered: settings, network, sign-in, rights",
		Long: `Goes the way of a registration step by step, without registering anything, and
says of each step whether it is right and what to do. No token is shown, and no
queue is opened.

It exits with 0 when all is well, with 3 when something needs a person, and with 4
when Partner Center or the sign-in could not be reached.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.doctorPartnerCenter(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// A result is how a step went, as a fixed word.
type result string

const (
	fine    result = "ok"
	look    result = "warning"
	wrong   result = "failed"
	skipped result = "skipped"
)

// A step is what was looked at, how it was, and why, as scripts get it.
type step struct {
	Check  string `json:"check"`
	Result result `json:"result"`
	Reason string `json:"reason"`
	Value  string `json:"value"`
	// away says that the network was the reason.
	away bool
	// said is the whole sentence for a person, where Value's is too long to be
	// part of another.
	said string
}

// A checkup goes the way of a registration.
type checkup struct {
	cfg    config.Config
	store  *keyring.Store
	spoken *words.Words
	http   *http.Client

	source *signin.Source
	token  string
}

func (p *program) doctorPartnerCenter(ctx context.Context, asJSON bool) error {
	cfg, err := p.looked()
	if err != nil {
		return err
	}
	folder, err := config.Where(p.data, p.environ)
	if err != nil {
		return fmt.Errorf("finding the data folder: %w", err)
	}
	if p.spoken, err = speak(cfg.Station.Language, p.environ); err != nil {
		return err
	}
	const patience = 20 * time.Second
	c := &checkup{
		cfg: cfg, store: keyring.New(folder, p.ring), spoken: p.spoken,
		http: &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	code := exitDone
	for _, s := range c.run(ctx) {
		if err := p.step(s, asJSON); err != nil {
			return err
		}
		switch {
		case s.Result == wrong && s.away:
			code = exitUnreachable
		case s.Result == wrong && code == exitDone:
			code = exitPerson
		}
	}
	if code != exitDone {
		return &exitError{code: code}
	}
	return nil
}

// step tells of one.
func (p *program) step(s step, asJSON bool) error {
	if asJSON {
		return p.object(s)
	}
	w := p.words()
	name, how := w.Say("signin.doctor."+s.Check), w.Say("signin.doctor.result."+string(s.Result))
	said := w.Say("signin.doctor.say."+s.Reason, "Value", words.Shown(s.Value))
	if s.said != "" {
		said = s.said
	}
	return p.line(w.Say("signin.doctor.line", "Name", name, "How", how, "Said", said))
}

// run makes all steps, in the order in which they depend on one another. After
// one that the rest needs, the rest is not tried.
func (c *checkup) run(ctx context.Context) []step {
	all := []step{c.configuration()}
	if all[0].Reason == "csv-only" {
		return all
	}
	for _, stage := range []struct {
		checks []string
		do     func(context.Context) []step
	}{
		{[]string{"address", "clock"}, c.address},
		{[]string{"sign-in", "kept", "tenant", "mfa", "expiry"}, c.signIn},
		{[]string{"call", "role", "account", "relationship"}, c.calls},
	} {
		if blocked(all) {
			all = append(all, after(stage.checks...)...)
			continue
		}
		all = append(all, stage.do(ctx)...)
	}
	return all
}

// blocked says whether a step went wrong that the next ones need.
func blocked(all []step) bool {
	for _, s := range all {
		if s.Result == wrong && (s.Check == "configuration" || s.Check == "address" || s.Check == "sign-in") {
			return true
		}
	}
	return false
}

func (c *checkup) configuration() step {
	source, err := uplink.SignInWith(c.cfg, c.store, slog.New(slog.DiscardHandler))
	c.source = source
	switch {
	case errors.Is(err, uplink.ErrCSVOnly):
		return step{Check: "configuration", Result: fine, Reason: "csv-only", Value: string(c.cfg.PartnerCenter.Account)}
	case err != nil:
		return step{Check: "configuration", Result: wrong, Reason: "not-set-up"}
	default:
		return step{Check: "configuration", Result: fine, Reason: "complete"}
	}
}

// address asks without a token, which Partner Center refuses; anything else is not
// Partner Center.
func (c *checkup) address(ctx context.Context) []step {
	host := uplink.Address(c.cfg)
	if at, err := url.Parse(host); err == nil {
		host = at.Host
	}
	before := time.Now()
	got, err := c.ask(ctx, "/v1/customers?size=1")
	switch {
	case err != nil:
		return []step{{Check: "address", Result: wrong, Reason: "unreachable", Value: host, away: true}, {Check: "clock", Result: skipped, Reason: "before"}}
	case got.status < 400, got.status == http.StatusProxyAuthRequired:
		return []step{{Check: "address", Result: wrong, Reason: "not-partner-center", Value: host, away: true}, {Check: "clock", Result: skipped, Reason: "before"}}
	default:
		return []step{{Check: "address", Result: fine, Reason: "reached", Value: host}, clockStep(got.header.Get("Date"), before)}
	}
}

// An answer is what came of one request: status, headers, the begin of the body.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask makes one request.
func (c *checkup) ask(ctx context.Context, path string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(uplink.Address(c.cfg), "/")+path, http.NoBody)
	if err != nil {
		return answer{}, fmt.Errorf("building the request: %w", err)
	}
	req.Header.Set("Accept", "application/json")
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return answer{}, fmt.Errorf("asking: %w", err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	const enough = 64 << 10
	body, err := io.ReadAll(io.LimitReader(resp.Body, enough))
	if err != nil {
		return answer{}, fmt.Errorf("reading the answer: %w", err)
	}
	return answer{resp.StatusCode, resp.Header, body}, nil
}

// clockStep compares with the other side's clock. Tokens bear a few minutes.
func clockStep(date string, now time.Time) step {
	const bearable = time.Minute
	theirs, err := http.ParseTime(date)
	if err != nil {
		return step{Check: "clock", Result: skipped, Reason: "no-date"}
	}
	if off := now.Sub(theirs).Round(time.Second); off.Abs() > bearable {
		return step{Check: "clock", Result: look, Reason: "skew", Value: off.String()}
	}
	return step{Check: "clock", Result: fine, Reason: "agrees"}
}

// signIn gets an access token, and says what is known of it.
func (c *checkup) signIn(ctx context.Context) []step {
	token, err := c.source.Token(ctx)
	c.token = token
	state := c.source.State()
	if err != nil {
		return append([]step{c.noToken(err)}, after("kept", "tenant", "mfa", "expiry")...)
	}
	whose := step{Check: "sign-in", Result: fine, Reason: "signed-in", Value: state.Account.Name}
	if state.Standing == signin.FromOther {
		whose.Reason = "external"
	}
	return []step{whose, kept(state), c.tenant(state.Account), factors(state.Account), c.expiry(state)}
}

func after(names ...string) []step {
	var all []step
	for _, name := range names {
		all = append(all, step{Check: name, Result: skipped, Reason: "before"})
	}
	return all
}

// noToken is why there is no access token.
func (c *checkup) noToken(err error) step {
	s := step{Check: "sign-in", Result: wrong, Reason: "refused", Value: fact(err)}
	e, _ := errors.AsType[*partnercenter.Error](err)
	refusal, refused := errors.AsType[*signin.Refusal](err)
	switch {
	case e != nil && e.Kind() != partnercenter.SignIn:
		s.Reason, s.away = "sign-in-unreachable", true
		s.said = c.spoken.Say("signin.doctor.say."+s.Reason, "Value", c.spoken.Error(err))
	case errors.Is(err, keyring.ErrUnreadable), errors.Is(err, keyring.ErrNoKeyring):
		s.Reason, s.Value = "unreadable", ""
	case errors.Is(err, signin.ErrNeverSignedIn):
		s.Reason, s.Value = "never", ""
	case errors.Is(err, signin.ErrSignInAgain):
		s.Reason, s.Value = "again", ""
	case errors.Is(err, signin.ErrMFA):
		s.Reason, s.Value = "needs-mfa", ""
	case refused:
		s.Value = refusal.Error()
	default:
		s.said = c.spoken.Say("signin.doctor.say."+s.Reason, "Value", c.spoken.Error(err))
	}
	return s
}

// fact is why a call failed, as short as it can be said: Partner Center's code,
// the HTTP status, or what kind of failure it was.
func fact(err error) string {
	e, ok := errors.AsType[*partnercenter.Error](err)
	switch {
	case !ok:
		return words.Shown(err.Error())
	case e.Code != "":
		return e.Code
	case e.Status != 0:
		return strconv.Itoa(e.Status)
	default:
		return e.Kind().String()
	}
}

func kept(state signin.State) step {
	switch {
	case state.Standing == signin.FromOther:
		return step{Check: "kept", Result: skipped, Reason: "external"}
	case state.MemoryOnly:
		return step{Check: "kept", Result: look, Reason: "no-keyring"}
	default:
		return step{Check: "kept", Result: fine, Reason: "keyring"}
	}
}

func (c *checkup) tenant(account signin.Account) step {
	configured := c.cfg.PartnerCenter.Tenant
	switch {
	case account.Tenant == "" || configured == "":
		return step{Check: "tenant", Result: skipped, Reason: "unknown", Value: account.Tenant}
	case uuid.Validate(configured) == nil && !strings.EqualFold(configured, account.Tenant):
		return step{Check: "tenant", Result: wrong, Reason: "other-tenant", Value: account.Tenant}
	default:
		return step{Check: "tenant", Result: fine, Reason: "same-tenant", Value: account.Tenant}
	}
}

func factors(account signin.Account) step {
	switch account.Factors {
	case signin.MultiFactor:
		return step{Check: "mfa", Result: fine, Reason: "multi"}
	case signin.SingleFactor:
		return step{Check: "mfa", Result: wrong, Reason: "single"}
	case signin.FactorsUnknown:
	}
	return step{Check: "mfa", Result: skipped, Reason: "unknown"}
}

func (c *checkup) expiry(state signin.State) step {
	if state.Expires.IsZero() {
		return step{Check: "expiry", Result: skipped, Reason: "unknown"}
	}
	return step{Check: "expiry", Result: fine, Reason: "until", Value: c.spoken.Moment(state.Expires, time.Now())}
}

// calls makes a call as the uploader does, and asks for the link of the customers'
// consent.
func (c *checkup) calls(ctx context.Context) []step {
	account := string(c.cfg.PartnerCenter.Account)
	kind := step{Check: "account", Result: fine, Reason: "kind", Value: account}
	client, err := uplink.Client(c.cfg, c.source)
	if err == nil {
		for _, err = range client.Customers(ctx) {
			break // one is enough, whatever it is
		}
	}
	if err != nil {
		return append(c.refusedCall(err), kind, step{Check: "relationship", Result: skipped, Reason: "before"})
	}
	return []step{
		{Check: "call", Result: fine, Reason: "listed"}, {Check: "role", Result: fine, Reason: "may-register"}, kind, c.relationship(ctx),
	}
}

// refusedCall tells a role from the rest.
func (c *checkup) refusedCall(err error) []step {
	s := step{Check: "call", Result: wrong, Reason: "call-failed", Value: fact(err), said: c.spoken.Asked(err)}
	role := step{Check: "role", Result: skipped, Reason: "before"}
	if e, ok := errors.AsType[*partnercenter.Error](err); ok {
		s.away = e.Kind() == partnercenter.Unreachable || e.Kind() == partnercenter.NoAnswer
		if e.Kind() == partnercenter.Forbidden {
			role = step{Check: "role", Result: wrong, Reason: "no-role", Value: e.Code}
		}
	}
	return []step{s, role}
}

// relationship asks for the link, see
// https://learn.microsoft.com/en-us/partner-center/developer/request-reseller-relationship
func (c *checkup) relationship(ctx context.Context) step {
	got, err := c.ask(ctx, "/v1/customers/relationshiprequests")
	switch {
	case err != nil:
		return step{Check: "relationship", Result: wrong, Reason: "unreachable", Value: uplink.Address(c.cfg), away: true}
	case got.status != http.StatusOK || !hasLink(got.body):
		return step{Check: "relationship", Result: look, Reason: "no-link", Value: strconv.Itoa(got.status)}
	default:
		return step{Check: "relationship", Result: fine, Reason: "link"}
	}
}

// hasLink says whether a body has a link that a customer could be sent.
func hasLink(body []byte) bool {
	var said struct {
		URL string `json:"url"`
	}
	err := json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), &said)
	return err == nil && strings.HasPrefix(said.URL, "https://")
}
