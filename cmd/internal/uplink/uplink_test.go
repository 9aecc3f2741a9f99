package uplink_test

import (
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue"
	"pkidstation/queue/partnercenter"
	"pkidstation/queue/partnercenter/partnercentertest"
	"pkidstation/queue/queuetest"
)

func configured(url, token string) config.Config {
	cfg := config.Default()
	cfg.PartnerCenter.URL, cfg.AccessToken = url, config.Token(token)
	cfg.Upload.PollFirst, cfg.Upload.PollMax = 10*time.Millisecond, 50*time.Millisecond
	cfg.Upload.RetryFirst, cfg.Upload.RetryMax = 10*time.Millisecond, 50*time.Millisecond
	return cfg
}

func TestNone(t *testing.T) {
	t.Parallel()
	csv := configured("", "x")
	csv.PartnerCenter.Way = config.WayCSV
	for name, tt := range map[string]struct {
		cfg  config.Config
		want error
	}{
		"by CSV":         {csv, uplink.ErrCSVOnly},
		"without token":  {configured("http://127.0.0.1:1", ""), uplink.ErrNoToken},
		"in plain sight": {configured("http://partner.example", "x"), partnercenter.ErrBaseURL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := uplink.New(tt.cfg, nil, slog.New(slog.DiscardHandler)); !errors.Is(err, tt.want) {
				t.Errorf("gave %v", err)
			}
		})
	}
}

// TestMicrosoft: without an address it is Microsoft's own, never the demo's.
func TestMicrosoft(t *testing.T) {
	t.Parallel()
	if _, err := uplink.Client(configured("", "x")); err != nil {
		t.Errorf("gave %v", err)
	}
	if uplink.DefaultURL != "https://api.partnercenter.microsoft.com" {
		t.Errorf("the address is %s", uplink.DefaultURL)
	}
}

// TestSends: what the configuration says arrives: the token, the batch size.
func TestSends(t *testing.T) {
	t.Parallel()
	server := partnercentertest.NewServer(partnercentertest.Options{Token: "the-token"})
	if err := server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	q := queuetest.Open(t)
	queuetest.Fill(t, q, queue.Work{Customer: "contoso.example", GroupTag: "STD"}, 1, 5)
	open, err := q.OpenReceptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range open {
		if _, err := q.CloseReception(t.Context(), r.ID, "Ana"); err != nil {
			t.Fatal(err)
		}
	}
	cfg := configured(server.URL(), "the-token")
	cfg.Upload.BatchSize = 2
	u, err := uplink.New(cfg, q, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	status, err := u.UntilSettled(t.Context())
	if err != nil || status.Counts.Registered != 5 {
		t.Errorf("%+v, %v", status.Counts, err)
	}
	posts := 0
	for _, r := range server.Requests() {
		if r.Method == http.MethodPost {
			posts++
		}
	}
	if posts != 3 {
		t.Errorf("5 devices went in %d requests of at most 2", posts)
	}
}
