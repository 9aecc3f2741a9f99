package uitest

import (
	"regexp"
	"strings"
	"sync"

	"pkidstation/ui/words"
)

// Pseudo is the tag of a language that nobody speaks: English with accents, 40 %
// longer, in brackets, so that whatever is cut off a text is seen to be.
const Pseudo = "qps"

// longer is how much longer than English it is at least.
const longer = 0.4

// speak gives the words of a language, of Pseudo too.
func speak(tag string) (*words.Words, error) {
	if tag == Pseudo {
		return pseudoWords()
	}
	return words.New(tag)
}

var pseudoWords = sync.OnceValues(func() (*words.Words, error) { return words.Rewritten("en", pseudo) }) //nolint:gochecknoglobals // it does not change

// held are the parts of a text that are no words: placeholders and their actions.
var held = regexp.MustCompile(`\{\{[^}]*\}\}`)

// accents are letters that fonts have and English has not.
var accents = strings.NewReplacer( //nolint:gochecknoglobals // it does not change
	"a", "à", "e", "é", "i", "î", "o", "ö", "u", "ü", "y", "ÿ", "c", "ç", "n", "ñ",
	"A", "Å", "E", "É", "I", "Î", "O", "Ö", "U", "Ü", "C", "Ç", "N", "Ñ",
)

// Longer is what an English text is in the language of Pseudo.
func Longer(text string) string { return pseudo(text) }

// pseudo is a text of the language. Vowels are said twice until it is long enough:
// words get longer as they do in other languages, and lines are broken between them.
// What no vowel makes longer ends in more of it.
func pseudo(text string) string {
	missing := 0
	for _, part := range held.Split(text, -1) {
		missing += int(longer*float64(len([]rune(part))) + 0.999)
	}
	missing = max(missing-2, 0) // the brackets
	var out strings.Builder
	out.WriteString("[")
	at := 0
	for _, place := range append(held.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		out.WriteString(stretch(text[at:place[0]], &missing))
		out.WriteString(text[place[0]:place[1]])
		at = place[1]
	}
	for word := "·"; missing > 0; missing -= len([]rune(word)) {
		out.WriteString(word)
	}
	out.WriteString("]")
	return out.String()
}

// stretch says the vowels of a part twice, for as long as more is missing.
func stretch(part string, missing *int) string {
	var out strings.Builder
	for _, r := range part {
		out.WriteString(accents.Replace(string(r)))
		if *missing > 0 && strings.ContainsRune("aeiouyAEIOUY", r) {
			out.WriteString(accents.Replace(strings.ToLower(string(r))))
			*missing--
		}
	}
	return out.String()
}
