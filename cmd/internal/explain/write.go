package explain

import (
	"fmt"
	"image"
	"strings"

	"pkidstation/scanner/vision"
	"pkidstation/ui/words"
)

// Write explains a picture: what its stages said, and where the picture's pixels
// begin and end.
func (f *Folder) Write(file string, bounds image.Rectangle, n *Notes) error {
	f.pictures++
	p := &page{folder: f, notes: n, bounds: bounds, secrets: n.secrets(), count: map[string]int{}}
	fmt.Fprintf(&p.text, "%s\n", words.Shown(file))
	sights := n.worth()
	for i, s := range sights {
		if i >= MaxPictures {
			n.left += len(sights) - i
			break
		}
		if err := p.sight(s); err != nil {
			return err
		}
	}
	p.codes()
	if n.left > 0 {
		p.line(f.words.Say("explain.left", "Count", f.words.Number(n.left)))
	}
	return f.note(p.text.String() + "\n")
}

// A page is the explanation of one picture.
type page struct {
	folder  *Folder
	notes   *Notes
	bounds  image.Rectangle
	secrets []image.Rectangle
	count   map[string]int // of files whose names begin alike.
	text    strings.Builder
}

func (p *page) line(text string) { fmt.Fprintf(&p.text, "  %s\n", text) }

// sight draws one sight and says what it shows.
func (p *page) sight(s vision.Sight) error {
	if s.Stage == vision.SawFrame {
		return p.draw("frame", p.frame(s.Picture), "explain.frame")
	}
	if covered(s.Corners, p.secrets) {
		p.count["secret"]++
		if p.count["secret"] == 1 {
			p.line(p.folder.words.Say("explain.secret"))
		}
		return nil
	}
	switch s.Stage { //nolint:exhaustive // a frame is drawn above, a code has no picture.
	case vision.SawBlack:
		return p.draw(p.next("black"), bounded(s.Picture), "explain.black")
	case vision.SawPatch:
		return p.draw(p.next("patch")+ending(s.Verdict), bounded(s.Picture), "explain.patch")
	case vision.SawBand:
		return p.draw(p.band(s, "lines"), bounded(s.Picture), "explain.lines")
	case vision.SawProfile:
		return p.draw(p.band(s, "profile"), profile(s), "explain.profile")
	case vision.SawReading:
		return p.told(p.next(p.band(s, "reading")), reading(s), s)
	case vision.SawRestored:
		return p.told(p.next(p.band(s, "restored")), restored(s), s)
	}
	return nil
}

func (p *page) band(s vision.Sight, what string) string {
	return fmt.Sprintf("band-%02d-%s", s.Band, what)
}

// next numbers names that begin alike.
func (p *page) next(name string) string {
	p.count[name]++
	return fmt.Sprintf("%s-%d", name, p.count[name])
}

func ending(v vision.Verdict) string {
	if v == "" {
		return ""
	}
	return "-" + string(v)
}

// told draws what was decoded, with what became of it.
func (p *page) told(name string, img image.Image, s vision.Sight) error {
	file, err := p.put(name+ending(s.Verdict), img)
	if err == nil {
		p.line(file + ": " + p.verdict(s))
	}
	return err
}

func (p *page) verdict(s vision.Sight) string {
	said := p.folder.words.Say("explain.verdict." + string(s.Verdict))
	if s.Code.Text == "" {
		return said
	}
	return fmt.Sprintf("%s “%s”: %s", s.Code.Symbology, words.Shown(s.Code.Text), said)
}

func (p *page) draw(name string, img image.Image, id string) error {
	file, err := p.put(name, img)
	if err == nil {
		p.line(file + ": " + p.folder.words.Say(id))
	}
	return err
}

func (p *page) put(name string, img image.Image) (string, error) {
	file := fmt.Sprintf("%02d-%s.png", p.folder.pictures, name)
	return file, p.folder.picture(file, img)
}

// codes says of each code what became of it at last: those that were read, and
// what was decoded and is believed by nobody.
func (p *page) codes() {
	var order []vision.Code
	last := map[vision.Code]vision.Sight{}
	for _, s := range p.notes.sights {
		unconfirmed := s.Stage == vision.SawReading && len(s.Drawn) == 0
		if s.Stage != vision.SawCode && !unconfirmed || secret(s.Code) {
			continue
		}
		if _, known := last[s.Code]; !known {
			order = append(order, s.Code)
		}
		last[s.Code] = s
	}
	read := false
	for _, c := range order {
		read = read || last[c].Verdict == vision.Believed
		p.line(p.verdict(last[c]))
	}
	if !read && len(p.secrets) == 0 {
		p.line(p.folder.words.Say("explain.nothing"))
	}
}
