package tone

import (
	"encoding/binary"
	"math"
	"time"

	"pkidstation/queue"
)

// Rate is how many samples a second has. They are of one channel, 16 bits, signed,
// little endian.
const Rate = 48_000

// A Tone is notes, one after the other.
type Tone []Note

// A Note is a pitch in Hz and what it is of: overtones make a low one heard from a
// small loudspeaker. Loud is from 0 to 1. A pitch of 0 is silence.
type Note struct {
	Pitch    float64
	Lasts    time.Duration
	Loud     float64
	Overtone bool
}

// Length is how long a tone lasts.
func (t Tone) Length() (length time.Duration) {
	for _, n := range t {
		length += n.Lasts
	}
	return length
}

// Of is the tone of a verdict; none for a word that is no verdict.
func Of(word queue.Word) Tone {
	const ms = time.Millisecond
	switch word {
	case queue.Accepted:
		return Tone{{Pitch: 1319, Lasts: 130 * ms, Loud: .8}}
	case queue.Attached:
		return Tone{{Pitch: 1760, Lasts: 45 * ms, Loud: .35}}
	case queue.Ignored:
		return Tone{{Pitch: 587, Lasts: 45 * ms, Loud: .35}}
	case queue.Seen:
		return Tone{{Pitch: 880, Lasts: 90 * ms, Loud: .8}, {Lasts: 70 * ms}, {Pitch: 880, Lasts: 90 * ms, Loud: .8}}
	case queue.OnHold:
		return Tone{{Pitch: 523, Lasts: 140 * ms, Loud: .9}, {Pitch: 698, Lasts: 140 * ms, Loud: .9}, {Pitch: 1047, Lasts: 200 * ms, Loud: .9}}
	case queue.NotTaken:
		return Tone{{Pitch: 156, Lasts: 650 * ms, Loud: 1, Overtone: true}}
	default:
		return nil
	}
}

// ramp is how long a note takes to begin and to end: without, it clicks.
const ramp = 6 * time.Millisecond

// Samples draws the tone at a volume from 0 to 1.
func (t Tone) Samples(volume float64) []byte {
	volume = min(max(volume, 0), 1)
	samples := make([]byte, 0, 2*at(t.Length()))
	for _, n := range t {
		length := at(n.Lasts)
		for i := range length {
			sample := n.Loud * volume * n.wave(float64(i)/Rate) * edge(i, length)
			samples = binary.LittleEndian.AppendUint16(samples, uint16(int16(sample*math.MaxInt16))) //nolint:gosec // from -1 to 1
		}
	}
	return samples
}

// at is how many samples there are in a time.
func at(length time.Duration) int { return int(length * Rate / time.Second) }

// wave is the note after so many seconds, from -1 to 1.
func (n Note) wave(after float64) float64 {
	if n.Pitch == 0 {
		return 0
	}
	phase := 2 * math.Pi * n.Pitch * after
	if !n.Overtone {
		return math.Sin(phase)
	}
	return (math.Sin(phase) + math.Sin(3*phase)/2 + math.Sin(5*phase)/2 + math.Sin(7*phase)/3) / 2
}

// edge is how loud sample i of a note is for the edge it is near.
func edge(i, length int) float64 {
	near := float64(min(i, length-1-i)) / float64(at(ramp))
	return min(near, 1)
}
