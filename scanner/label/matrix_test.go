package label_test

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/label"
)

var update = flag.Bool("update", false, "write the golden files anew")

//go:embed testdata/matrix.txt
var matrix string

// carriers are one symbol for each thing that a carrier can prove.
func carriers() []scanner.Symbology {
	return []scanner.Symbology{scanner.Unknown, scanner.Code128, scanner.EAN13, scanner.ITF, scanner.DataBar}
}

// TestMatrix is the whole table seen from outside: every text of matrix.txt on
// every carrier. Whoever changes a rule sees here, and shows to the reviewer,
// everything else that changed with it. Run with -update to write it anew.
func TestMatrix(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	for line := range strings.Lines(matrix) {
		if line = strings.TrimRight(line, "\n"); line == "" || line[0] == '#' || line[0] == ' ' {
			if !strings.HasPrefix(line, " ") {
				fmt.Fprintln(&got, line)
			}
			continue
		}
		fmt.Fprintln(&got, line)
		for _, on := range carriers() {
			fmt.Fprintln(&got, "    "+told(on, line))
		}
	}
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", "matrix.txt"), []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(matrix, got.String()); diff != "" {
		t.Errorf("a rule's answers changed (-want +got):\n%s", diff)
	}
}

// told is one answer, in one line.
func told(on scanner.Symbology, text string) string {
	c := label.Classify(scanner.Scan{Text: text, Symbology: on})
	said := fmt.Sprintf("%-8s %s %s", on, c.Kind, c.Confidence)
	for _, more := range []struct{ name, value string }{
		{"", string(c.Reason)}, {"text=", c.Text}, {"model=", c.Model}, {"or=", c.Or}, {"maker=", c.Maker}, {"stands=", c.Stands},
	} {
		if more.value != "" && more.value != text {
			said += " " + more.name + more.value
		}
	}
	return said
}
