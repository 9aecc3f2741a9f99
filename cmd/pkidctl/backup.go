package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/journal"
	"pkidstation/ui/words"
)

func backupCommand(p *program) *cobra.Command {
	force, asJSON := false, false
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write all that the queue has into one file, also while the station works",
		Long: "Write all that the queue has into one file, and read it back for proof. The station may go on working meanwhile: the file " +
			"has everything that was accepted when it was begun. Neither the sign-in nor station.toml is in it; supervisors are, with " +
			"what their PINs are told by: keep it where not everybody can read it.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.backup(cmd.Context(), args[0], force, asJSON) },
	}
	cmd.Flags().BoolVar(&force, "force", false, "write over the file if there is one")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

type jsonBackup struct {
	File      string         `json:"file"`
	Bytes     int64          `json:"bytes"`
	Station   string         `json:"station"`
	StationID string         `json:"station_id"`
	CreatedAt time.Time      `json:"created_at"`
	Counts    queue.Counts   `json:"counts"`
	Records   map[string]int `json:"records"`
	Wrong     int            `json:"wrong"`
}

func (p *program) backup(ctx context.Context, file string, force, asJSON bool) error {
	folder, cfg, err := p.configured()
	if err != nil {
		return err
	}
	if !hasQueue(folder) {
		return &exitError{code: exitFailed, err: errors.New(p.words().Say("cli.no-queue", "Folder", folder))}
	}
	if err := p.readied(ctx, folder, cfg); err != nil {
		return err
	}
	b, err := queue.MakeBackup(ctx, folder, file, queue.BackupOptions{Force: force, Room: cfg.Disk.Room()})
	if errors.Is(err, queue.ErrDamaged) {
		p.remark(p.words().Say("cli.backup.damaged"))
		return errors.Join(&exitError{code: exitFailed})
	}
	if err != nil {
		return err
	}
	if b.Wrong > 0 {
		p.remark(p.words().Count("cli.backup.wrong", b.Wrong))
	}
	if asJSON {
		return p.object(jsonBackup{b.File, b.Size, b.Station, b.StationID, b.CreatedAt, b.States, b.Records, b.Wrong})
	}
	return p.line(p.words().Count("cli.backup.made", b.Records["entry"], "File", words.Shown(file)))
}

func hasQueue(folder string) bool {
	for _, name := range []string{queue.FileName, journal.FolderName} {
		if _, err := os.Lstat(filepath.Join(folder, name)); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// readied opens a queue that nobody has open, so that what a crash left is put
// right, and gives it back. Where somebody has it that is done.
func (p *program) readied(ctx context.Context, folder string, cfg config.Config) error {
	q, err := p.open(folder, cfg, false)
	if _, used := errors.AsType[*queue.InUseError](err); used {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = q.Identify(ctx)
	p.queue = nil
	return errors.Join(err, q.Close())
}

func restoreCommand(p *program) *cobra.Command {
	by := ""
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup into the data folder, as another station; what is there is kept aside",
		Long: "Put a backup into the data folder. What is there is kept under a name with the date. The restored queue is another " +
			"station: what was open in the backup may have been sent since, and is looked for at Partner Center before it is sent; " +
			"where devices go by CSV, what was ready is held for a person to look.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.restore(cmd.Context(), args[0], by) },
	}
	cmd.Flags().StringVar(&by, "by", "", "who restores (default: the system's user)")
	return cmd
}

func (p *program) restore(ctx context.Context, file, by string) error {
	folder, cfg, err := p.configured()
	if err != nil {
		return err
	}
	if err := entered(by); err != nil {
		return err
	}
	if by == "" {
		by = operator()
	}
	r, err := queue.Restore(ctx, folder, file, queue.RestoreOptions{
		Station: cfg.Station.Name, Program: "pkidctl", By: by, Hold: cfg.PartnerCenter.Way == config.WayCSV,
	})
	if err != nil {
		return err
	}
	w := p.words()
	said := []string{w.Count("cli.restored", r.Head.Records["entry"],
		"Station", words.Shown(r.Head.Station), "When", w.Moment(r.Head.CreatedAt, time.Now()))}
	if open := r.Doubtful - r.Held; open > 0 {
		said = append(said, w.Count("cli.restored.doubtful", open))
	}
	if r.Held > 0 {
		said = append(said, w.Count("cli.restored.held", r.Held))
	}
	if r.Moved > 0 {
		said = append(said, w.Count("cli.restored.moved", r.Moved))
	}
	if r.Aside != "" {
		said = append(said, w.Say("cli.restored.aside", "Folder", words.Shown(r.Aside)))
	}
	for _, text := range append(said, w.Say("cli.restored.next")) {
		if err := p.line(text); err != nil {
			return fmt.Errorf("it is restored: %w", err)
		}
	}
	if r.Held > 0 {
		return &exitError{code: exitPerson}
	}
	return nil
}
