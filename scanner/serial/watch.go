package serial

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"
)

// watchEvery is how often ports are looked for: all the time, or on Linux after
// something stirred. A port is told at the second look at the latest.
const watchEvery = 400 * time.Millisecond

// A Change is a port that was plugged in or unplugged.
type Change struct {
	Port    Port
	Plugged bool
}

// Watch gives the ports that are there, then each change.
func Watch(ctx context.Context) iter.Seq[Change] { return Finder{}.Watch(ctx) }

// Watch gives the ports that are there, then each that is plugged in or
// unplugged, once and within a second, until the context ends. A port is known
// by its Name. What was unplugged and plugged in between two looks is no
// change. A look that fails is none; ask Ports why.
func (f Finder) Watch(ctx context.Context) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		seen := newSightings()
		for ports := range f.looks(ctx) {
			for _, change := range seen.compare(ports) {
				if !yield(change) {
					return
				}
			}
		}
	}
}

// looks gives the ports that are there at each look that does not fail.
func (f Finder) looks(ctx context.Context) iter.Seq[[]Port] {
	return func(yield func([]Port) bool) {
		listing, stirring := f.look(), f.stir()
		defer stirring.close()
		for ctx.Err() == nil {
			if ports, err := listing.ports(); err == nil && !yield(ports) {
				return
			}
			stirring.rest(ctx)
		}
	}
}

// sightings are the ports that were told, and those that are not ripe.
type sightings struct {
	told  map[string]Port
	fresh map[string]bool
	first bool
}

func newSightings() *sightings { return &sightings{told: map[string]Port{}, first: true} }

// compare gives what has changed: first what went, then what came, each by
// name.
func (s *sightings) compare(ports []Port) []Change {
	now, fresh := map[string]Port{}, map[string]bool{}
	for _, p := range ports {
		now[p.Name] = p
	}
	var changes []Change
	for _, name := range slices.Sorted(maps.Keys(s.told)) {
		if _, there := now[name]; !there {
			changes = append(changes, Change{Port: s.told[name]})
			delete(s.told, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		_, told := s.told[name]
		switch p := now[name]; {
		case told:
		case s.ripe(p):
			s.told[name] = p
			changes = append(changes, Change{Port: p, Plugged: true})
		default:
			fresh[name] = true
		}
	}
	s.fresh, s.first = fresh, false
	return changes
}

// ripe says whether a port can be told under its name. On Linux the kernel's
// name comes a moment before the lasting one that is worth remembering.
func (s *sightings) ripe(p Port) bool {
	return s.first || p.VID == "" || p.Name != p.Node || s.fresh[p.Name]
}
