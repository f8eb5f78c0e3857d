package auth

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

const (
	longestURL      = 2048
	longestUserCode = 32
)

var (
	errURLCharacters = errors.New("it is empty, too long, or holds spaces, control or other unusual characters")
	errURLForm       = errors.New("it is not a full web address")
	errURLScheme     = errors.New("it is neither https nor on this machine")
	errURLUser       = errors.New("it holds user info, which can disguise the real host")
	errUserCode      = errors.New("the code is not made of a few letters and digits")
)

// pageURL checks the address that a person will be asked to open, because whoever answers for Kaneo chose it: https, or
// http on loopback; plain characters only; no user info.
func pageURL(raw string) (*url.URL, error) {
	if raw == "" || len(raw) > longestURL || !visibleASCII(raw) || strings.ContainsAny(raw, "\\\"<>`") {
		return nil, errURLCharacters
	}
	page, err := url.Parse(raw)
	switch {
	case err != nil || page.Opaque != "" || page.Hostname() == "":
		return nil, errURLForm
	case page.User != nil:
		return nil, errURLUser
	case page.Scheme == "https", page.Scheme == "http" && loopback(page.Hostname()):
		return page, nil
	}
	return nil, errURLScheme
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// completePage is the address with the code in it, built from the plain one when Kaneo left it out (RFC 8628 §3.3.1).
func completePage(code deviceCode) (*url.URL, error) {
	if code.complete != "" {
		return pageURL(code.complete)
	}
	page, err := pageURL(code.verification)
	if err != nil {
		return nil, err
	}
	query := page.Query()
	query.Set("user_code", code.userCode)
	page.RawQuery = query.Encode()
	return page, nil
}

// checkUserCode keeps out what could pass for a sentence in a text that a model reads.
func checkUserCode(code string) error {
	strange := func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	if code == "" || len(code) > longestUserCode || strings.ContainsFunc(code, strange) {
		return errUserCode
	}
	return nil
}

// instanceName is how people know a Kaneo: the address without "/api".
func instanceName(base *url.URL) string {
	return strings.TrimSuffix(strings.TrimSuffix(base.Scheme+"://"+base.Host+base.Path, "/"), "/api")
}
