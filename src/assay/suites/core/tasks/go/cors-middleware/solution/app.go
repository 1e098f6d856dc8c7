package web

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
)

// Response is what a client sees.
type Response struct {
	Status  int
	Headers map[string]string // several values are joined by ", "
	Body    string
}

// Ask sends a request to the shop's API and returns the answer.
func Ask(method, path string, headers map[string]string) Response {
	log.SetOutput(io.Discard)
	request := httptest.NewRequest(method, path, nil)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	api().ServeHTTP(recorder, request)
	response := Response{recorder.Code, map[string]string{}, recorder.Body.String()}
	for name, values := range recorder.Result().Header {
		response.Headers[name] = strings.Join(values, ", ")
	}
	return response
}

// api is the shop's API with all that is around it.
func api() http.Handler {
	cors := CORS([]string{"https://shop.example", "https://*.partner.example"}, []string{"GET", "PUT"})
	return Chain(http.HandlerFunc(handle), cors, Recover, language)
}

func handle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/items":
		w.Header().Add("Vary", "Accept-Encoding")
		io.WriteString(w, `["bolt"]`)
	case "/broken":
		w.Header().Set("Cache-Control", "max-age=600")
		w.Header().Add("Vary", "Accept-Encoding")
		panic("no database")
	case "/half":
		io.WriteString(w, `["bolt",`)
		panic("no database")
	case "/empty":
		w.WriteHeader(http.StatusAccepted)
		panic("no database")
	case "/abort":
		panic(http.ErrAbortHandler)
	case "/methods":
		w.Header().Set("Allow", "GET, OPTIONS")
		w.WriteHeader(http.StatusOK)
	default:
		http.Error(w, "not found", http.StatusNotFound)
	}
}

// language says which language the answer is in.
func language(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Language", "en")
		next.ServeHTTP(w, r)
	})
}
