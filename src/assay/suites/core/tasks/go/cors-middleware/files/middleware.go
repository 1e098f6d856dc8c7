package web

import (
	"log"
	"net/http"
	"strings"
)

// Middleware wraps a handler in another one.
type Middleware func(http.Handler) http.Handler

// Chain wraps a handler in several middlewares; the first one is the outermost.
func Chain(handler http.Handler, middlewares ...Middleware) http.Handler {
	for _, wrap := range middlewares {
		handler = wrap(handler)
	}
	return handler
}

// Recover answers a request whose handler panics with status 500.
func Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if caught := recover(); caught != nil {
				log.Printf("panic in %s: %v", r.URL.Path, caught)
				w.WriteHeader(http.StatusInternalServerError)
				w.Write([]byte("internal error"))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// CORS lets pages of other origins read our answers. An origin is given as "https://shop.example", or with
// a star for any subdomains: "https://*.shop.example".
func CORS(origins, methods []string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			origin := r.Header.Get("Origin")
			for _, known := range origins {
				if matches(known, origin) {
					w.Header().Set("Access-Control-Allow-Origin", origin)
					w.Header().Set("Vary", "Origin")
				}
			}
			if r.Method == http.MethodOptions {
				w.Header().Set("Access-Control-Allow-Methods", strings.Join(methods, ", "))
				w.WriteHeader(http.StatusNoContent)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

func matches(known, origin string) bool {
	_, domain, starred := strings.Cut(known, "*.")
	return known == origin || starred && strings.HasSuffix(origin, domain)
}
