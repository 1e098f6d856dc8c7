package hosts

import "testing"

func check(t *testing.T, want bool, pairs [][2]string) {
	t.Helper()
	for _, pair := range pairs {
		if got := Match(pair[0], pair[1]); got != want {
			t.Errorf("Match(%q, %q) = %t", pair[0], pair[1], got)
		}
	}
}

func TestPlainPatterns(t *testing.T) {
	check(t, true, [][2]string{
		{"example.com", "example.com"},
		{"EXAMPLE.com", "example.COM"},
		{"example.com", "example.com."},
		{"localhost", "localhost"},
		{"a-b.c_d", "A-B.C_D"},
	})
	check(t, false, [][2]string{
		{"example.com", "www.example.com"},
		{"www.example.com", "example.com"},
		{"example.com", "example.org"},
		{"example.com", "examplexcom"},
		{"example.com", "example.com.."},
		{"example.com.", "example.com"},
		{"example.com.", "example.com."},
	})
}

func TestStars(t *testing.T) {
	check(t, true, [][2]string{
		{"*.example.com", "www.example.com"},
		{"*.Example.com", "WWW.eXample.com."},
		{"*.a.b.c.d", "x.a.b.c.d"},
		{"*.example.com", "4.example.com"},
		{"*.1.2", "x.1.2"},
	})
	check(t, false, [][2]string{
		{"*.example.com", "example.com"},
		{"*.example.com", "a.b.example.com"},
		{"*.example.com", "wwwexample.com"},
		{"*.example.com", "www.example.org"},
		{"*.com", "example.com"},
		{"*", "localhost"},
		{"*.example.com.", "www.example.com"},
	})
}
