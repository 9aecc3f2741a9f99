package partnercentertest

import "time"

// chance draws only where there is a chance, so that a setting that is not used
// changes no other draw of the seed.
func (s *Server) chance(share float64) bool { return share > 0 && s.rng.Float64() < share }

// drawFate decides how long a job takes and whether it ever ends.
func (s *Server) drawFate(j *job) {
	j.takes = s.opts.JobTime
	if span := s.opts.JobTimeMax - s.opts.JobTime; span > 0 {
		j.takes += time.Duration(s.rng.Int64N(int64(span) + 1))
	}
	if s.chance(s.opts.JobStuck) {
		j.stuck = []string{"unknown", "processing"}[s.rng.IntN(2)]
	}
	j.vanishes = s.chance(s.opts.JobVanish)
}

// drawStatus decides what a job says at its end: one with failed devices is
// finished as well as not.
func (s *Server) drawStatus(j *job) {
	j.status = "finished"
	for _, row := range j.rows {
		if row.code != "" && s.rng.IntN(2) == 0 {
			j.status = "finished_with_errors"
			break
		}
	}
}

// drawAnswers decides how a job tells what it has to tell.
func (s *Server) drawAnswers(j *job) {
	j.numeric = s.rng.IntN(4) == 0
	j.stutter = s.drawStutter()
	for _, row := range j.rows {
		row.untold = s.chance(s.opts.RowsMissing)
	}
	s.rng.Shuffle(len(j.rows), func(i, k int) { j.rows[i], j.rows[k] = j.rows[k], j.rows[i] })
}

func (s *Server) drawStutter() []string {
	kinds := [][]string{{"404"}, {"unknown"}, {"404", "unknown"}}
	if s.opts.JobStutter == 0 {
		kinds = append(kinds, nil, nil, nil)
	} else if !s.chance(s.opts.JobStutter) {
		return nil
	}
	return kinds[s.rng.IntN(len(kinds))]
}
