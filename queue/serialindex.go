package queue

import "bytes"

// eachOfSerial shows every entry of a serial, gone or not, in whatever letters it is
// kept: lists spell in small letters what labels print in capitals.
func eachOfSerial(tx *transaction, serial string, look func(Entry)) error {
	if serial == "" {
		return nil
	}
	s := newSpellings(wordPrefix(serial))
	c := in(tx, bucketSerial).Cursor()
	k, _ := c.Seek(s.capital)
	for k != nil {
		same := s.same(k)
		if same < len(s.small) {
			next := s.after(k, same)
			if next == nil {
				return nil
			}
			k, _ = c.Seek(next)
			continue
		}
		if len(k) == len(s.small)+8 {
			e, err := entryBySeq(tx, keySeq(k))
			if err != nil {
				return err
			}
			look(e)
		}
		k, _ = c.Next()
	}
	return nil
}

// spellings are all the ways to write a word in capitals and small letters, in the
// order of an index. Mostly there is one of them in it: from where the others would
// be the cursor skips to the next that could.
type spellings struct{ capital, small []byte }

func newSpellings(word []byte) spellings { return spellings{upper(word), lower(word)} }

// upper and lower change ASCII letters alone, each in its place: no serial has others.
func upper(word []byte) []byte { return shifted(word, 'a', 'z') }
func lower(word []byte) []byte { return shifted(word, 'A', 'Z') }

func shifted(word []byte, from, to byte) []byte {
	word = bytes.Clone(word)
	for i, c := range word {
		if c >= from && c <= to {
			word[i] ^= 'a' - 'A'
		}
	}
	return word
}

// same is how many bytes a key has in common with one of them.
func (s spellings) same(key []byte) int {
	n := 0
	for n < len(s.small) && n < len(key) && (key[n] == s.capital[n] || key[n] == s.small[n]) {
		n++
	}
	return n
}

// after is the least of them that comes after a key which has so many bytes in common
// with one, nil where none does.
func (s spellings) after(key []byte, same int) []byte {
	for at := same; at >= 0; at-- {
		switch {
		case at == len(key) || key[at] < s.capital[at]:
			return s.on(key[:at], s.capital[at])
		case key[at] < s.small[at]:
			return s.on(key[:at], s.small[at])
		}
	}
	return nil
}

// on is the least of them that goes on so.
func (s spellings) on(begins []byte, letter byte) []byte {
	return append(append(bytes.Clone(begins), letter), s.capital[len(begins)+1:]...)
}
