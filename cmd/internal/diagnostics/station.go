package diagnostics

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"pkidstation/cmd/internal/care"
	"pkidstation/cmd/internal/config"
	"pkidstation/queue"
	"pkidstation/scanner/serial"
)

// A Station is what a bundle is made of.
type Station struct {
	// Folder is the data folder, Environ as os.Environ gives it.
	Folder  string
	Environ []string
	Config  config.Config
	// Program is which of the programs this is.
	Program string
	// Queue is the open queue, or nil, and Unopened is why.
	Queue    *queue.Queue
	Unopened error
	// Say gives the sentence for what was found.
	Say func(error) string
	// Working says that this program is the station at work, whose goroutines tell
	// what it does.
	Working bool
}

// values are those of this station that are masked wherever they stand.
func (s Station) values(ctx context.Context) (all []string, unread error) {
	if home, err := os.UserHomeDir(); err == nil {
		all = append(all, filepath.Base(home))
	}
	if s.Queue == nil {
		return all, s.Unopened
	}
	customers, err := s.Queue.Customers(ctx)
	if err != nil {
		return all, err //nolint:wrapcheck // it is told as it is
	}
	for _, c := range customers {
		all = append(all, c.Name, c.Domain, c.ProfileName)
	}
	people, err := s.Queue.Operators(ctx)
	if err != nil {
		return all, err //nolint:wrapcheck // as above
	}
	for _, o := range people {
		all = append(all, o.Name)
	}
	for e, err := range s.Queue.List(ctx, queue.Filter{}) {
		if err != nil {
			return all, err //nolint:wrapcheck // as above
		}
		all = append(all, e.Serial, e.Order)
	}
	return all, nil
}

// about says what the bundle is, and what this program is.
func (s Station) about(now time.Time, unread error) string {
	var b strings.Builder
	fmt.Fprintf(&b, "PKID Station, diagnostics of %s\n", now.Format(time.RFC3339))
	b.WriteString("Whole PKIDs, serials, customers, people, tokens and addresses of mail are masked as " + hidden + ".\n")
	if unread != nil {
		fmt.Fprintf(&b, "The queue's own serials and names could not be read (%v): what has no name of a field beside it may stand as it is.\n", unread)
	}
	b.WriteString("\n" + table(func(row func(...any)) {
		built := Built()
		row("program", s.Program)
		row("version", built.Version)
		row("revision", clipped(built.Revision, shortRevision))
		row("go", built.Go)
		row("system", runtime.GOOS+"/"+runtime.GOARCH)
		row("processors", runtime.NumCPU())
		for _, module := range []string{"fyne.io/fyne/v2", "go.etcd.io/bbolt", "go.bug.st/serial", "github.com/makiuchi-d/gozxing"} {
			row(module, built.Modules[module])
		}
	}))
	return b.String()
}

// settings are all that station.toml and the environment can say, and who said it.
func (s Station) settings() string {
	all, problem := config.Origins(s.Folder, s.Environ)
	text := table(func(row func(...any)) {
		for _, o := range all {
			row(o.Key, o.Value, o.From)
		}
	})
	if problem != nil {
		text += "\nwrong in it:\n" + problem.Error() + "\n"
	}
	return text
}

// findings are what a person should know of the PC, and what is plugged in.
func (s Station) findings(ctx context.Context) string {
	place := care.Place{
		Folder: s.Folder, Second: s.Config.Backup.Second, Room: s.Config.Disk.Room(), Others: config.Others(s.Folder, s.Environ),
	}
	if s.Queue != nil {
		if me, err := s.Queue.Identify(ctx); err == nil {
			place.Station = me.ID
		}
	}
	var b strings.Builder
	found := care.Found(ctx, place)
	for _, one := range found {
		b.WriteString("- " + s.Say(one) + "\n")
	}
	if len(found) == 0 {
		b.WriteString("nothing to see to\n")
	}
	b.WriteString("\nserial ports:\n")
	ports, err := serial.Ports(ctx)
	if err != nil {
		b.WriteString("they cannot be listed: " + err.Error() + "\n")
	}
	for _, p := range ports {
		fmt.Fprintf(&b, "- %s: %s %s:%s\n", p.Node, p, p.VID, p.PID)
	}
	return b.String()
}

// queueText is how much is in the queue, on the disk, and whether it is sound.
func (s Station) queueText(ctx context.Context) string {
	var b strings.Builder
	b.WriteString(table(func(row func(...any)) { sizes(s.Folder, row) }) + "\n")
	if s.Queue == nil {
		fmt.Fprintf(&b, "it is not open here: %v\n", s.Unopened)
		return b.String()
	}
	counts, err := s.Queue.Counts(ctx)
	if err != nil {
		fmt.Fprintf(&b, "it cannot be counted: %v\n", err)
	}
	if each, err := json.Marshal(counts); err == nil {
		fmt.Fprintf(&b, "boxes: %s\n\ncheck:\n", each)
	}
	wrong, err := s.Queue.Check(ctx)
	if err != nil {
		fmt.Fprintf(&b, "it was not checked to the end: %v\n", err)
	} else if len(wrong) == 0 {
		b.WriteString("sound\n")
	}
	const most = 50
	for _, w := range wrong[:min(len(wrong), most)] {
		b.WriteString("- " + w + "\n")
	}
	if more := len(wrong) - most; more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	return b.String()
}
