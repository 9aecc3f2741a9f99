package directory_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pkidstation/queue/autopilot"
	"pkidstation/scanner/label"
)

// TestOneRuleForSecrets: scanner and queue know nothing of one another, and each
// has the rule for product keys. Here both are known: the rules are one.
func TestOneRuleForSecrets(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(6, 25))
	const characters = "BCDFGHJKMNPQRTVWXY2346789bcd"
	found := 0
	for range 20_000 {
		var b strings.Builder
		b.WriteString(strings.Repeat(" x0", random.IntN(3)))
		for i := range 20 + random.IntN(8) {
			if random.IntN(200) == 0 {
				b.WriteByte("AEIOU015\x1d\n\t"[random.IntN(11)])
			}
			if between := random.IntN(8); i%5 == 0 && between > 1 || between == 7 {
				b.WriteString([]string{"-", " ", "", "\n", " - ", "é", "\u00a0", ":::::"}[random.IntN(8)])
			}
			b.WriteByte(characters[random.IntN(len(characters))])
		}
		text := b.String()
		if random.IntN(10) == 0 {
			text = strings.Map(func(r rune) rune {
				if r > '9' {
					return '2' + r%3
				}
				return r
			}, text)
		}
		want := label.HoldsSecret(text)
		if got := autopilot.HoldsProductKey(text); got != want {
			t.Errorf("%q: the queue says %v, the scanner %v", text, got, want)
		}
		if want {
			found++
		}
	}
	if found < 1000 || found > 19_000 {
		t.Errorf("%d of 20,000 are secrets: this test looks at one side only", found)
	}
}
