package server

import (
	"crypto/sha256"
	"crypto/subtle"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The guards stand in front of every route, one after the other. Each lets a request through to next or refuses it, and
// none reads the body of a request that another would refuse.

// leftover is how long the body of a request that is refused may take to arrive: its client may read nothing before.
const leftover = time.Second

// refuse answers a request that is not served, in one sentence. The connection is closed when a body is left unread:
// nobody waits for the rest of it.
func refuse(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	if r.ContentLength != 0 {
		w.Header().Set("Connection", "close")
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(leftover)) // not every writer has one
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, sentence, status)
}

// guardOrigin refuses what web pages send, unless their origin is listed. A page cannot leave its origin out, save where it
// is harmless: a request without one is a program's.
func guardOrigin(allowed []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, origin := range r.Header.Values("Origin") {
			if !slices.ContainsFunc(allowed, func(a string) bool { return strings.EqualFold(a, origin) }) {
				refuse(w, r, http.StatusForbidden, "Web pages of this origin may not call this server. Its operator can allow the origin.")
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// guardHost refuses requests that were meant for another name: a page whose name has been rebound to this address
// (DNS rebinding) still sends its own.
func guardHost(allowed []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(allowed, hostname(r.Host)) {
			refuse(w, r, http.StatusForbidden, "This server is not known by the name in the Host header. Its operator can allow the name.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostname is a host without its port, as names are compared.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// guardQuery refuses addresses that carry a secret: addresses end up in logs and histories.
func guardQuery(secret string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if holdsSecret(r.URL, secret) {
			refuse(w, r, http.StatusBadRequest, "Secrets do not belong into an address. Send them in the Authorization header.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func holdsSecret(u *url.URL, secret string) bool {
	for name, values := range u.Query() {
		if isSecretName(name) || secret != "" && strings.Contains(name+" "+strings.Join(values, " "), secret) {
			return true
		}
	}
	return secret != "" && strings.Contains(u.RawQuery, secret)
}

// isSecretName tells the parameters in which programs put secrets (RFC 6750 §2.3 and habit).
func isSecretName(name string) bool {
	switch strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(name)) {
	case "accesstoken", "token", "bearer", "authorization", "secret", "apikey", "key", "xkaneoapikey":
		return true
	}
	return false
}

// guardBearer lets in who knows the secret. An empty one lets in everybody.
func guardBearer(secret string, next http.Handler) http.Handler {
	if secret == "" {
		return next
	}
	want := sha256.Sum256([]byte(secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, ok := bearer(r)
		got := sha256.Sum256([]byte(given)) // of one length, so that the time to compare tells nothing
		if subtle.ConstantTimeCompare(got[:], want[:]) == 1 && ok {
			next.ServeHTTP(w, r)
			return
		}
		challenge := `Bearer realm="kaneo-mcp"`
		if r.Header.Get("Authorization") != "" {
			challenge += `, error="invalid_token"`
		}
		w.Header().Set("WWW-Authenticate", challenge)
		refuse(w, r, http.StatusUnauthorized, "This server wants its secret: send it as \"Authorization: Bearer …\".")
	})
}

// bearer is the credential of a request that has exactly one (RFC 6750 §2.1).
func bearer(r *http.Request) (string, bool) {
	values := r.Header.Values("Authorization")
	if len(values) != 1 {
		return "", false
	}
	scheme, credential, found := strings.Cut(values[0], " ")
	return credential, found && strings.EqualFold(scheme, "Bearer")
}

// guardMedia refuses bodies that are not declared as JSON: those are all that a page can send without asking first. What is
// packed is not unpacked: a small body could become a large one.
func guardMedia(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		packed := r.Header.Get("Content-Encoding")
		switch {
		case r.Method != http.MethodPost:
		case err != nil || media != "application/json":
			refuse(w, r, http.StatusUnsupportedMediaType, "The body must be JSON, with Content-Type: application/json.")
			return
		case packed != "" && !strings.EqualFold(packed, "identity"):
			refuse(w, r, http.StatusUnsupportedMediaType, "The body must come as it is, without a Content-Encoding.")
			return
		}
		next.ServeHTTP(w, r)
	})
}
