package main

import (
	"context"
	"log/slog"
	"time"

	"pkidstation/cmd/internal/care"
	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/daily"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/morning"
	"pkidstation/queue/upload"
	"pkidstation/ui"
	"pkidstation/ui/words"
)

// mornings look at the station for a supervisor, and write the daily report.
type mornings struct {
	*desk

	folder, id string
	cfg        config.Config
	reporter   *daily.Reporter
}

// wakeUp makes them, and has the report written beside the work.
func (k *desk) wakeUp(folder, id string, cfg config.Config, log *slog.Logger) {
	m := &mornings{desk: k, folder: folder, id: id, cfg: cfg}
	m.reporter = daily.New(daily.Options{
		Folder: cfg.Report.Folder, At: cfg.Report.At, Station: k.name, ID: id, Look: m.Look, Words: m.speak, Log: log,
	})
	k.mornings = m
	k.jobs = append(k.jobs, m.reporter.Run)
}

func (m *mornings) Look(ctx context.Context) (morning.Morning, error) {
	var kept morning.Care
	if m.keeper != nil {
		kept = care.Look(ctx, m.folder, m.id, m.cfg.Backup.Second, m.keeper.State())
	}
	return morning.Gather(ctx, m.queue, morning.About{Station: m.name, Now: time.Now(), Link: m.link(), Care: kept})
}

// link is the connection as the uploader and the sign-in know it.
func (m *mornings) link() morning.Link {
	s := m.uploads.Status()
	l := morning.Link{ByHand: s.Online == upload.OnlineNever, Offline: s.Online == upload.OnlineNo, Contact: s.LastContact}
	if m.signing != nil {
		l.Needs = m.signing.State().Needs
	}
	return l
}

// speak is the station's language, and its customers' names.
func (m *mornings) speak(ctx context.Context) (*words.Words, error) {
	spoken, err := vocabulary.New(m.cfg.Station.Language)
	if err != nil {
		return nil, err
	}
	customers, err := m.queue.Customers(ctx)
	if err != nil {
		return nil, err
	}
	names := map[autopilot.TenantID]string{}
	for _, c := range customers {
		names[c.ID] = c.Name
	}
	return spoken.Naming(func(id autopilot.TenantID) string { return names[id] }), nil
}

func (m *mornings) Daily() ui.DailyReport {
	s := m.reporter.State()
	return ui.DailyReport{Folder: m.cfg.Report.Folder, At: m.cfg.Report.At, Name: s.Name, WrittenAt: s.At, Err: s.Err}
}

func (m *mornings) WriteDaily(ctx context.Context) (ui.DailyReport, error) {
	_, err := m.reporter.Write(ctx)
	return m.Daily(), err
}

func (m *mornings) Watch() (changed <-chan struct{}, stop func()) { return m.reporter.Watch() }
