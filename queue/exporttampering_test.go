package queue_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pkidstation/queue"
	"pkidstation/queue/audittrail"
)

// A forged is an export in the hands of somebody without the station's key.
type forged struct {
	rng   *rand.Rand
	lines [][]byte // each with its '\n'; the first is the header, the last the trailer
	other [][]byte // another station's
	key   ed25519.PrivateKey
}

func (x *forged) any() int { return 1 + x.rng.IntN(len(x.lines)-2) }

// falsify changes what a line says.
func (x *forged) falsify(n int) {
	for _, c := range [][2]string{{`"operator":1`, `"operator":2`}, {`"operator":2`, `"operator":3`}, {`"operator":3`, `"operator":1`}} {
		if at := bytes.Index(x.lines[n], []byte(c[0])); at >= 0 {
			x.lines[n] = bytes.Replace(x.lines[n], []byte(c[0]), []byte(c[1]), 1)
			return
		}
	}
}

// rechain gives all lines the right number, hash and predecessor.
func (x *forged) rechain() {
	before := ""
	for n := 1; n < len(x.lines)-1; n++ {
		var l queue.AuditLine
		if json.Unmarshal(x.lines[n], &l) != nil {
			return
		}
		l.Number, l.Before = uint64(n), before
		l, err := queue.SealLine(l)
		text, bad := json.Marshal(l)
		if err != nil || bad != nil {
			return
		}
		x.lines[n], before = append(text, '\n'), l.Hash
	}
}

// resign makes a whole export of the lines, signed with a key of one's own; own
// says that the line that records the key is changed too.
func (x *forged) resign(own bool) {
	var h audittrail.Header
	_ = json.Unmarshal(x.lines[0], &h)
	if own {
		mine := audittrail.Fingerprint(x.key.Public().(ed25519.PublicKey))
		for n := range x.lines {
			x.lines[n] = bytes.ReplaceAll(x.lines[n], []byte(h.Fingerprint), []byte(mine))
		}
		x.rechain()
	}
	last, _ := audittrail.ReadLine(bytes.TrimSpace(x.lines[len(x.lines)-2]))
	h.Head, h.Hash = last.Number, last.Hash
	var b bytes.Buffer
	w, err := audittrail.NewWriter(&b, h, x.key)
	for n := 1; n < len(x.lines)-1 && err == nil; n++ {
		err = w.Line(bytes.TrimSuffix(x.lines[n], []byte("\n")))
	}
	if err == nil {
		_, err = w.Close()
	}
	if err == nil {
		x.lines = bytes.SplitAfter(b.Bytes(), []byte("\n"))
		x.lines = x.lines[:len(x.lines)-1]
	}
}

// edit changes something in a line of the frame.
func (x *forged) edit(n int) {
	var all map[string]any
	if json.Unmarshal(x.lines[n], &all) != nil {
		return
	}
	at := x.rng.IntN(len(x.lines[n]) - 1)
	x.lines[n] = slices.Concat(x.lines[n][:at], []byte([]string{"0", "1", " ", "a", `"`, "\t", "é"}[x.rng.IntN(7)]), x.lines[n][at+x.rng.IntN(2):])
}

func forgeries() map[string]func(*forged) {
	return map[string]func(*forged){
		"remove": func(x *forged) { n := x.any(); x.lines = slices.Delete(x.lines, n, n+1) },
		"change": func(x *forged) { x.falsify(x.any()) },
		"rehash": func(x *forged) { x.falsify(x.any()); x.rechain() },
		"reorder": func(x *forged) {
			a, b := x.any(), x.any()
			x.lines[a], x.lines[b] = x.lines[b], x.lines[a]
		},
		"shuffle": func(x *forged) {
			x.rng.Shuffle(len(x.lines), func(a, b int) { x.lines[a], x.lines[b] = x.lines[b], x.lines[a] })
		},
		"duplicate": func(x *forged) { n := x.any(); x.lines = slices.Insert(x.lines, n, x.lines[n]) },
		"insert":    func(x *forged) { x.lines = slices.Insert(x.lines, x.any(), x.other[x.rng.IntN(len(x.other))]) },
		"cut bytes": func(x *forged) {
			text := bytes.Join(x.lines, nil)
			x.lines = [][]byte{text[:x.rng.IntN(len(text))]}
		},
		"cut lines": func(x *forged) { n := x.any(); x.lines = slices.Delete(x.lines, n, len(x.lines)-1) },
		"remove and rechain": func(x *forged) {
			n := x.any()
			x.lines = slices.Delete(x.lines, n, n+1)
			x.rechain()
		},
		"flip": func(x *forged) {
			text := bytes.Join(x.lines, nil)
			text[x.rng.IntN(len(text))] ^= 1 << x.rng.IntN(8)
			x.lines = [][]byte{text}
		},
		"swap exports": func(x *forged) { x.lines = x.other },
		"swap header":  func(x *forged) { x.lines[0] = x.other[0] },
		"swap trailer": func(x *forged) { x.lines[len(x.lines)-1] = x.other[len(x.other)-1] },
		"edit header":  func(x *forged) { x.edit(0) },
		"edit trailer": func(x *forged) { x.edit(len(x.lines) - 1) },
		"append":       func(x *forged) { x.lines = append(x.lines, x.lines[x.rng.IntN(len(x.lines))]) },
		"sign anew":    func(x *forged) { x.falsify(x.any()); x.rechain(); x.resign(false) },
		"sign anew, key recorded": func(x *forged) {
			x.falsify(x.any())
			x.resign(true)
		},
		"cut and sign anew": func(x *forged) { x.lines = slices.Delete(x.lines, len(x.lines)-2, len(x.lines)-1); x.resign(true) },
	}
}

// chainAlone is the control: the lines and how they hang together, without the
// signature, the head and the key.
func chainAlone(text []byte) (found bool) {
	var chain audittrail.Chain
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte(`{"number":`)) {
			_, wrong := chain.Next(bytes.TrimSuffix(line, []byte("\n")))
			found = found || wrong != ""
		}
	}
	return found
}

// TestTamperingWithAnExportIsFound: whatever is done to an export by somebody
// without the station's key is found by who has its fingerprint.
func TestTamperingWithAnExportIsFound(t *testing.T) {
	t.Parallel()
	total := 600
	if torture() {
		total = 10_000
	}
	export := func(station string) (lines [][]byte, key string) {
		q := audited(t, t.TempDir(), station)
		defer q.Close() //nolint:errcheck // nothing is written
		var b bytes.Buffer
		done, err := q.ExportAudit(t.Context(), &b, queue.Act{By: "Léa"})
		must(t, err)
		lines = bytes.SplitAfter(b.Bytes(), []byte("\n"))
		return lines[:len(lines)-1], done.Fingerprint
	}
	lines, key := export("dock 1")
	other, _ := export("dock 2")
	sound := bytes.Join(lines, nil)
	verify := func(text []byte, key string) bool {
		r, err := audittrail.Verify(bytes.NewReader(text), key)
		must(t, err)
		return r.Sound()
	}
	if !verify(sound, key) || chainAlone(sound) {
		t.Fatal("something is found where nothing was done")
	}
	all := forgeries()
	names := slices.Sorted(maps.Keys(all))
	mine := ed25519.NewKeyFromSeed([]byte(strings.Repeat("m", ed25519.SeedSize)))
	byChain, withoutKey := map[string]int{}, map[string]int{}
	for seed := range total {
		name := names[seed%len(names)]
		x := &forged{rng: rand.New(rand.NewPCG(13, uint64(seed))), other: slices.Clone(other), key: mine}
		for _, line := range lines {
			x.lines = append(x.lines, bytes.Clone(line))
		}
		all[name](x)
		text := bytes.Join(x.lines, nil)
		if bytes.Equal(text, sound) {
			continue
		}
		if verify(text, key) {
			t.Errorf("seed %d, %s: not found\n%s", seed, name, text)
		}
		if !chainAlone(text) {
			byChain[name]++
		}
		if verify(text, "") {
			withoutKey[name]++
		}
	}
	for _, name := range []string{"rehash", "cut lines", "cut bytes", "swap exports", "sign anew"} {
		if byChain[name] == 0 {
			t.Errorf("the chain alone finds every %s too: what is the signature for", name)
		}
	}
	if withoutKey["sign anew, key recorded"] == 0 || withoutKey["swap exports"] == 0 {
		t.Error("what is signed by anybody is found without the station's key: what is it compared for")
	}
	t.Logf("%d tamperings; the chain alone misses %v, no fingerprint to compare %v", total, byChain, withoutKey)
}
