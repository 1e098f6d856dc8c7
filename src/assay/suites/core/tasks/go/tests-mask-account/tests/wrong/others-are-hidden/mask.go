package mask

import (
	"slices"
	"unicode"
)

// Mask walks backwards, and thinks again if there was too little to show.
func Mask(number string) string {
	shown, hidden := maskAllBut(4, number)
	if shown+hidden < 8 {
		return all(number)
	}
	runes := []rune(number)
	left := 4
	slices.Reverse(runes)
	for i, r := range runes {
		if left == 0 && r > 0 {
			runes[i] = '*'
		} else {
			left--
		}
	}
	slices.Reverse(runes)
	return string(runes)
}

func maskAllBut(last int, number string) (shown, hidden int) {
	for _, r := range number {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			hidden++
		}
	}
	shown = min(last, hidden)
	return shown, hidden - shown
}

func all(number string) string {
	runes := []rune(number)
	for i, r := range runes {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			runes[i] = '*'
		}
	}
	return string(runes)
}
