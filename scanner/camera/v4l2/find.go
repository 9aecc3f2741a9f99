package v4l2

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// A Camera is one that is plugged in.
type Camera struct {
	// Name is what a person calls it and what finds it again: its card, and its bus
	// behind that where another one has the same card.
	Name string
	// Card is what it calls itself, Bus where it is plugged in.
	Card, Bus string
	// Path is udev's lasting name, else the node; Node is such as "/dev/video0".
	Path, Node string
	// Modes are what it can do in formats that are read; the best is Best's.
	Modes []Mode
	// Err is why it cannot be opened: it is there and not asked anything.
	Err error
}

// Cameras lists what is plugged in and gives pictures, by node.
func (s System) Cameras() ([]Camera, error) {
	if !s.Supported() {
		return nil, ErrUnsupported
	}
	links := s.links()
	var all []Camera
	for _, node := range s.nodes() {
		c, is := s.camera(node)
		if is {
			c.Path = cmp.Or(links[node], node)
			all = append(all, c)
		}
	}
	called := map[string]int{}
	for _, c := range all {
		called[c.Card]++
	}
	for n, c := range all {
		if called[c.Card] > 1 {
			all[n].Name = c.whole()
		}
	}
	return all, nil
}

// camera asks what a node is; false for what gives no pictures, such as the node of
// a camera's metadata.
func (s System) camera(node string) (Camera, bool) {
	c := Camera{Node: node, Card: called(s.read(filepath.Base(node), "name"))}
	d, err := s.Open(node)
	switch {
	case errors.Is(err, ErrUseless), errors.Is(err, ErrNotFound):
		return c, false
	case err != nil:
		c.Err = err
	default:
		c.Card, c.Bus = cmp.Or(d.Card, c.Card), d.Bus
		c.Modes = d.modes()
		_ = d.Close() // nothing was asked of it that can fail now
		if _, usable := Best(c.Modes); !usable {
			return c, false
		}
	}
	c.Card = cmp.Or(c.Card, filepath.Base(node))
	c.Name = c.Card
	return c, true
}

// whole is the name that tells a camera from another of its kind.
func (c Camera) whole() string { return fmt.Sprintf("%s (%s)", c.Card, cmp.Or(c.Bus, c.Node)) }

// is says whether a name is this camera's, wherever that may have been taken from.
func (s System) is(c Camera, name string) bool {
	if strings.ContainsRune(name, '/') {
		if s.Present(name) && s.node(name) == c.Node {
			return true
		}
	}
	for _, own := range []string{c.Name, c.Card, c.whole(), c.Path, c.Node, filepath.Base(c.Path), filepath.Base(c.Node)} {
		if strings.EqualFold(own, name) {
			return true
		}
	}
	return false
}

// Find gives the camera of a name: none is ErrNotFound, more than one ErrSeveral.
func (s System) Find(name string) (Camera, error) {
	all, err := s.Cameras()
	if err != nil {
		return Camera{}, err
	}
	found := slices.DeleteFunc(slices.Clone(all), func(c Camera) bool { return !s.is(c, name) })
	switch len(found) {
	case 0:
		return Camera{}, fmt.Errorf("%w (there are %s)", ErrNotFound, names(all))
	case 1:
		return found[0], nil
	default:
		return Camera{}, fmt.Errorf("%w: %s", ErrSeveral, names(found))
	}
}

func names(all []Camera) string {
	var called []string
	for _, c := range all {
		called = append(called, fmt.Sprintf("%q", c.Name))
	}
	return cmp.Or(strings.Join(called, ", "), "none")
}

// nodes are the kernel's names of what may be a camera, video2 before video10.
func (s System) nodes() []string {
	entries, err := os.ReadDir(s.sys())
	if err != nil { // a container without /sys
		entries, _ = os.ReadDir(s.dev())
	}
	var all []string
	for _, e := range entries {
		if node := filepath.Join(s.dev(), e.Name()); IsNode(e.Name()) && s.Present(node) {
			all = append(all, node)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	return all
}

// IsNode says whether a file's name is one of the kernel's for cameras: video and a
// number.
func IsNode(name string) bool {
	number, is := strings.CutPrefix(filepath.Base(name), "video")
	return is && number != "" && strings.Trim(number, "0123456789") == ""
}

// Names says whether a path is one that local cameras have: a node, or one of
// udev's links.
func (s System) Names(path string) bool {
	folder, file := filepath.Split(path)
	switch filepath.Clean(folder) {
	case s.dev():
		return IsNode(file)
	case filepath.Join(s.dev(), "v4l/by-id"), filepath.Join(s.dev(), "v4l/by-path"):
		return file != ""
	default:
		return false
	}
}

// links are udev's lasting names by node: by-id, or else by-path (the socket).
func (s System) links() map[string]string {
	links := map[string]string{}
	for _, folder := range []string{"v4l/by-id", "v4l/by-path"} {
		folder = filepath.Join(s.dev(), folder)
		entries, _ := os.ReadDir(folder) // without udev there is none
		for _, e := range entries {
			link := filepath.Join(folder, e.Name())
			if node := s.node(link); links[node] == "" && s.Present(link) {
				links[node] = link
			}
		}
	}
	return links
}

// node is where a link leads.
func (s System) node(link string) string {
	to, err := os.Readlink(link)
	if err != nil {
		return link
	}
	if !filepath.IsAbs(to) {
		to = filepath.Join(filepath.Dir(link), to)
	}
	return to
}

// Present says whether a file is there.
func (s System) Present(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (s System) read(node, file string) []byte {
	text, _ := os.ReadFile(filepath.Join(s.sys(), node, file)) //nolint:gosec // below /sys; what is not there says nothing
	return text
}

// called is a card's name. UVC cameras that were given none of their own say the
// maker's twice, cut off by the kernel: "HD Webcam: HD Web".
func called(card []byte) string {
	name := printable(card)
	if first, second, twice := strings.Cut(name, ": "); twice && strings.HasPrefix(first, second) {
		return first
	}
	return name
}

// printable is a text of the driver's up to its end, without what is none.
func printable(text []byte) string {
	clean, _, _ := strings.Cut(string(text), "\x00")
	clean = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, clean)
	return strings.TrimSpace(clean)
}
