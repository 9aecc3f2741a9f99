package main

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pkidstation/ui"
	"pkidstation/ui/uitest"
	"pkidstation/ui/words"
)

// standardSizes are a small screen, a usual one, and a usual one as Windows sets up
// one of a laptop.
const standardSizes = "1280x720,1920x1080,1920x1080@1.5"

// A size is a window's in pixels, and how many of them a unit has.
type size struct {
	width, height int
	scale         float32
}

// folder is where its pictures lie when it is not the first.
func (s size) folder() string {
	if s.scale != 1 {
		return "scale-" + strconv.FormatFloat(float64(s.scale), 'f', -1, 32)
	}
	return fmt.Sprintf("%dx%d", s.width, s.height)
}

func (s size) view(language string) uitest.View {
	return uitest.View{Language: language, Width: s.width, Height: s.height, Scale: s.scale}
}

// sizes are the flag's; each may be several, with commas between them.
type sizes []size

func (s *sizes) String() string { return fmt.Sprint(*s) }

func (s *sizes) Set(text string) error {
	for one := range strings.SplitSeq(text, ",") {
		next, err := parseSize(one)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(*s, func(other size) bool { return other.folder() == next.folder() }) {
			return fmt.Errorf("there is a size already whose folder is %s", next.folder())
		}
		*s = append(*s, next)
	}
	return nil
}

// least and most are the sizes that a window is drawn in: the station says so much
// that less would be nobody's screen, and more would fill the memory.
const (
	least = 640
	most  = 8192
)

func parseSize(text string) (size, error) {
	parts := regexp.MustCompile(`^(\d{3,5})x(\d{3,5})(?:@(\d(?:\.\d{1,2})?))?$`).FindStringSubmatch(text)
	if parts == nil {
		return size{}, errors.New("want WIDTHxHEIGHT or WIDTHxHEIGHT@SCALE, such as 1920x1080@1.5")
	}
	s := size{scale: 1}
	s.width, _ = strconv.Atoi(parts[1])
	s.height, _ = strconv.Atoi(parts[2])
	if parts[3] != "" {
		scale, _ := strconv.ParseFloat(parts[3], 32)
		s.scale = float32(scale)
	}
	if min(s.width, s.height) < least || max(s.width, s.height) > most || s.scale < 0.5 || s.scale > 4 {
		return size{}, fmt.Errorf("want %d to %d pixels, and a scale of 0.5 to 4", least, most)
	}
	return s, nil
}

// languages are the flag's.
type languages []string

func (l *languages) String() string { return strings.Join(*l, ",") }

func (l *languages) Set(text string) error {
	for one := range strings.SplitSeq(text, ",") {
		if known := append(allLanguages(), uitest.Pseudo); !slices.Contains(known, one) {
			return fmt.Errorf("want one of %s", strings.Join(known, ", "))
		}
		*l = append(*l, one)
	}
	return nil
}

// patterns are the flag's.
type patterns []string

func (p *patterns) String() string { return strings.Join(*p, ",") }

// Set implements flag.Value.
func (p *patterns) Set(text string) error {
	for one := range strings.SplitSeq(text, ",") {
		if _, err := path.Match(one, ""); err != nil {
			return fmt.Errorf("%q: %w", one, err)
		}
		*p = append(*p, one)
	}
	return nil
}

// match says whether a name has one of the patterns, or there is none.
func (p *patterns) match(name string) bool {
	return len(*p) == 0 || slices.ContainsFunc(*p, func(one string) bool {
		is, _ := path.Match(one, name)
		return is
	})
}

// A worn is the flag's.
type worn ui.Look

func (l *worn) String() string { return string(*l) }

func (l *worn) Set(text string) error {
	if text != string(ui.LookLight) && text != string(ui.LookDark) {
		return fmt.Errorf("want %s or %s", ui.LookLight, ui.LookDark)
	}
	*l = worn(text)
	return nil
}

// allLanguages are those that people speak.
func allLanguages() []string {
	var tags []string
	for _, l := range words.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}
