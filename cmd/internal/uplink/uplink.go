// Package uplink makes the uploader that a station's configuration asks for:
// the Partner Center client with its sign-in on one side, the queue on the
// other. Both commands use it, so that both send in the same way.
package uplink

import (
	"errors"
	"fmt"
	"log/slog"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/keyring"
	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/queue/upload"
	"pkidstation/ui/words"
)

// DefaultURL is Microsoft's Partner Center.
const DefaultURL = "https://api.partnercenter.microsoft.com"

// Application names this program to Partner Center.
const Application = "PKID Station"

// Why there is no uploader.
var (
	// ErrCSVOnly: the station registers by the web site's CSV.
	ErrCSVOnly = errors.New("this station registers by CSV")
	// ErrNoToken: there is no token from outside, and no tenant or client id to sign
	// in with.
	ErrNoToken = errors.New("there is no access token and no app registration")
)

// Address is where Partner Center is, without /v1.
func Address(cfg config.Config) string {
	if cfg.PartnerCenter.URL == "" {
		return DefaultURL
	}
	return cfg.PartnerCenter.URL
}

// SignIn is the sign-in of the configuration, kept in the data folder: an access
// token from outside goes before. A program has one, which all its clients share.
// Whether anybody is signed in shows with the first call.
func SignIn(cfg config.Config, folder string, log *slog.Logger) (*signin.Source, error) {
	return SignInWith(cfg, keyring.New(folder, keyring.System()), log)
}

// SignInWith is SignIn with another place to keep it.
func SignInWith(cfg config.Config, store signin.Store, log *slog.Logger) (*signin.Source, error) {
	switch {
	case cfg.PartnerCenter.Way == config.WayCSV:
		return nil, ErrCSVOnly
	case cfg.AccessToken != "":
		return signin.External(string(cfg.AccessToken)), nil
	case cfg.PartnerCenter.Tenant == "" || cfg.PartnerCenter.ClientID == "":
		return nil, ErrNoToken
	}
	source, err := signin.New(signin.Options{
		Authority: cfg.PartnerCenter.Authority, Tenant: cfg.PartnerCenter.Tenant, ClientID: cfg.PartnerCenter.ClientID,
		Store: store, Logger: log, Page: page(cfg.Station.Language),
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the sign-in: %w", err)
	}
	return source, nil
}

// page is what the browser shows at the end, in the station's language.
func page(language string) func(error) signin.Page {
	spoken, err := words.New(language)
	if err != nil {
		return nil // the sign-in has a plain one
	}
	return spoken.SignInPage
}

// Client is the Partner Center client of the configuration, with the tokens of
// the sign-in.
func Client(cfg config.Config, source *signin.Source) (*partnercenter.Client, error) {
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: Address(cfg), Application: Application,
		Token: source.Token, Rejected: source.Rejected,
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the Partner Center client: %w", err)
	}
	return client, nil
}

// New is the uploader of the configuration over the queue. A program has one
// client, which everything in it shares: that is what keeps requests for one
// customer apart.
func New(cfg config.Config, client *partnercenter.Client, q *queue.Queue, log *slog.Logger) *upload.Uploader {
	return upload.New(upload.Options{
		Ledger: q, Registrar: client, Remover: client, Profiler: client, Relations: client,
		Account: upload.Account(cfg.PartnerCenter.Account), Logger: log,
		BatchSize: cfg.Upload.BatchSize, After: cfg.Upload.After,
		PollFirst: cfg.Upload.PollFirst, PollMax: cfg.Upload.PollMax,
		RetryFirst: cfg.Upload.RetryFirst, RetryMax: cfg.Upload.RetryMax, AfterRemoval: cfg.Upload.AfterRemoval,
	})
}
