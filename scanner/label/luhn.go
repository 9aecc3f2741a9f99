package label

// Luhn says whether text is all digits and passes the Luhn check of IMEIs and
// ICCIDs: every second digit from the right is doubled, and the digits of all
// that add up to a multiple of ten.
func Luhn(text string) bool {
	if !digits(text) {
		return false
	}
	sum := 0
	for i := range len(text) {
		digit := int(text[len(text)-1-i] - '0')
		if i%2 == 1 {
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return sum%10 == 0
}
