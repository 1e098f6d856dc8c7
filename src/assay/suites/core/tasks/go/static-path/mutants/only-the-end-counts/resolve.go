package static

import (
	"errors"
	"net/url"
	"path"
	"strings"
)

// ErrForbidden is returned for every request that must not reach the disk.
var ErrForbidden = errors.New("forbidden path")

// Resolve maps the path of a request onto a file below root.
func Resolve(root, urlPath string) (string, error) {
	decoded, err := url.PathUnescape(urlPath)
	if err != nil {
		return "", err
	}
	if strings.ContainsAny(decoded, "\\\x00") {
		return "", ErrForbidden
	}
	depth := 0
	for _, segment := range strings.Split(decoded, "/") {
		switch {
		case segment == "" || segment == ".":
		case segment == "..":
			depth--
		case strings.HasPrefix(segment, "."):
			return "", ErrForbidden
		default:
			depth++
		}
	}
	if depth < 0 {
		return "", ErrForbidden
	}
	if decoded == "" || strings.HasSuffix(decoded, "/") {
		decoded += "/index.html"
	}
	return path.Join(root, decoded), nil
}
