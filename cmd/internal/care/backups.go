package care

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FolderName is the folder of the daily backups in the data folder.
const FolderName = "backups"

const (
	nameBegin  = "pkidstation-"
	nameEnd    = ".backup"
	timeFormat = "20060102T150405"
	digits     = 6
)

// A kept is a backup of this station that lies in a folder.
type kept struct {
	name   string
	number int
	at     time.Time
}

// nameOf is the name of a station's backup: pkidstation-1a2b3c4d-000012-20261128T203502.backup.
func nameOf(station string, number int, at time.Time) string {
	return fmt.Sprintf("%s%s-%0*d-%s%s", nameBegin, short(station), digits, number, at.UTC().Format(timeFormat), nameEnd)
}

// short is as much of a station's id as tells stations that share a folder apart.
func short(station string) string {
	keep := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(station))
	return keep[:min(len(keep), 12)]
}

// list gives the station's backups in a folder, or all stations' where it is "",
// the oldest first. A folder that is
// not there has none.
func list(folder, station string) ([]kept, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing the backups: %w", err)
	}
	var all []kept
	for _, entry := range entries {
		text, ok := strings.CutPrefix(entry.Name(), nameBegin)
		id, text, _ := strings.Cut(text, "-")
		text, ends := strings.CutSuffix(text, nameEnd)
		number, made, parts := strings.Cut(text, "-")
		n, err := strconv.Atoi(number)
		at, wrong := time.Parse(timeFormat, made)
		if ok && (station == "" || id == short(station)) && ends && parts && err == nil && wrong == nil && n > 0 && n < 1e9 && entry.Type().IsRegular() {
			all = append(all, kept{entry.Name(), n, at})
		}
	}
	slices.SortFunc(all, func(a, b kept) int { return cmp.Compare(a.number, b.number) })
	return all, nil
}

// prune removes all but the newest. What cannot be removed stays.
func prune(folder, station string, most int) {
	all, _ := list(folder, station) // what cannot be listed is not removed
	for len(all) > most {
		_ = os.Remove(filepath.Join(folder, all[0].name))
		all = all[1:]
	}
}
