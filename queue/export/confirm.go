package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"path/filepath"
	"regexp"
	"strings"

	"pkidstation/queue"
	"pkidstation/queue/autopilot"
)

// A Book is the queue, as far as a confirmation looks at it.
type Book interface {
	List(ctx context.Context, f queue.Filter) iter.Seq2[queue.Entry, error]
	History(ctx context.Context, id string) ([]queue.AuditLine, error)
}

// A Stand says what the queue has for a row of a file that was read back.
type Stand string

// The stands of a row.
const (
	// Waiting: its entry went out with this very file and waits for a word.
	Waiting Stand = "waiting"
	// MovedOn: its entry is not, or no longer, exported.
	MovedOn Stand = "moved-on"
	// OtherFile: its entry went out again, with another file. What the site
	// made of this one says nothing of that one.
	OtherFile Stand = "other-file"
	// Twice: rows like these went out for another customer or group tag too, and
	// which of the two files this is cannot be told.
	Twice Stand = "twice"
	// OtherCustomer: the file was said to be another customer's, or another group
	// tag's.
	OtherCustomer Stand = "other-customer"
	// Unclear: several entries with the row's serial, manufacturer and model
	// are exported.
	Unclear Stand = "unclear"
	// Unknown: the queue has no entry for it.
	Unknown Stand = "unknown"
)

// A Row is a device of the file, and its entry where there is one.
type Row struct {
	Device autopilot.Device
	Entry  queue.Entry
	Stand  Stand
}

// A Given is a file that was read back, as a person gives it: its devices, the name
// that it has now, and, where they say so, whose it is and under which group tag.
type Given struct {
	Name     string
	Devices  []autopilot.Device
	Customer autopilot.TenantID
	Tag      autopilot.GroupTag
}

// Match says for each device of a file what the queue has for it. Entries that
// wait and are of several customers fail with ErrSeveralCustomers: no file of
// ours has those. It reads the whole queue once and keeps what concerns the
// file.
func Match(ctx context.Context, book Book, file Given) ([]Row, error) {
	devices := file.Devices
	found, err := look(ctx, book, devices)
	if err != nil {
		return nil, err
	}
	rows, which := make([]Row, 0, len(devices)), origin{book, file, Fingerprint(devices)}
	var customer autopilot.TenantID
	for _, d := range devices {
		r := found[d].row(d)
		if r.Stand == Waiting {
			if r.Stand, err = which.stand(ctx, found[d]); err != nil {
				return nil, err
			}
		}
		rows = append(rows, r)
		if r.Stand != Waiting {
			continue
		}
		if customer != "" && r.Entry.Customer != customer {
			return nil, fmt.Errorf("%w: %s, and %s", ErrSeveralCustomers, customer, r.Entry.Customer)
		}
		customer = r.Entry.Customer
	}
	return rows, nil
}

// Outcomes is what a person says of the rows that wait: refused with its code is
// each device of refused, registered all others. A code that means that the
// device is registered (806) leaves it registered, with the code.
func Outcomes(rows []Row, refused map[autopilot.Device]autopilot.Code) []queue.Outcome {
	var all []queue.Outcome
	for _, r := range rows {
		if r.Stand != Waiting {
			continue
		}
		code, no := refused[r.Device]
		all = append(all, queue.Outcome{Entry: r.Entry.ID, Registered: !no || code.MeansRegistered(), Code: code})
	}
	return all
}

// entriesOf are the entries of one device, as far as they matter.
type entriesOf struct {
	exported int
	best     queue.Entry
	all      []queue.Entry
}

// look finds the entries of the devices.
func look(ctx context.Context, book Book, devices []autopilot.Device) (map[autopilot.Device]*entriesOf, error) {
	found := make(map[autopilot.Device]*entriesOf, len(devices))
	for _, d := range devices {
		found[d] = &entriesOf{}
	}
	for e, err := range book.List(ctx, queue.Filter{}) {
		if err != nil {
			return nil, err
		}
		if known := found[written(e.ToSend())]; known != nil {
			known.add(e)
		}
	}
	return found, nil
}

// written is the device as its row has it.
func written(d autopilot.Device) autopilot.Device {
	if d.Hash != "" {
		return d.Hashed()
	}
	if d.PKID != "" {
		return autopilot.Device{PKID: d.PKID}
	}
	return d
}

// add keeps the entry that stands most for the device, the last of equals.
func (k *entriesOf) add(e queue.Entry) {
	k.all = append(k.all, e)
	if e.State == queue.Exported {
		k.exported++
	}
	if k.best.ID == "" || weight(e.State) >= weight(k.best.State) {
		k.best = e
	}
}

func weight(s queue.State) int {
	switch {
	case s == queue.Exported:
		return 3
	case s.Gone():
		return 0
	case s == queue.Held:
		return 1
	default:
		return 2
	}
}

func (k *entriesOf) row(d autopilot.Device) Row {
	r := Row{Device: d, Entry: k.best}
	switch {
	case k.exported > 1:
		r.Stand = Unclear
	case k.exported == 1:
		r.Stand = Waiting
	case k.best.ID != "":
		r.Stand = MovedOn
	default:
		r.Stand = Unknown
	}
	return r
}

// Fingerprint is a short mark of a file's rows, whatever its header and name:
// eight hexadecimal digits. It tells two exports of one station apart and is too
// short to give a PKID away.
func Fingerprint(devices []autopilot.Device) string {
	sum := sha256.New()
	for _, d := range devices {
		line, _, _ := row(d)
		sum.Write([]byte(line + lineEnd))
	}
	return hex.EncodeToString(sum.Sum(nil)[:4])
}

// Note is what the audit keeps of an export: the file, and the fingerprint of
// its rows, by which Match knows it again under any name. Give it as the reason
// to queue.Exported.
func Note(file string, taken []queue.Entry) string {
	devices := make([]autopilot.Device, 0, len(taken))
	for _, e := range taken {
		devices = append(devices, e.ToSend())
	}
	return file + " #" + Fingerprint(devices)
}

var noted = regexp.MustCompile(` #([0-9a-f]{8})$`)

// inNote are a file's name and fingerprint in a Note; no fingerprint is in any
// other text.
func inNote(note string) (name, fingerprint string) {
	if m := noted.FindStringSubmatch(note); m != nil {
		return filepath.Base(strings.TrimSuffix(note, m[0])), m[1]
	}
	return "", ""
}
