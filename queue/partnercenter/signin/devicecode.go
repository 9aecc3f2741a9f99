package signin

import (
	"context"
	"errors"
	"net/url"
	"time"

	"golang.org/x/oauth2"

	"pkidstation/queue/partnercenter"
)

// A Prompt is what the person needs for signing in on another device.
type Prompt struct {
	// Code is what to type at URL, until Expires.
	Code, URL string
	Expires   time.Time
}

// What a device code may ask for at most; without an interval the protocol has 5 s.
const (
	longestCode  = 30 * time.Minute
	defaultPoll  = 5
	slowestPoll  = 60
	backOffBy    = 5
	longestShown = 64
)

// DeviceCode signs a person in on another device. show tells them the code and
// where to type it, and returns at once. It waits until they did or the code
// expires; a line that fails meanwhile is waited out.
// https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code
func (s *Source) DeviceCode(ctx context.Context, show func(Prompt)) (Account, error) {
	if s.external != "" {
		return Account{}, ErrExternal
	}
	asked, err := s.config.DeviceAuth(s.with(ctx))
	if err != nil {
		return Account{}, explain(ctx, opSignIn, err, s.now())
	}
	if !sane(asked) {
		return Account{}, partnercenter.NewError(opSignIn, partnercenter.NoAnswer, errNotMicrosoft)
	}
	ctx, cancel := context.WithDeadlineCause(ctx, asked.Expiry, ErrCodeExpired)
	defer cancel()
	show(Prompt{Code: plain(asked.UserCode), URL: asked.VerificationURI, Expires: asked.Expiry})
	got, err := s.poll(ctx, asked)
	if err != nil {
		return Account{}, err
	}
	return s.enter(ctx, got)
}

// sane bounds what the answer asks for, and refuses an address that no person
// should be sent to.
func sane(asked *oauth2.DeviceAuthResponse) bool {
	at, err := url.Parse(asked.VerificationURI)
	if err != nil || at.Host == "" || at.User != nil || at.Scheme != "https" && (at.Scheme != "http" || !isLoopback(at.Hostname())) {
		return false
	}
	if asked.Interval <= 0 {
		asked.Interval = defaultPoll
	}
	asked.Interval = min(asked.Interval, slowestPoll)
	latest := time.Now().Add(longestCode)
	if asked.Expiry.IsZero() || asked.Expiry.After(latest) {
		asked.Expiry = latest
	}
	return asked.DeviceCode != "" && asked.UserCode != "" && len(asked.UserCode) <= longestShown
}

// poll asks until the person decided. The library waits between the questions,
// and longer when it is told to slow down; a failed line ends its asking, so it
// is begun again here, more slowly.
func (s *Source) poll(ctx context.Context, asked *oauth2.DeviceAuthResponse) (*oauth2.Token, error) {
	for {
		got, err := s.config.DeviceAccessToken(s.with(ctx), asked)
		if err == nil {
			return got, nil
		}
		if ctx.Err() != nil {
			return nil, ended(ctx)
		}
		failed := explain(ctx, opSignIn, err, s.now())
		if isFinal(failed) {
			return nil, final(failed)
		}
		s.opts.Logger.WarnContext(ctx, "asking whether the code was typed failed", "error", failed)
		asked.Interval = min(asked.Interval+backOffBy, slowestPoll)
	}
}

// final is the error as it is, but for a code that Microsoft has forgotten: to the
// person that is an expired one.
func final(err *partnercenter.Error) error {
	if errors.Is(err, ErrSignInAgain) {
		return needsPerson(opSignIn, &Refusal{Reason: ErrCodeExpired})
	}
	return err
}
