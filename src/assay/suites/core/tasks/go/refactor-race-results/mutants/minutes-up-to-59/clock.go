package race

import (
	"fmt"
	"strconv"
	"strings"
)

// parseTime reads “2:03” or “1:02:03” as seconds.
func parseTime(text string) (int, error) {
	fields := strings.Split(text, ":")
	if len(fields) < 2 || len(fields) > 3 {
		return 0, fmt.Errorf("no time: %s", text)
	}
	seconds := 0
	for i, field := range fields {
		number, err := strconv.Atoi(field)
		if err != nil || number < 0 || number > 59 || i > 0 && len(field) != 2 {
			return 0, fmt.Errorf("no time: %s", text)
		}
		seconds = seconds*60 + number
	}
	return seconds, nil
}

// formatTime writes what parseTime reads.
func formatTime(seconds int) string {
	if seconds < 3600 {
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
