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
		{"w*.example.com", "www.example.com"},
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

func TestStarsElsewhere(t *testing.T) {
	check(t, false, [][2]string{
		{"www.*.com", "www.example.com"},
		{"www.example.*", "www.example.com"},
		{"*.*.com", "www.example.com"},
		{"w*.example.com", "www.example.com"},
		{"*w.example.com", "www.example.com"},
		{"**.example.com", "www.example.com"},
		{"w*.example.com", "w*.example.com"},
		{"a.*.com", "a.*.com"},
		{"example.*", "example.*"},
	})
}

func TestEmptyLabels(t *testing.T) {
	check(t, false, [][2]string{
		{"", ""},
		{"", "."},
		{"a..b", "a..b"},
		{".a", ".a"},
		{"*.example.com", ".example.com"},
		{"*.a..b", "x.a..b"},
		{"..", ".."},
	})
}

func TestAddresses(t *testing.T) {
	check(t, true, [][2]string{{"127.0.0.1", "127.0.0.1"}, {"10.1", "10.1"}})
	check(t, false, [][2]string{
		{"*.0.0.1", "127.0.0.1"},
		{"*.0.1", "127.0.1"},
		{"127.0.0.1", "127.0.0.2"},
	})
}
