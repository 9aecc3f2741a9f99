package signin

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// What holds where Options say nothing.
const (
	// DefaultAuthority is Microsoft's sign-in for the global cloud.
	DefaultAuthority = "https://login.microsoftonline.com"
	// DefaultScope is the delegated permission of Partner Center's API, and what
	// brings a refresh token and the person's name.
	DefaultScope = "https://api.partnercenter.microsoft.com/user_impersonation offline_access openid profile"
)

// Why Options are refused.
var (
	// ErrAuthority: it is no https address; plain http only to this machine.
	ErrAuthority = errors.New("the authority is https://HOST; plain http only to this machine")
	// ErrNationalCloud: it is the sign-in of a national cloud.
	ErrNationalCloud = errors.New("national clouds are not supported: Autopilot registration is in the global cloud only")
	// ErrNotSetUp: tenant or client id are missing.
	ErrNotSetUp = errors.New("tenant and client id are needed to sign in")
)

// Options say where and as what to sign in.
type Options struct {
	// Authority is the sign-in's address; empty is DefaultAuthority. Plain http
	// is for loopback only.
	Authority string
	// Tenant is the partner's tenant id or domain, ClientID its app registration.
	Tenant, ClientID string
	// Scope is what is asked for, separated by spaces; empty is DefaultScope.
	Scope string
	// LoginHint is the user name to propose, or empty.
	LoginHint string
	// HTTPClient sends; nil means one with timeouts of its own. Redirects are never
	// followed, and answers are read up to a bound, whatever it says.
	HTTPClient *http.Client
	// Store keeps the token; nil keeps it in memory alone.
	Store Store
	// Page is what the browser shows at the end: err is nil for a sign-in that
	// worked. nil means plain English.
	Page func(err error) Page
	// Now tells the time; nil means time.Now.
	Now func() time.Time
	// Logger gets what happened, without any token; nil means none.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Authority == "" {
		o.Authority = DefaultAuthority
	}
	o.Authority = strings.TrimRight(o.Authority, "/")
	if o.Scope == "" {
		o.Scope = DefaultScope
	}
	if o.Store == nil {
		o.Store = forgetful{}
	}
	if o.Page == nil {
		o.Page = plainPage
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// CheckAuthority says why an address cannot be the authority: ErrAuthority or
// ErrNationalCloud. The empty one is Microsoft's and fine.
func CheckAuthority(address string) error {
	if address == "" {
		return nil
	}
	at, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || at.Host == "" || at.User != nil || at.Path != "" || at.RawQuery != "" || at.Fragment != "" {
		return ErrAuthority
	}
	host := strings.ToLower(strings.TrimSuffix(at.Hostname(), "."))
	for _, cloud := range nationalClouds() {
		if host == cloud || strings.HasSuffix(host, "."+cloud) {
			return fmt.Errorf("%w: %s", ErrNationalCloud, cloud)
		}
	}
	if at.Scheme == "https" || at.Scheme == "http" && isLoopback(host) {
		return nil
	}
	return ErrAuthority
}

// nationalClouds are the domains of the sign-ins of US Government, China and
// the former Germany.
func nationalClouds() []string {
	return []string{"microsoftonline.us", "login-us.microsoftonline.com", "chinacloudapi.cn", "microsoftonline.cn", "microsoftonline.de"}
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// config is what the library needs. The client id goes into the form, for a
// public client has no secret that a header could carry.
func (o Options) config() oauth2.Config {
	at := o.Authority + "/" + url.PathEscape(o.Tenant) + "/oauth2/v2.0/"
	return oauth2.Config{
		ClientID: o.ClientID,
		Endpoint: oauth2.Endpoint{
			AuthURL: at + "authorize", TokenURL: at + "token", DeviceAuthURL: at + "devicecode",
			AuthStyle: oauth2.AuthStyleInParams,
		},
		Scopes: strings.Fields(o.Scope),
	}
}
