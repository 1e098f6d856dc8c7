package shelf

import (
	"fmt"
	"strconv"
	"strings"
)

// Code names a place: an aisle, a bay in it, and a level of that.
type Code struct {
	Aisle string
	Bay   int
	Level int
}

func Parse(text string) (Code, error) {
	parts := strings.Split(strings.TrimSpace(text), "-")
	if len(parts) != 3 || parts[0] == "" {
		return Code{}, fmt.Errorf("%q is no shelf: it should look like B-07-2", text)
	}
	bay, err := strconv.Atoi(parts[1])
	if err != nil || bay < 1 || bay > 99 {
		return Code{}, fmt.Errorf("%q has no bay from 1 to 99", text)
	}
	level, err := strconv.Atoi(parts[2])
	if err != nil || level < 0 || level > 9 {
		return Code{}, fmt.Errorf("%q has no level from 0 to 9", text)
	}
	return Code{strings.ToUpper(parts[0]), bay, level}, nil
}

func (c Code) String() string {
	return fmt.Sprintf("%s-%02d-%d", c.Aisle, c.Bay, c.Level)
}

func (c Code) Before(other Code) bool {
	if c.Aisle != other.Aisle {
		return c.Aisle < other.Aisle
	}
	if c.Bay != other.Bay {
		if c.Aisle[len(c.Aisle)-1]%2 == 0 {
			return c.Bay > other.Bay
		}
		return c.Bay < other.Bay
	}
	return c.Level <= other.Level
}
