package label

// GTIN says whether text is a trade number of 8, 12, 13 or 14 digits whose
// last digit is the mod-10 check digit of the others. One random number in ten
// passes, PKIDs among them: failing proves more than passing.
func GTIN(text string) bool {
	switch len(text) {
	case 8, 12, 13, 14:
		return modTen(text)
	default:
		return false
	}
}

// modTen is the check of trade numbers and, over 18 digits, of serial shipping
// container codes. It holds if the digits, weighed 1 3 1 3 … from the right, add
// up to a multiple of ten.
func modTen(text string) bool {
	if !digits(text) {
		return false
	}
	sum := 0
	for i := range len(text) {
		digit := int(text[len(text)-1-i] - '0')
		if i%2 == 1 {
			digit *= 3
		}
		sum += digit
	}
	return sum%10 == 0
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
