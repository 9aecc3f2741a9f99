package main

import (
	"cmp"
	"slices"
)

// spread is how a size is distributed, in lines.
type spread struct{ p50, p90, p99, most int }

// figures are one codebase's.
type figures struct {
	name       string
	files      int
	file       spread
	function   spread
	testShare  float64 // test lines to a line of code
	documented float64 // share of exported functions, 0 to 1
}

func (s *sizes) figures(name string) figures {
	return figures{
		name:       name,
		files:      len(s.files),
		file:       spreadOf(s.files),
		function:   spreadOf(s.functions),
		testShare:  share(s.test, s.code),
		documented: share(s.documented, s.exported),
	}
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func spreadOf(all []size) spread {
	if len(all) == 0 {
		return spread{}
	}
	lines := make([]int, len(all))
	for i, s := range all {
		lines[i] = s.lines
	}
	slices.Sort(lines)
	at := func(percent int) int { return lines[(len(lines)-1)*percent/100] }
	return spread{at(50), at(90), at(99), at(100)}
}

// longest are the n longest files and the n longest functions.
func (s *sizes) longest(n int) []size {
	top := func(all []size) []size {
		sorted := slices.SortedStableFunc(slices.Values(all), func(a, b size) int { return cmp.Compare(b.lines, a.lines) })
		return sorted[:min(n, len(sorted))]
	}
	return slices.Concat(top(s.files), top(s.functions))
}

// models are the codebases this one was modelled on, measured in the same way
// when its layout was chosen. The later ones are models for the shape of a
// window, none for its tests.
func models() []figures {
	of := func(name string, files int, file, function spread, testShare, documented float64) figures {
		return figures{name: name, files: files, file: file, function: function, testShare: testShare, documented: documented}
	}
	return []figures{
		of("raft-wal", 31, spread{129, 269, 0, 957}, spread{12, 54, 118, 0}, 1.01, 0.90),
		of("tailscale-client-go-v2", 14, spread{160, 399, 0, 405}, spread{8, 21, 50, 0}, 1.29, 0.93),
		of("go-github/github", 204, spread{180, 501, 0, 2553}, spread{15, 21, 63, 0}, 1.65, 0.90),
		of("go-gpiocdev", 29, spread{55, 628, 0, 1283}, spread{6, 30, 63, 0}, 1.85, 0.94),
		of("bbolt", 75, spread{89, 350, 0, 1455}, spread{8, 37, 78, 0}, 1.18, 0.44),
		of("river", 125, spread{141, 713, 0, 3025}, spread{9, 44, 266, 0}, 1.11, 0.33),
		of("litestream", 69, spread{190, 927, 0, 3408}, spread{15, 60, 144, 0}, 1.45, 0.69),
		of("restic internal/backend", 63, spread{92, 353, 0, 926}, spread{7, 33, 106, 0}, 0.55, 0.68),
		of("wtf", 40, spread{90, 392, 0, 673}, spread{11, 45, 79, 0}, 0.29, 0.76),
		of("fyne dialog+widget", 74, spread{187, 705, 0, 2166}, spread{7, 25, 85, 0}, 0.92, 0.73),
		of("supersonic ui", 102, spread{149, 557, 0, 929}, spread{6, 32, 105, 0}, 0, 0.07),
		of("supersonic backend", 64, spread{153, 549, 0, 1209}, spread{7, 33, 87, 0}, 0.03, 0.23),
		of("rymdport", 28, spread{57, 322, 0, 444}, spread{9, 33, 69, 0}, 0.12, 0.82),
		of("paw", 89, spread{104, 276, 0, 435}, spread{9, 34, 100, 0}, 0.12, 0.62),
		of("defyne", 25, spread{88, 646, 0, 1274}, spread{13, 51, 206, 0}, 0.03, 0.65),
	}
}
