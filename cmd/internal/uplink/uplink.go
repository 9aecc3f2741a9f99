// Package uplink makes the uploader that a station's configuration asks for:
// the Partner Center client with its token on one side, the queue on the
// other. Both commands use it, so that both send in the same way.
package uplink

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/upload"
)

// DefaultURL is Microsoft's Partner Center.
const DefaultURL = "https://api.partnercenter.microsoft.com"

// Application names this program to Partner Center.
const Application = "PKID Station"

// Why there is no uploader.
var (
	// ErrCSVOnly: the station registers by the web site's CSV.
	ErrCSVOnly = errors.New("this station registers by CSV")
	// ErrNoToken: nobody signed in. Sign-in is not built in yet, so the token
	// comes from PKIDSTATION_ACCESS_TOKEN.
	ErrNoToken = errors.New("there is no access token")
)

// Client is the Partner Center client of the configuration.
func Client(cfg config.Config) (*partnercenter.Client, error) {
	switch {
	case cfg.PartnerCenter.Way == config.WayCSV:
		return nil, ErrCSVOnly
	case cfg.AccessToken == "":
		return nil, ErrNoToken
	}
	url := cfg.PartnerCenter.URL
	if url == "" {
		url = DefaultURL
	}
	client, err := partnercenter.New(partnercenter.Options{
		BaseURL: url, Application: Application,
		Token: func(context.Context) (string, error) { return string(cfg.AccessToken), nil },
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the Partner Center client: %w", err)
	}
	return client, nil
}

// New is the uploader of the configuration over the queue.
func New(cfg config.Config, q *queue.Queue, log *slog.Logger) (*upload.Uploader, error) {
	client, err := Client(cfg)
	if err != nil {
		return nil, err
	}
	return upload.New(upload.Options{
		Ledger: q, Registrar: client, Logger: log,
		BatchSize: cfg.Upload.BatchSize, After: cfg.Upload.After,
		PollFirst: cfg.Upload.PollFirst, PollMax: cfg.Upload.PollMax,
		RetryFirst: cfg.Upload.RetryFirst, RetryMax: cfg.Upload.RetryMax,
	}), nil
}
