package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/oauth2"

	"pkidstation/queue/partnercenter"
)

// Why there is no access token, or no sign-in. Each needs a person, and each has
// words of its own on the screen.
var (
	// ErrNeverSignedIn: nobody signed in yet, or somebody signed out.
	ErrNeverSignedIn = errors.New("nobody signed in")
	// ErrSignInAgain: the sign-in is over: its time, a new password, an
	// administrator, or Partner Center refused it twice.
	ErrSignInAgain = errors.New("the sign-in is over")
	// ErrMFA: the sign-in was without multi-factor authentication.
	ErrMFA = errors.New("multi-factor authentication is needed")
	// ErrWrongTenant: the account is of another tenant than the configured one, or
	// there is no such tenant.
	ErrWrongTenant = errors.New("the account is of another tenant")
	// ErrDeclined: the person said no.
	ErrDeclined = errors.New("the sign-in was declined")
	// ErrCodeExpired: the code was not typed in time.
	ErrCodeExpired = errors.New("the code expired")
	// ErrBlockedByPolicy: a Conditional Access policy forbids it.
	ErrBlockedByPolicy = errors.New("a policy of the tenant forbids this sign-in")
	// ErrNoBrowser: the system's browser did not open.
	ErrNoBrowser = errors.New("no browser could be opened")
	// ErrTimedOut: nobody finished the sign-in in time.
	ErrTimedOut = errors.New("the sign-in was not finished in time")
	// ErrClientUnknown: the tenant knows no such app registration.
	ErrClientUnknown = errors.New("the tenant does not know this client id")
	// ErrNotPublicClient: the app registration wants a secret, which a station
	// does not have.
	ErrNotPublicClient = errors.New("the app registration does not allow public client flows")
	// ErrConsent: nobody consented to the app's permission.
	ErrConsent = errors.New("the app registration lacks consent")
	// ErrRefused: Microsoft refused for another reason; the Refusal has its code.
	ErrRefused = errors.New("the sign-in was refused")
	// ErrMemoryOnly: the token cannot be kept over a restart.
	ErrMemoryOnly = errors.New("the sign-in is kept in memory only")
	// ErrExternal: the token comes from outside; nobody can sign in or out.
	ErrExternal = errors.New("the access token comes from outside")
)

// A Refusal is Microsoft's no to a sign-in or a renewal.
type Refusal struct {
	// Reason is the sentinel for it.
	Reason error
	// Word is the protocol's word, such as invalid_grant; Code is Microsoft's, such
	// as AADSTS50076, where it gave one; Description is the first line of its text.
	Word, Code, Description string
	// CorrelationID is what Microsoft's support asks for.
	CorrelationID string
}

// Error is for logs.
func (r *Refusal) Error() string {
	said := slices.DeleteFunc([]string{r.Reason.Error(), r.Word, r.Code, r.Description}, func(s string) bool { return s == "" })
	return strings.Join(said, ": ")
}

// Unwrap gives the sentinel.
func (r *Refusal) Unwrap() error { return r.Reason }

// The operations that errors name.
const (
	opToken  = "get an access token"
	opSignIn = "sign in"
)

// codeMFA is Partner Center's own code for a token without MFA.
const codeMFA = "900421"

// needsPerson wraps a final reason as the client passes it on.
func needsPerson(op string, reason error) *partnercenter.Error {
	err := partnercenter.NewError(op, partnercenter.SignIn, reason)
	if errors.Is(reason, ErrMFA) {
		err.Code = codeMFA
	}
	return err
}

// isFinal says whether only a person can help.
func isFinal(err error) bool {
	e, ok := errors.AsType[*partnercenter.Error](err)
	return ok && e.Kind() == partnercenter.SignIn
}

// explain tells a refusal of a person or an app from a line that failed. now is
// for a Retry-After that is a date.
func explain(ctx context.Context, op string, err error, now time.Time) *partnercenter.Error {
	refused, ok := errors.AsType[*oauth2.RetrieveError](err)
	if !ok {
		return lineFailed(ctx, op, err)
	}
	status := http.StatusOK
	if refused.Response != nil {
		status = refused.Response.StatusCode
	}
	said := decodeRefusal(refused)
	switch {
	case status == http.StatusTooManyRequests:
		return transient(op, partnercenter.Throttled, refused, now)
	case status >= 500, status == http.StatusRequestTimeout, said.Word == "", said.Word == "temporarily_unavailable", said.Word == "server_error":
		return transient(op, partnercenter.NoAnswer, refused, now)
	default:
		return needsPerson(op, said)
	}
}

var errNotMicrosoft = errors.New("the answer is not the sign-in's")

// transient keeps the status; the body, which may echo anything, is left out.
func transient(op string, kind partnercenter.Kind, refused *oauth2.RetrieveError, now time.Time) *partnercenter.Error {
	err := partnercenter.NewError(op, kind, nil)
	if refused.Response == nil {
		return err
	}
	err.Status = refused.Response.StatusCode
	err.RetryAfter = retryAfter(refused.Response.Header.Get("Retry-After"), now)
	if err.Status < 500 && kind == partnercenter.NoAnswer {
		err.Err = errNotMicrosoft
	}
	return err
}

// retryAfter reads seconds or a date, up to an hour.
func retryAfter(text string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		wait = time.Duration(min(seconds, 3600)) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(now)
	}
	return max(0, min(wait, time.Hour))
}

// lineFailed is for an error without an answer, or with one that was not
// Microsoft's.
func lineFailed(ctx context.Context, op string, err error) *partnercenter.Error {
	_, dns := errors.AsType[*net.DNSError](err)
	dial, isNet := errors.AsType[*net.OpError](err)
	if dns || isNet && dial.Op == "dial" || ctx.Err() != nil {
		return partnercenter.NewError(op, partnercenter.Unreachable, bare(err))
	}
	return partnercenter.NewError(op, partnercenter.NoAnswer, bare(err))
}

// bare takes off what the library says about an answer: it may quote it.
func bare(err error) error {
	for _, known := range []error{context.Canceled, context.DeadlineExceeded, errTooLong} {
		if errors.Is(err, known) {
			return known
		}
	}
	if failed, ok := errors.AsType[*net.OpError](err); ok {
		return failed
	}
	if failed, ok := errors.AsType[*net.DNSError](err); ok {
		return failed
	}
	return errNotMicrosoft
}

// refusalBody is what Microsoft adds to the protocol's error.
type refusalBody struct {
	Codes         []json.Number `json:"error_codes"`
	CorrelationID string        `json:"correlation_id"`
	Suberror      string        `json:"suberror"`
}

// decodeRefusal reads what the answer says; Reason is always set.
func decodeRefusal(refused *oauth2.RetrieveError) *Refusal {
	var body refusalBody
	_ = json.Unmarshal(refused.Body, &body) // what is not there is not said
	code := ""
	if len(body.Codes) > 0 {
		code = body.Codes[0].String()
	}
	return refusalOf(refused.ErrorCode, code, refused.ErrorDescription, body.CorrelationID)
}

var numbered = regexp.MustCompile(`AADSTS(\d{3,9})`)

// refusalOf names what a word, a code and a description mean.
func refusalOf(word, code, description, correlation string) *Refusal {
	if match := numbered.FindStringSubmatch(description); match != nil {
		code = match[1]
	}
	said := &Refusal{Word: plain(word), Description: plain(firstLine(description)), CorrelationID: plain(correlation)}
	if said.Reason = reasonOfCode(code); said.Reason == nil {
		said.Reason = reasonOfWord(word)
	}
	if code != "" {
		said.Code = "AADSTS" + plain(code)
		said.Description = strings.TrimPrefix(said.Description, said.Code+": ")
	}
	return said
}

// reasonOfCode knows Microsoft's codes, nil for another.
func reasonOfCode(code string) error {
	switch code {
	case "50072", "50074", "50076", "50079", codeMFA:
		return ErrMFA
	case "50020", "90002", "50128", "50059", "900023", "90072":
		return ErrWrongTenant
	case "53000", "53001", "53002", "53003", "53004", "530003", "530004", "530035", "50097", "50105":
		return ErrBlockedByPolicy
	case "700016", "7000112":
		return ErrClientUnknown
	case "7000218", "7000215", "700025":
		return ErrNotPublicClient
	case "65001", "90094", "90095":
		return ErrConsent
	case "65004":
		return ErrDeclined
	default:
		return nil
	}
}

// reasonOfWord knows the protocol's words.
func reasonOfWord(word string) error {
	switch word {
	case "invalid_grant", "interaction_required", "login_required":
		return ErrSignInAgain
	case "consent_required":
		return ErrConsent
	case "access_denied", "authorization_declined":
		return ErrDeclined
	case "expired_token", "code_expired", "bad_verification_code":
		return ErrCodeExpired
	case "unauthorized_client":
		return ErrClientUnknown
	case "invalid_client":
		return ErrNotPublicClient
	default:
		return ErrRefused
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	line, _, _ = strings.Cut(line, " Trace ID:")
	return strings.TrimSpace(line)
}

var webToken = regexp.MustCompile(`eyJ[A-Za-z0-9_.-]+`)

// plain is foreign text without what a terminal would obey, without tokens, and
// short.
func plain(text string) string {
	text = webToken.ReplaceAllString(clip(text), "(token)")
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, text)
}

// ended says how a wait for a person ended: too late, or the program stopped.
func ended(ctx context.Context) error {
	if cause := context.Cause(ctx); errors.Is(cause, ErrTimedOut) || errors.Is(cause, ErrCodeExpired) {
		return cause
	}
	return fmt.Errorf("%s: %w", opSignIn, context.Cause(ctx))
}
