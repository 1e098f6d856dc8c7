package mask

import "regexp"

var sign = regexp.MustCompile(`[0-9A-Za-z]`)

// Mask finds the places first.
func Mask(number string) string {
	places := sign.FindAllStringIndex(number, -1)
	if len(places) >= 8 {
		places = places[:len(places)-3]
	}
	masked := ""
	from := 0
	for _, place := range places {
		masked += number[from:place[0]] + "*"
		from = place[1]
	}
	return masked + number[from:]
}
