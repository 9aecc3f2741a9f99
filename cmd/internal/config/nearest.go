package config

import "strings"

// mentionsToken says whether a name can only be meant for the access token.
func mentionsToken(name string) bool { return strings.Contains(strings.ToLower(name), "token") }

// nearest is the candidate that given was probably meant to be, or "". It is
// one that needs few changes of letters.
func nearest(given string, candidates []string) string {
	if len(given) > maxName {
		return ""
	}
	best, least := "", max(1, len(given)/3)+1
	for _, candidate := range candidates {
		if d := distance(strings.ToLower(given), strings.ToLower(candidate)); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance is Levenshtein's, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
