package sandbox

import (
	"net/url"
	"slices"
	"strings"
)

// route is an operation with its path cut at the slashes.
type route struct {
	operation
	parts []string
}

func routesOf(tables ...[]operation) []route {
	var routes []route
	for _, op := range slices.Concat(tables...) {
		routes = append(routes, route{op, strings.Split(op.path, "/")})
	}
	return routes
}

// segments cuts a path; escaped slashes stay inside their segment.
func segments(u *url.URL) []string {
	parts := strings.Split(u.EscapedPath(), "/")
	for i, part := range parts {
		if plain, err := url.PathUnescape(part); err == nil {
			parts[i] = plain
		}
	}
	return parts
}

// match finds the operation and its parameters. Where several routes fit, the
// one with the literal segment earliest wins.
func match(routes []route, method string, path []string) (*operation, map[string]string) {
	var best *route
	for i := range routes {
		r := &routes[i]
		if r.method == method && r.fits(path) && (best == nil || r.moreExact(best)) {
			best = r
		}
	}
	if best == nil {
		return nil, nil
	}
	return &best.operation, best.params(path)
}

// fits also wants every parameter to hold something, so that a trailing slash
// is another path.
func (r *route) fits(path []string) bool {
	return slices.EqualFunc(r.parts, path, func(part, segment string) bool {
		if _, is := param(part); is {
			return segment != ""
		}
		return part == segment
	})
}

func (r *route) moreExact(other *route) bool {
	for i, part := range r.parts {
		_, mine := param(part)
		_, theirs := param(other.parts[i])
		if mine != theirs {
			return theirs
		}
	}
	return false
}

func (r *route) params(path []string) map[string]string {
	params := map[string]string{}
	for i, part := range r.parts {
		if name, is := param(part); is {
			params[name] = path[i]
		}
	}
	return params
}

// param is the name inside "{id}".
func param(part string) (string, bool) {
	name, open := strings.CutPrefix(part, "{")
	name, closed := strings.CutSuffix(name, "}")
	return name, open && closed
}
