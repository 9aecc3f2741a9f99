package listing

import "math/bits"

// A Set is a set of entries by their sequence. A bit an entry is enough, for sequences
// have no gaps; a single one from a damaged file takes no more room than another.
type Set struct {
	blocks map[uint64]*block
	size   int
}

const blockBits = 4096

type block [blockBits / 64]uint64

// NewSet is a set of these.
func NewSet(seqs ...uint64) *Set {
	s := &Set{blocks: map[uint64]*block{}}
	for _, seq := range seqs {
		s.Add(seq)
	}
	return s
}

// Len is how many are in it.
func (s *Set) Len() int { return s.size }

// Has says whether a sequence is in it.
func (s *Set) Has(seq uint64) bool {
	b := s.blocks[seq/blockBits]
	return b != nil && b[seq%blockBits/64]&(1<<(seq%64)) != 0
}

// Add puts a sequence in.
func (s *Set) Add(seq uint64) {
	b := s.blocks[seq/blockBits]
	if b == nil {
		b = &block{}
		s.blocks[seq/blockBits] = b
	}
	word, bit := &b[seq%blockBits/64], uint64(1)<<(seq%64)
	if *word&bit == 0 {
		*word |= bit
		s.size++
	}
}

// Remove takes a sequence out.
func (s *Set) Remove(seq uint64) {
	if s.Has(seq) {
		s.blocks[seq/blockBits][seq%blockBits/64] &^= 1 << (seq % 64)
		s.size--
	}
}

// Clone is a set of the same.
func (s *Set) Clone() *Set {
	c := &Set{blocks: make(map[uint64]*block, len(s.blocks)), size: s.size}
	for at, b := range s.blocks {
		same := *b
		c.blocks[at] = &same
	}
	return c
}

// And is a set of what is in both.
func (s *Set) And(other *Set) *Set {
	both := NewSet()
	for at, b := range s.blocks {
		o := other.blocks[at]
		if o == nil {
			continue
		}
		one := &block{}
		for n := range one {
			one[n] = b[n] & o[n]
			both.size += bits.OnesCount64(one[n])
		}
		both.blocks[at] = one
	}
	return both
}

// Both is how many are in both.
func (s *Set) Both(other *Set) (n int) {
	for at, b := range s.blocks {
		if o := other.blocks[at]; o != nil {
			for i := range b {
				n += bits.OnesCount64(b[i] & o[i])
			}
		}
	}
	return n
}
