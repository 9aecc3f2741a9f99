package vision

// An inkedSet is a set of glyphs, blurred.
type inkedSet struct {
	*glyphSet

	ink  [][]float32
	mean []float32
	pad  int // samples that blur reaches beyond a glyph.
}

// blurred is a set as a smear makes it.
func (s *glyphSet) blurred(k smear) *inkedSet {
	kernel := k.kernel()
	pad := len(kernel) / 2
	out := &inkedSet{glyphSet: s, mean: make([]float32, s.width+2*pad), pad: pad}
	all := make([]float32, len(s.glyphs)*(s.width+2*pad))
	for g, glyph := range s.glyphs {
		ink := all[g*len(out.mean) : (g+1)*len(out.mean)]
		for i, v := range k.inked(glyph) {
			if v == 0 {
				continue
			}
			for k, w := range kernel[max(1-i, 0):min(len(kernel), len(ink)+1-i)] {
				ink[max(i-1, 0)+k] += v * w
			}
		}
		for i, v := range ink {
			out.mean[i] += v / float32(len(s.glyphs))
		}
		out.ink = append(out.ink, ink)
	}
	return out
}

// inked gives a set under a blur, from those that were made before if it is one.
func (w *work) inked(s *glyphSet, k smear) *inkedSet {
	const most = 512
	key := inkKey{s, k}
	if set := w.inks[key]; set != nil {
		return set
	}
	if w.inks == nil || len(w.inks) >= most {
		w.inks = make(map[inkKey]*inkedSet)
	}
	set := s.blurred(k)
	w.inks[key] = set
	return set
}

// An inkKey is a set of glyphs and a blur.
type inkKey struct {
	set  *glyphSet
	blur smear
}

// inked is a glyph whose bars are all wider by the smear's ink, half of it to either
// side; it begins one sample before the glyph.
func (s smear) inked(glyph []float32) []float32 {
	out := make([]float32, len(glyph)+2)
	copy(out[1:], glyph)
	by := float32(s.ink) / smearParts / 2
	if by == 0 {
		return out
	}
	for i, v := range glyph {
		before, after := i > 0 && glyph[i-1] > 0, i+1 < len(glyph) && glyph[i+1] > 0
		for _, side := range []struct {
			at   int
			dark bool
		}{{i, before}, {i + 2, after}} {
			switch {
			case v == 0 || side.dark:
			case by > 0:
				out[side.at] += by
			default:
				out[i+1] += by
			}
		}
	}
	return out
}
