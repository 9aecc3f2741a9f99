package wedge_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pkidstation/scanner"
	"pkidstation/scanner/wedge"
)

var _ scanner.Source = (*wedge.Source)(nil)

// strike types a text on a source, each character a pace after the one before.
func strike(source *wedge.Source, text string, pace time.Duration) {
	for _, r := range text {
		<-time.After(pace)
		source.Key(wedge.Stroke{Rune: r})
	}
}

// taken gathers what a source gives until the context ends.
func taken(ctx context.Context, t *testing.T, source *wedge.Source) []scanner.Scan {
	t.Helper()
	var scans []scanner.Scan
	for scan, err := range source.Scans(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		scans = append(scans, scan)
	}
	return scans
}

func TestSource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := wedge.New(wedge.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		go func() {
			strike(source, "]C0"+pkid, 10*time.Millisecond) // 160 ms
			source.Key(wedge.Stroke{Key: "Return"})
			strike(source, "typed by hand", 120*time.Millisecond) // 1720 ms
			<-time.After(time.Second)
			strike(source, "5CG1234XYZ", 10*time.Millisecond) // 2820 ms, and no terminator
		}()
		want := []scanner.Scan{
			{
				Text: pkid, AIM: "]C0", Symbology: scanner.Code128, Source: "wedge", At: start.Add(160 * time.Millisecond),
				Trace: trace("]C0"+pkid, "\r", 16),
			},
			{
				Text: "5CG1234XYZ", Source: "wedge", At: start.Add(2820 * time.Millisecond), Unsure: true,
				Trace: trace("5CG1234XYZ", "", 10),
			},
		}
		if diff := cmp.Diff(want, taken(ctx, t, source)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if took := time.Since(start); took != time.Minute {
			t.Errorf("ended %v after its start, not with its context", took)
		}
	})
}

// trace is how keys came that are 10 ms apart.
func trace(raw, terminator string, keys int) scanner.Trace {
	const pace = 10 * time.Millisecond
	return scanner.Trace{
		Raw: raw + terminator, Terminator: terminator, Keys: keys, Took: time.Duration(keys-1) * pace, Longest: pace,
	}
}

// TestFewCharactersAreAScan: an order's barcode may be short; none gets no verdict.
func TestFewCharactersAreAScan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := wedge.New(wedge.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		go func() {
			strike(source, "BL-7", 10*time.Millisecond)
			source.Key(wedge.Stroke{Key: "Return"})
			<-time.After(time.Second)
			for _, r := range "1234" { // a PIN
				source.Key(wedge.Stroke{Rune: r, Field: true})
			}
			source.Key(wedge.Stroke{Key: "Return", Field: true})
		}()
		if got := taken(ctx, t, source); len(got) != 1 || got[0].Text != "BL-7" {
			t.Errorf("%+v", got)
		}
	})
}

func TestSilenceEndsTheScan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := wedge.New(wedge.Options{})
		strike(source, pkid, time.Millisecond)
		start := time.Now()
		for scan, err := range source.Scans(t.Context()) {
			if took := time.Since(start); err != nil || scan.Text != pkid || took != 300*time.Millisecond {
				t.Errorf("got %+v after %v", scan, took)
			}
			break
		}
	})
}

func TestKeyNeverWaitsNorDrops(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := wedge.New(wedge.Options{})
		var want []string
		for i := range 2000 { // nobody takes yet: a Key that waited would stop the bubble
			want = append(want, fmt.Sprintf("33051%08d", i))
			strike(source, want[i]+"\r", 0)
		}
		var got []string
		for len(got) < len(want) { // a taker that comes and goes loses nothing
			for scan, err := range source.Scans(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				if got = append(got, scan.Text); len(got)%3 == 0 || len(got) == len(want) {
					break
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestSlowTakerPartsNoScan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := wedge.New(wedge.Options{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		go func() {
			for range 10 {
				strike(source, pkid+"\r", 20*time.Millisecond)
			}
		}()
		var got int
		for scan, err := range source.Scans(ctx) {
			<-time.After(433 * time.Millisecond) // comes back in the middle of a scan
			if got++; err != nil || scan.Text != pkid {
				t.Errorf("scan %d = %q", got, scan.Text)
			}
		}
		if got != 10 {
			t.Errorf("%d scans, want 10", got)
		}
	})
}
