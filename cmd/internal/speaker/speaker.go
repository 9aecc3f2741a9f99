// Package speaker is the loudspeaker that verdicts are heard from, through oto
// (ebitengine), which has the sound of each system: ALSA, WASAPI, Core Audio.
//
// A program has one. It is opened when something is to be heard first, and rests
// (uses no processor) while nothing is. Where there is none, or it was pulled out,
// every Play says so; oto opens no second one, so that a station that got one since
// has to be started anew, which the error says.
package speaker

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ebitengine/oto/v3"
)

// ErrSilent is that nothing can be heard: there is no sound device, or it is gone.
var ErrSilent = errors.New("no sound device can be used")

// ErrBusy is that the sound system has not answered yet.
var ErrBusy = errors.New("the sound system does not answer")

const (
	buffer   = 30 * time.Millisecond // before a sound is heard
	patience = 3 * time.Second       // for the system to open its device
	rest     = 2 * time.Second       // from the end of a sound on
)

// A Speaker plays one sound at a time. The zero value is not usable; see New.
type Speaker struct {
	rate int

	mu      sync.Mutex
	opened  bool
	sound   *oto.Context
	ready   <-chan struct{}
	err     error
	playing *oto.Player
	resting bool
	timer   *time.Timer
}

// New makes a speaker for samples of one channel, 16 bits, signed, little endian. It
// opens nothing yet.
func New(rate int) *Speaker { return &Speaker{rate: rate} }

// Play begins with samples, in the place of what still sounds, and does not wait for
// their end. The first call waits for the system to open its device. It fails with
// ErrSilent, or ErrBusy for a while.
func (s *Speaker) Play(samples []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	if s.playing != nil {
		s.playing.Pause()
	}
	if s.resting {
		if err := s.sound.Resume(); err != nil {
			return fmt.Errorf("%w: %w", ErrSilent, err)
		}
		s.resting = false
	}
	s.playing = s.sound.NewPlayer(bytes.NewReader(samples))
	s.playing.Play()
	s.restAfter(time.Duration(len(samples)/2) * time.Second / time.Duration(s.rate))
	return nil
}

// open opens the device, and says what became of it since.
func (s *Speaker) open() error {
	if !s.opened {
		s.opened = true
		s.sound, s.ready, s.err = oto.NewContext(&oto.NewContextOptions{
			SampleRate: s.rate, ChannelCount: 1, Format: oto.FormatSignedInt16LE, BufferSize: buffer,
		})
	}
	if s.err != nil {
		return fmt.Errorf("%w: %w", ErrSilent, s.err)
	}
	select {
	case <-s.ready:
	default:
		select {
		case <-s.ready:
		case <-time.After(patience):
			return ErrBusy
		}
	}
	if err := s.sound.Err(); err != nil { // only then is it known
		return fmt.Errorf("%w: %w", ErrSilent, err)
	}
	return nil
}

// restAfter has the device rest a while after a sound: oto plays silence otherwise.
func (s *Speaker) restAfter(length time.Duration) {
	if s.timer != nil {
		s.timer.Stop()
	}
	var own *time.Timer
	own = time.AfterFunc(length+rest, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.timer == own && !s.resting {
			s.resting = s.sound.Suspend() == nil
		}
	})
	s.timer = own
}
