package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/queue/audittrail"
	"pkidstation/queue/export"
	"pkidstation/ui/words"
)

func auditCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Export the audit, signed; verify an export; show the station's key"}
	cmd.AddCommand(auditExportCommand(p), auditVerifyCommand(p), auditKeyCommand(p))
	return cmd
}

type auditFlags struct {
	by, key string
	json    bool
}

func auditExportCommand(p *program) *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "export FILE",
		Short: "Write the whole audit into a new file, signed with the station's key",
		Long: `Writes every line of the audit, and signs the file with the station's ed25519 key.
The first export makes the key: audit.key in the data folder, which is as secret as
the folder. A key that is lost is made anew, and the audit says so; note its
fingerprint where others can look it up.

Operators stand in it as numbers; names only in lines of versions before this one.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.auditExport(cmd.Context(), args[0], f) },
	}
	p.pinFlag(cmd)
	cmd.Flags().StringVar(&f.by, "by", "", "who does it (default: the system's user)")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object")
	return cmd
}

type jsonAuditExport struct {
	File        string `json:"file"`
	Lines       uint64 `json:"lines"`
	Head        uint64 `json:"head"`
	Hash        string `json:"hash"`
	Journal     uint64 `json:"journal"`
	Fingerprint string `json:"fingerprint"`
	NewKey      bool   `json:"new_key"`
}

func (p *program) auditExport(ctx context.Context, file string, f auditFlags) error {
	if err := entered(f.by); err != nil {
		return err
	}
	by := strings.TrimSpace(f.by)
	if by == "" {
		by = operator()
	}
	q, _, err := p.station(false)
	if err != nil {
		return err
	}
	act, err := p.allow(ctx, q, queue.Act{By: by})
	if err != nil {
		return err
	}
	var done queue.AuditExport
	err = export.Create(file, func(w io.Writer) (err error) {
		done, err = q.ExportAudit(ctx, w, act)
		return err
	})
	t := p.words()
	if done.NewKey { // also where the file failed: it is made, and noted
		p.remark(t.Say("cli.audit.key.new"))
	}
	if err != nil {
		return err
	}
	if f.json {
		return p.object(jsonAuditExport{file, done.Lines, done.Head, done.Hash, done.Journal, done.Fingerprint, done.NewKey})
	}
	return p.lines(
		t.Count("cli.audit.exported", count(done.Lines), "File", file),
		t.Say("cli.audit.head", "Head", done.Head, "Hash", done.Hash, "Journal", done.Journal),
		t.Say("cli.audit.key", "Fingerprint", done.Fingerprint),
	)
}

func count(n uint64) int { return int(min(n, 1<<30)) }

// lines writes some lines to standard output.
func (p *program) lines(all ...string) error { return p.line(strings.Join(all, "\n")) }

func auditVerifyCommand(p *program) *cobra.Command {
	var f auditFlags
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Find whatever was removed, changed, moved, added or cut off in an export of the audit",
		Long: `Verifies a file of audit export: each line by its hash, the order, the end, and the
signature. It needs no queue. Give the station's key with --key (pkidctl audit key
shows it): without it anybody could have signed.

It exits with 0 when nothing is wrong, with 1 when something is; what, and where, is
on standard output.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return p.auditVerify(cmd.Context(), args[0], f) },
	}
	cmd.Flags().StringVar(&f.key, "key", "", "fingerprint of the key that it must be signed with")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a finding, and one at the end")
	return cmd
}

type jsonFound struct {
	Line   uint64            `json:"line"`
	Number uint64            `json:"number"`
	Reason audittrail.Reason `json:"reason"`
}

// jsonVerified is the last line: every key is always there.
type jsonVerified struct {
	Sound       bool   `json:"sound"`
	Station     string `json:"station"`
	Lines       uint64 `json:"lines"`
	Head        uint64 `json:"head"`
	Hash        string `json:"hash"`
	Journal     uint64 `json:"journal"`
	Fingerprint string `json:"fingerprint"`
	Compared    bool   `json:"compared"`
}

// aFingerprint is one as it is typed, without the spaces and colons between.
var aFingerprint = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (p *program) auditVerify(ctx context.Context, file string, f auditFlags) error {
	key := strings.ToLower(strings.NewReplacer(" ", "", ":", "").Replace(f.key))
	if f.key != "" && !aFingerprint.MatchString(key) {
		return usage("--key %q is no fingerprint", f.key)
	}
	in, err := openOrdinary(file)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // it was only read
	r, err := audittrail.Verify(untilStopped{ctx, in}, key)
	if err != nil {
		return err
	}
	if f.json {
		err = p.verifiedJSON(r, key != "")
	} else {
		err = p.verified(r, key != "")
	}
	if err == nil && !r.Sound() {
		err = &exitError{code: exitFailed}
	}
	return err
}

func (p *program) verifiedJSON(r audittrail.Report, compared bool) error {
	for _, found := range r.Findings {
		if err := p.object(jsonFound(found)); err != nil {
			return err
		}
	}
	h := r.Header
	return p.object(jsonVerified{r.Sound(), h.Station, r.Lines, h.Head, h.Hash, h.Journal, h.Fingerprint, compared})
}

func (p *program) verified(r audittrail.Report, compared bool) error {
	t := p.words()
	if !r.Sound() {
		for _, found := range r.Findings {
			if err := p.line(t.Finding(found)); err != nil {
				return err
			}
		}
		return nil
	}
	if !compared {
		p.remark(t.Say("cli.audit.compare"))
	}
	return p.lines(
		t.Count("cli.audit.sound", count(r.Lines), "Station", words.Shown(r.Header.Station)),
		t.Say("cli.audit.head", "Head", r.Header.Head, "Hash", r.Header.Hash, "Journal", r.Header.Journal),
		t.Say("cli.audit.key", "Fingerprint", r.Header.Fingerprint),
	)
}

// openOrdinary opens what is a file, and no pipe that would keep us waiting.
func openOrdinary(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("looking at the file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, export.ErrNotOrdinary
	}
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", err)
	}
	return f, nil
}

// untilStopped ends reading when the person or script ends the command.
type untilStopped struct {
	ctx context.Context //nolint:containedctx // it lives as long as the one call
	r   io.Reader
}

func (u untilStopped) Read(b []byte) (int, error) {
	if u.ctx.Err() != nil {
		return 0, context.Cause(u.ctx)
	}
	return u.r.Read(b)
}

func auditKeyCommand(p *program) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "key",
		Short: "Show the fingerprint of the key that this station signs its exports with",
		RunE:  func(*cobra.Command, []string) error { return p.auditKey(asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// auditKey reads the key alone: it opens no queue and leaves nothing behind.
func (p *program) auditKey(asJSON bool) error {
	folder, err := config.Where(p.data, p.environ)
	if err != nil {
		return fmt.Errorf("finding the data folder: %w", err)
	}
	fingerprint, err := queue.AuditFingerprint(folder)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case asJSON:
		return p.object(struct {
			Fingerprint string `json:"fingerprint"`
		}{fingerprint})
	case err != nil:
		return p.line(p.words().Say("cli.audit.key.none"))
	}
	return p.line(p.words().Say("cli.audit.key", "Fingerprint", fingerprint))
}
