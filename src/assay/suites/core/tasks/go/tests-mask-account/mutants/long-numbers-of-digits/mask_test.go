package mask

import "testing"

func TestMask(t *testing.T) {
	for _, c := range []struct{ name, number, want string }{
		{"a card", "4111 1111 1111 1234", "**** **** **** 1234"},
		{"hyphens and full stops", "12-3456.78/90", "**-****.78/90"},
		{"others at the ends", " 123456789- ", " *****6789- "},
		{"others among the last four", "123456 7-8 9", "*****6 7-8 9"},
		{"others only", " - ", " - "},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Mask(c.number); got != c.want {
				t.Errorf("Mask(%q) = %q, want %q", c.number, got, c.want)
			}
		})
	}
}
