package tone_test

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"pkidstation/queue"
	"pkidstation/ui/tone"
	"pkidstation/ui/tone/tonetest"
)

func samples(data []byte) []float64 {
	all := make([]float64, len(data)/2)
	for i := range all {
		all[i] = float64(int16(binary.LittleEndian.Uint16(data[2*i:]))) / math.MaxInt16
	}
	return all
}

// TestTonesAreToldApartWithEyesClosed: no two verdicts have as many notes, go the same
// way and take as long; ticks differ by more than a fifth.
func TestTonesAreToldApartWithEyesClosed(t *testing.T) {
	t.Parallel()
	heard := func(word queue.Word) (notes, way int, length time.Duration, first float64) {
		last := 0.0
		for _, n := range tone.Of(word) {
			if n.Pitch == 0 {
				continue
			}
			if notes++; first == 0 {
				first = n.Pitch
			} else if n.Pitch > last {
				way++
			}
			last = n.Pitch
		}
		return notes, way, tone.Of(word).Length(), first
	}
	for i, a := range tone.Order() {
		for _, b := range tone.Order()[i+1:] {
			notes, way, length, pitch := heard(a)
			notes2, way2, length2, pitch2 := heard(b)
			apart := max(float64(length)/float64(length2), float64(length2)/float64(length), pitch/pitch2, pitch2/pitch)
			if notes == notes2 && way == way2 && apart < 1.5 {
				t.Errorf("%s and %s sound alike", a, b)
			}
		}
	}
	if got := tone.Of(queue.Accepted).Length(); got > 150*time.Millisecond {
		t.Errorf("accepted takes %v", got)
	}
	if got := tone.Of(queue.NotTaken).Length(); got < 500*time.Millisecond {
		t.Errorf("refused takes %v", got)
	}
	if len(tone.Of("")) > 0 {
		t.Error("what is no verdict is heard")
	}
}

// TestSamples: they are as long as the tone, begin and end in silence, never jump as a
// click does, reach no further than they may, and have the pitch.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, word := range tone.Order() {
		what := tone.Of(word)
		all := samples(what.Samples(1))
		if want := int(what.Length().Seconds() * tone.Rate); math.Abs(float64(len(all)-want)) > 3 {
			t.Errorf("%s: %d samples, not %d", word, len(all), want)
		}
		loudest, jump := 0.0, 0.0
		for i, x := range all {
			loudest = max(loudest, math.Abs(x))
			if i > 0 {
				jump = max(jump, math.Abs(x-all[i-1]))
			}
		}
		if all[0] != 0 || math.Abs(all[len(all)-1]) > .01 || jump > .25 {
			t.Errorf("%s: begins with %.3f, ends with %.3f, jumps by %.3f", word, all[0], all[len(all)-1], jump)
		}
		if loudest > 1 || loudest < .3 {
			t.Errorf("%s: %.2f loud", word, loudest)
		}
		pitch := what[0].Pitch
		first := all[:int(what[0].Lasts.Seconds()*tone.Rate)]
		if here, beside := tonetest.Power(first, pitch), tonetest.Power(first, pitch*1.3); here < 20*beside {
			t.Errorf("%s: %.5f of %v Hz, %.5f beside", word, here, pitch, beside)
		}
		if quiet := samples(what.Samples(.5)); math.Abs(quiet[200]*2-all[200]) > .01 {
			t.Errorf("%s: the volume does not say how loud", word)
		}
	}
}
