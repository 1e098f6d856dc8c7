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
	if !isAllowed(decoded) {
		return "", ErrForbidden
	}
	if decoded == "" || strings.HasSuffix(decoded, "/") {
		decoded += "/index.html"
	}
	return path.Join(root, path.Clean("/"+decoded)), nil
}
