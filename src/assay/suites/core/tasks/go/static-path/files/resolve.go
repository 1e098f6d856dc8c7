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
	if !isAllowed(urlPath) {
		return "", ErrForbidden
	}
	decoded, err := url.PathUnescape(urlPath)
	if err != nil {
		return "", err
	}
	if decoded == "" || strings.HasSuffix(decoded, "/") {
		decoded += "/index.html"
	}
	full := path.Join(root, decoded)
	if !strings.HasPrefix(full, root) {
		return "", ErrForbidden
	}
	return full, nil
}
