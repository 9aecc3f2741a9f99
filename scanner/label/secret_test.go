package label_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

// TestNoKeyPasses makes product keys and hides each in all the ways that a
// label, a scanner or a wrong keyboard has: never is any of it kept.
func TestNoKeyPasses(t *testing.T) {
	t.Parallel()
	const characters = "BCDFGHJKMNPQRTVWXY2346789"
	random := rand.New(rand.NewPCG(5, 6))
	for range 15 {
		var groups []string
		for range 5 {
			var group strings.Builder
			for range 5 {
				group.WriteByte(characters[random.IntN(len(characters))])
			}
			groups = append(groups, group.String())
		}
		groups[random.IntN(5)] = "BCDFG" // all digits would be a number
		key := strings.Join(groups, "-")
		for _, text := range []string{
			key, strings.ToLower(key), strings.Join(groups, ""), strings.Join(groups, " "), strings.Join(groups, " - "), strings.Join(groups, "/"),
			"Product key: " + key, key + " PKID 3305123456781", "PKID: 3305123456781 " + key, "(21)" + key, "S/N: " + key,
			"[)>\x1e06\x1dS" + key + "\x1e\x04", "https://example.test/?k=" + key, "é" + key, "\x1b" + key,
			strings.Join(groups, "\n"),
		} {
			for _, symbology := range carriers() {
				for _, aim := range []string{"", "]C0", "]E0", "]Q1", "]d2"} {
					got := label.Classify(scanner.Scan{Text: text, Symbology: symbology, AIM: aim})
					if want := (label.Code{Kind: label.Secret, Confidence: label.Certain, Reason: label.ProductKey}); got != want {
						t.Fatalf("%q on %q with %q: %+v", text, symbology, aim, got)
					}
				}
			}
		}
	}
}
