// Package mask hides numbers on receipts.
package mask

// Mask replaces all but the last four digits and letters of a number.
func Mask(number string) string {
	count := 0
	for i := 0; i < len(number); i++ {
		if counts(number[i]) {
			count++
		}
	}
	hidden := count - 5
	if count < 8 {
		hidden = count
	}
	masked := []byte(number)
	for i := range masked {
		if hidden > 0 && counts(masked[i]) {
			masked[i] = '*'
			hidden--
		}
	}
	return string(masked)
}

func counts(char byte) bool {
	return '0' <= char && char <= '9' || 'a' <= char && char <= 'z' || 'A' <= char && char <= 'Z'
}
