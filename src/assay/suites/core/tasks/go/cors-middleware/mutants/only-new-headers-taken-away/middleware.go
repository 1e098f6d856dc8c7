package web

import (
	"log"
	"net/http"
	"slices"
	"strings"
)

// Middleware wraps a handler in another one.
type Middleware func(http.Handler) http.Handler

// Chain wraps a handler in several middlewares; the first one is the outermost.
func Chain(handler http.Handler, middlewares ...Middleware) http.Handler {
	for i := len(middlewares) - 1; i >= 0; i-- {
		handler = middlewares[i](handler)
	}
	return handler
}

// Recover answers a request whose handler panics with status 500.
func Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		outer := w.Header().Clone()
		watched := &watcher{ResponseWriter: w}
		defer func() {
			caught := recover()
			if caught == nil {
				return
			}
			if caught == http.ErrAbortHandler {
				panic(caught)
			}
			log.Printf("panic in %s: %v", r.URL.Path, caught)
			if watched.began {
				return
			}
			for name := range w.Header() {
				if _, known := outer[name]; !known {
					w.Header().Del(name)
				}
			}
			http.Error(w, "internal error", http.StatusInternalServerError)
		}()
		next.ServeHTTP(watched, r)
	})
}

// watcher knows whether the response has begun.
type watcher struct {
	http.ResponseWriter
	began bool
}

func (w *watcher) WriteHeader(status int) {
	w.began = true
	w.ResponseWriter.WriteHeader(status)
}

func (w *watcher) Write(body []byte) (int, error) {
	w.began = true
	return w.ResponseWriter.Write(body)
}

// CORS lets pages of other origins read our answers. An origin is given as "https://shop.example", or with
// a star for any subdomains: "https://*.shop.example".
func CORS(origins, methods []string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add("Vary", "Origin")
			origin := r.Header.Get("Origin")
			allowed := slices.ContainsFunc(origins, func(known string) bool { return matches(known, origin) })
			if allowed {
				w.Header().Set("Access-Control-Allow-Origin", origin)
			}
			asked := r.Header.Get("Access-Control-Request-Method")
			if r.Method != http.MethodOptions || origin == "" || asked == "" {
				next.ServeHTTP(w, r)
				return
			}
			if allowed && slices.Contains(methods, asked) {
				w.Header().Set("Access-Control-Allow-Methods", strings.Join(methods, ", "))
			}
			w.WriteHeader(http.StatusNoContent)
		})
	}
}

func matches(known, origin string) bool {
	before, after, starred := strings.Cut(known, "*")
	if !starred {
		return known == origin
	}
	// The shortest that fits has one letter for the star.
	return len(origin) > len(before)+len(after) && strings.HasPrefix(origin, before) && strings.HasSuffix(origin, after)
}
