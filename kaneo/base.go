package kaneo

import (
	"errors"
	"net/url"
	"strings"
)

var (
	errBaseScheme = errors.New("the Kaneo URL must start with https:// or http:// and name a host")
	errBaseUser   = errors.New("the Kaneo URL must not contain a user name or password")
	errBaseQuery  = errors.New("the Kaneo URL must not contain a query (?…) or a fragment (#…)")
	errBaseForm   = errors.New("the Kaneo URL is not a URL; it should look like https://kaneo.example")
)

// ParseBase reads the address of a Kaneo as people write it, and returns that of its API:
//
//	https://kaneo.example, https://kaneo.example/, https://kaneo.example/api  ->  https://kaneo.example/api
//	https://example.org/kaneo                                                 ->  https://example.org/kaneo/api
//
// An error is one sentence about what is wrong. It never contains s, which may hold a password.
func ParseBase(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil:
		return nil, errBaseForm
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return nil, errBaseScheme
	case u.User != nil:
		return nil, errBaseUser
	case u.RawQuery != "", u.ForceQuery, u.Fragment != "", strings.HasSuffix(s, "#"):
		return nil, errBaseQuery
	}
	root := strings.TrimRight(u.EscapedPath(), "/")
	root = strings.TrimRight(strings.TrimSuffix(root, "/api"), "/")
	return u.Parse(root + "/api")
}
