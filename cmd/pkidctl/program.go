package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/user"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/logs"
	"pkidstation/cmd/internal/typed"
	"pkidstation/cmd/internal/vocabulary"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/partnercenter/signin"
	"pkidstation/ui/words"
)

// program is one run of pkidctl.
type program struct {
	stdio
	data string // the --data flag

	spoken *words.Words
	log    *logs.Log
	queue  *queue.Queue
	signed *signin.Source // made by signIn

	pinGiven bool   // the --pin-stdin flag
	pinSet   string // the environment's PIN
}

// folder is the data folder, made if it is not there.
func (p *program) folder() (string, error) {
	folder, err := config.Folder(p.data, p.environ)
	if err != nil {
		return "", fmt.Errorf("finding the data folder: %w", err)
	}
	return folder, nil
}

// configured is the data folder and what station.toml and the environment say.
func (p *program) configured() (string, config.Config, error) {
	folder, err := p.folder()
	if err != nil {
		return "", config.Config{}, err
	}
	cfg, err := config.Load(folder, p.environ)
	if err != nil {
		return "", cfg, err
	}
	for _, w := range cfg.Warnings {
		fmt.Fprintln(p.err, "pkidctl:", w) //nolint:errcheck // a warning that cannot be written is lost
	}
	if p.log == nil {
		p.log = logs.Open(folder, "pkidctl", p.err, slog.LevelWarn)
	}
	if p.spoken == nil {
		p.spoken, err = speak(cfg.Station.Language, p.environ)
	}
	return folder, cfg, err
}

// looked is what is configured, for a command that leaves nothing behind.
func (p *program) looked() (config.Config, error) {
	folder, err := p.where()
	if err != nil {
		return config.Config{}, err
	}
	return config.Load(folder, p.environ)
}

// where is the data folder, which need not be there.
func (p *program) where() (string, error) {
	folder, err := config.Where(p.data, p.environ)
	if err != nil {
		return "", fmt.Errorf("finding the data folder: %w", err)
	}
	return folder, nil
}

// station opens the queue of the data folder.
func (p *program) station(readOnly bool) (*queue.Queue, config.Config, error) {
	folder, cfg, err := p.configured()
	if err != nil {
		return nil, cfg, err
	}
	q, err := p.open(folder, cfg, readOnly)
	return q, cfg, err
}

// open opens the queue of a data folder.
func (p *program) open(folder string, cfg config.Config, readOnly bool) (*queue.Queue, error) {
	var err error
	p.queue, err = queue.Open(folder, queue.Options{
		Station: cfg.Station.Name, Program: "pkidctl", ReadOnly: readOnly, Room: cfg.Disk.Room(),
	})
	if err != nil {
		return nil, err
	}
	if put := p.queue.Recovery(); !put.Nothing() {
		p.remark(p.words().Recovery(put))
	}
	return p.queue, nil
}

// callByName has sentences call customers as the directory does; they are also
// said after the queue is closed. Where it cannot be read the command itself will
// say so: names are a courtesy.
func (p *program) callByName(ctx context.Context) {
	kept, _ := p.queue.Customers(ctx)
	names := make(map[autopilot.TenantID]string, len(kept))
	for _, c := range kept {
		names[c.ID] = c.Name
	}
	p.spoken = p.words().Naming(func(id autopilot.TenantID) string { return names[id] })
}

// close gives back the queue and the log. What went wrong goes to the log with
// its whole chain.
func (p *program) close(failed error) error {
	var err error
	if p.queue != nil {
		err = p.queue.Close()
		p.queue = nil
	}
	if p.log == nil {
		return err
	}
	if exit, ok := errors.AsType[*exitError](failed); failed != nil && (!ok || exit.err != nil) {
		p.log.Info("failed", "error", failed)
	}
	return errors.Join(err, p.log.Close())
}

// words are the sentences of the person's language.
func (p *program) words() *words.Words {
	if p.spoken == nil {
		cfg, _ := p.looked() // the station's language, where its file can be read
		w, err := speak(cfg.Station.Language, p.environ)
		if err != nil {
			panic(err) // the texts are built in; a test reads them all
		}
		p.spoken = w
	}
	return p.spoken
}

// speak gives the words of a language, of the environment's where it is empty.
func speak(language string, environ []string) (*words.Words, error) {
	if language == "" {
		language = vocabulary.LanguageOf(environ)
	}
	return vocabulary.New(language)
}

// operator is who acts when nobody is named.
func operator() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "pkidctl"
}

// line writes one line to standard output; a reader that went away ends the
// command.
func (p *program) line(text string) error {
	if _, err := fmt.Fprintln(p.out, text); err != nil {
		return fmt.Errorf("writing to standard output: %w", err)
	}
	return nil
}

// entered refuses texts that may not be kept.
func entered(texts ...string) error {
	if err := typed.Check(texts...); err != nil {
		return &exitError{code: exitUsage, err: err}
	}
	return nil
}

// stopped says whether err only means that the person or script ended the
// command.
func stopped(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.Cause(ctx)))
}

func tenant(text string) (autopilot.TenantID, error) {
	if text == "" {
		return "", nil
	}
	id, err := autopilot.ParseTenantID(text)
	if err != nil {
		return "", usage("--customer %q: %w", text, err)
	}
	return id, nil
}

func groupTag(text string) (autopilot.GroupTag, error) {
	if text == "" {
		return "", nil
	}
	tag, err := autopilot.ParseGroupTag(text)
	if err != nil {
		return "", usage("--group-tag %q: %w", text, err)
	}
	return tag, nil
}
