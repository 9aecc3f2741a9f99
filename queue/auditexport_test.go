package queue_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"pkidstation/queue"
	"pkidstation/queue/audittrail"
)

// TestChainsOfEarlierVersions verify for ever: lines as version 1 and 2 of the
// record wrote them, with names.
func TestChainsOfEarlierVersions(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"auditchain_v1.golden", "auditchain_v2.golden"} {
		f, err := os.Open(filepath.Join("testdata", name))
		must(t, err)
		defer f.Close() //nolint:errcheck // it was only read
		var chain audittrail.Chain
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			l, err := queue.DecodeRecord[queue.AuditLine](lines.Bytes())
			must(t, err)
			value, err := queue.Unframe(lines.Bytes())
			must(t, err)
			if _, wrong := chain.Next(value); wrong != "" || l.By == "" || l.Operator != 0 {
				t.Errorf("%s: %s: %s", name, wrong, lines.Text())
			}
		}
		if must(t, lines.Err()); chain.Number < 5 {
			t.Errorf("%s ends with line %d", name, chain.Number)
		}
	}
}

func exportOf(t *testing.T, q *queue.Queue) ([]byte, queue.AuditExport) {
	t.Helper()
	var b bytes.Buffer
	done, err := q.ExportAudit(t.Context(), &b, queue.Act{By: "Léa"})
	must(t, err)
	return b.Bytes(), done
}

// TestExportingTheAudit: it is sound, holds no name, and says where it ends; the
// key is made once, and the audit has its fingerprint.
func TestExportingTheAudit(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	q := audited(t, folder, "dock 1")
	if _, err := queue.AuditFingerprint(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("before the first export: %v", err)
	}
	text, done := exportOf(t, q)
	r, err := audittrail.Verify(bytes.NewReader(text), done.Fingerprint)
	if err != nil || !r.Sound() || !done.NewKey || done.Lines != r.Lines || r.Header.Head != done.Head || r.Header.Journal != done.Journal || done.Journal == 0 {
		t.Errorf("%+v, %+v, %v", r, done, err)
	}
	for _, called := range []string{"Ana", "Bob", "Léa"} {
		if bytes.Contains(text, []byte(called)) {
			t.Errorf("%s is in the export", called)
		}
	}
	if _, again := exportOf(t, q); again.NewKey || again.Fingerprint != done.Fingerprint || again.Head != done.Head {
		t.Errorf("%+v", again)
	}
	if kept, err := queue.AuditFingerprint(folder); err != nil || kept != done.Fingerprint {
		t.Errorf("%q %v", kept, err)
	}
	if info, err := os.Stat(filepath.Join(folder, queue.KeyFileName)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	must(t, q.Close())
	must(t, rebuiltAlike(folder))
}

// TestALostKey, or one that cannot be read, is made anew, and the audit says so.
func TestALostKey(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(path string) error{
		"gone":  os.Remove,
		"empty": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"no key": func(path string) error {
			return os.WriteFile(path, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), 0o600)
		},
		"a folder":  func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		"very long": func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("-"), 1<<20), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			q := audited(t, folder, "dock 1")
			defer q.Close() //nolint:errcheck // nothing is written any more
			old, before := exportOf(t, q)
			must(t, lose(filepath.Join(folder, queue.KeyFileName)))
			text, after := exportOf(t, q)
			if !after.NewKey || after.Fingerprint == before.Fingerprint || after.Head != before.Head+1 || !bytes.Contains(text, []byte(after.Fingerprint)) {
				t.Errorf("%+v after %+v", after, before)
			}
			for key, text := range map[string][]byte{before.Fingerprint: old, after.Fingerprint: text} {
				if r, err := audittrail.Verify(bytes.NewReader(text), key); err != nil || !r.Sound() {
					t.Errorf("%+v %v", r.Findings, err)
				}
			}
		})
	}
}

// TestAnExportIsOfOneMoment: what is captured while it is written is in the next.
func TestAnExportIsOfOneMoment(t *testing.T) {
	t.Parallel()
	q := audited(t, t.TempDir(), "dock 1")
	defer q.Close() //nolint:errcheck // nothing is written any more
	var b bytes.Buffer
	r, err := q.OpenReception(t.Context(), queue.Work{Customer: contoso, Order: "BL-7"}, "Ana")
	must(t, err)
	n := 100
	done, err := q.ExportAudit(t.Context(), writerFunc(func(text []byte) (int, error) {
		n++
		_, err := q.Capture(t.Context(), queue.Capture{Reception: r.ID, PKID: pkid(n), By: "Bob"}) // no look is held meanwhile
		return len(text), errors.Join(err, second(b.Write(text)))
	}), queue.Act{By: "Léa"})
	must(t, err)
	if v, err := audittrail.Verify(&b, done.Fingerprint); err != nil || !v.Sound() || v.Lines != done.Head {
		t.Errorf("%+v %v", v, err)
	}
	if _, again := exportOf(t, q); again.Head <= done.Head+20 {
		t.Errorf("%d lines, then %d", done.Head, again.Head)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

func second(_ int, err error) error { return err }

// TestABrokenChainIsNotExported, and repair makes it whole: the journal has it.
func TestABrokenChainIsNotExported(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	must(t, audited(t, folder, "dock 1").Close())
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, nil)
	must(t, err)
	must(t, db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("audit")).Delete(number(7)) }))
	must(t, db.Close())
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	must(t, err)
	defer q.Close() //nolint:errcheck // nothing is written any more
	_, err = q.ExportAudit(t.Context(), io.Discard, queue.Act{By: "Léa"})
	if broken, ok := errors.AsType[*audittrail.ChainError](err); !ok || broken.Finding.Number != 8 || broken.Finding.Reason != audittrail.Missing {
		t.Errorf("%v", err)
	}
	must(t, q.Scrub(t.Context()))
	exportOf(t, q)
}

// TestScrubPutsBackACutOffEnd, which the look at the index alone does not miss.
func TestScrubPutsBackACutOffEnd(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	must(t, audited(t, folder, "dock 1").Close())
	before, err := everything(folder)
	must(t, err)
	db, err := bbolt.Open(filepath.Join(folder, queue.FileName), 0o600, nil)
	must(t, err)
	must(t, db.Update(func(tx *bbolt.Tx) error {
		k, _ := tx.Bucket([]byte("audit")).Cursor().Last()
		return tx.Bucket([]byte("audit")).Delete(k)
	}))
	must(t, db.Close())
	q, err := queue.Open(folder, queue.Options{Station: "dock 1"})
	must(t, err)
	if wrong, err := q.Check(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the control finds it: %v %v", wrong, err)
	}
	if wrong, _, err := q.CheckJournal(t.Context()); err != nil || len(wrong) == 0 || !strings.Contains(wrong[0], "audit line") {
		t.Errorf("%v %v", wrong, err)
	}
	must(t, q.Scrub(t.Context()))
	must(t, q.Close())
	after, err := everything(folder)
	if diff := cmp.Diff(before, after); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}
