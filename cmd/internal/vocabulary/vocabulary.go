// Package vocabulary is ui/words with the sentences for errors of packages
// that ui/words does not import: scanners, cameras, files, and what the
// commands themselves can run into. Both commands speak with it.
package vocabulary

import (
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"pkidstation/cmd/internal/config"
	"pkidstation/cmd/internal/daily"
	"pkidstation/cmd/internal/demo"
	"pkidstation/cmd/internal/directory"
	"pkidstation/cmd/internal/explain"
	"pkidstation/cmd/internal/keyring"
	"pkidstation/cmd/internal/lists"
	"pkidstation/cmd/internal/station"
	"pkidstation/cmd/internal/typed"
	"pkidstation/cmd/internal/uplink"
	"pkidstation/queue/export"
	"pkidstation/queue/export/leave"
	"pkidstation/queue/export/report"
	"pkidstation/scanner/camera"
	"pkidstation/scanner/serial"
	"pkidstation/ui/words"
)

// New gives the words of a language, as words.New takes it.
func New(language string) (*words.Words, error) {
	w, err := words.New(language)
	if err != nil {
		return nil, fmt.Errorf("reading the texts: %w", err)
	}
	for _, s := range sentences() {
		w = w.With(s.err, s.id)
	}
	return w, nil
}

type sentence struct {
	err error
	id  string
}

func sentences() []sentence {
	return []sentence{
		{daily.ErrSilent, "error.daily.silent"},
		{daily.ErrNoFolder, "error.daily.no-folder"},
		{serial.ErrNotFound, "error.scanner.not-found"},
		{serial.ErrPermission, "error.scanner.permission"},
		{serial.ErrNotSerial, "error.scanner.not-serial"},
		{serial.ErrBusy, "error.scanner.busy"},
		{serial.ErrBaud, "error.scanner.baud"},
		{serial.ErrLost, "error.scanner.lost"},
		{serial.ErrAddress, "error.scanner.address"},
		{camera.ErrNoCamera, "error.camera.not-found"},
		{camera.ErrSeveral, "error.camera.several"},
		{camera.ErrUnsupported, "error.camera.unsupported"},
		{camera.ErrPermission, "error.camera.permission"},
		{camera.ErrBusy, "error.camera.busy"},
		{camera.ErrBandwidth, "error.camera.bandwidth"},
		{camera.ErrUseless, "error.camera.useless"},
		{camera.ErrUnplugged, "error.camera.lost"},
		{camera.ErrDriver, "error.camera.driver"},
		{camera.ErrNotMJPEG, "error.camera.not-mjpeg"},
		{camera.ErrRedirect, "error.camera.redirect"},
		{camera.ErrStalled, "error.camera.stalled"},
		{camera.ErrBroken, "error.camera.lost"},
		{camera.ErrUnreadable, "error.picture.unreadable"},
		{camera.ErrTooLarge, "error.picture.too-large"},
		{explain.ErrNotEmpty, "error.explain.not-empty"},
		{uplink.ErrCSVOnly, "error.csv-only"},
		{uplink.ErrNoToken, "signin.error.not-set-up"},
		{keyring.ErrUnreadable, "signin.error.unreadable"},
		{keyring.ErrNoKeyring, "signin.error.no-keyring"},
		{demo.ErrScript, "error.demo-script"},
		{directory.ErrHeader, "error.directory.header"},
		{directory.ErrEmpty, "error.directory.empty"},
		{directory.ErrTooBig, "error.directory.too-big"},
		{directory.ErrTooMany, "error.directory.too-many"},
		{directory.ErrUnclear, "error.directory.unclear"},
		{lists.ErrRefused, "error.lists.refused"},
		{lists.ErrStillOpen, "error.lists.open"},
		{lists.ErrSeveral, "error.lists.several"},
		{lists.ErrUnread, "error.lists.unread"},
		{lists.ErrNoOrder, "error.lists.no-order"},
		{lists.ErrNoProfile, "error.lists.profile"},
		{station.ErrNoReception, "error.no-reception-open"},
		{station.ErrLocked, "error.locked"},
		{typed.ErrSecret, "error.typed.secret"},
		{typed.ErrUnprintable, "error.typed.unprintable"},
		{typed.ErrLong, "error.typed.long"},
		{config.ErrNoFolder, "error.no-folder"},
		{config.ErrChanged, "settings.error.changed"},
		{config.ErrFixed, "settings.error.fixed"},
		{config.ErrByHand, "settings.error.by-hand"},
		{syscall.ENOTDIR, "error.no-folder"},
		{syscall.EISDIR, "error.no-file"},
		{fs.ErrExist, "error.export.exists"},
		{export.ErrNotOurs, "error.file.not-ours"},
		{export.ErrNotOrdinary, "error.file.not-ordinary"},
		{export.ErrFileName, "error.file.name"},
		{export.ErrHeader, "error.file.header"},
		{export.ErrSeveralCustomers, "error.file.customers"},
		{export.ErrSeveralGroupTags, "error.file.tags"},
		{report.ErrFull, "error.report.full"},
		{leave.ErrOrder, "error.leave.order"},
		{leave.ErrPaper, "error.leave.paper"},
	}
}

// LanguageOf is what the environment asks for, by POSIX's order; empty where
// it asks for nothing.
func LanguageOf(environ []string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		for _, v := range environ {
			if value, ok := strings.CutPrefix(v, name+"="); ok && value != "" {
				return value
			}
		}
	}
	return ""
}
