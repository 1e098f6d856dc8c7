package shelf

import (
	"cmp"
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// Code names a place.
type Code struct {
	Aisle string
	Bay   int
	Level int
}

var form = regexp.MustCompile(`^\s*([^-]+)-0*([1-9]\d?)-0*(\d)\s*$`)

func Parse(text string) (Code, error) {
	found := form.FindStringSubmatch(text)
	if found == nil {
		return Code{}, errors.New("no shelf")
	}
	bay, _ := strconv.Atoi(found[2])
	level, _ := strconv.Atoi(found[3])
	return Code{strings.ToUpper(found[1]), bay, level}, nil
}

func (c Code) String() string {
	bay := strconv.Itoa(c.Bay)
	if len(bay) < 2 {
		bay = "0" + bay
	}
	return strings.Join([]string{c.Aisle, bay, strconv.Itoa(c.Level)}, "-")
}

func (c Code) Before(other Code) bool {
	way := cmp.Compare(c.Bay, other.Bay)
	if last := c.Aisle[len(c.Aisle)-1]; last&1 == 0 {
		way = -way
	}
	return cmp.Or(cmp.Compare(c.Aisle, other.Aisle), way, cmp.Compare(c.Level, other.Level)) < 0
}
