package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// forwarded are the headers by which a reverse proxy tells what it has seen.
func forwarded() []string {
	return []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"}
}

// guardProxy has requests pass through the configured proxies: nobody else is served, and only they are believed. Without
// any, everybody is served and nobody believed. The machine itself may always ask how the server is: a container does.
// Afterwards r.RemoteAddr and r.Host are the client's.
func guardProxy(proxies []netip.Prefix, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case len(proxies) == 0:
		case within(proxies, r.RemoteAddr):
			believe(proxies, r)
		case !asksItself(r):
			refuse(w, r, http.StatusForbidden, "This server is reached through its reverse proxy only.")
			return
		}
		for _, name := range forwarded() {
			r.Header.Del(name)
		}
		next.ServeHTTP(w, r)
	})
}

// asksItself tells a question for the server's health that comes from its own machine.
func asksItself(r *http.Request) bool {
	route := routeName(r)
	return (route == "/healthz" || route == "/readyz") && fromHere(r)
}

// fromHere tells a connection from loopback, or from the very address that it leads to.
func fromHere(r *http.Request) bool {
	from, ok := parseAddress(r.RemoteAddr)
	to, tcp := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && (from.IsLoopback() || tcp && from == to.AddrPort().Addr().Unmap())
}

// within tells whether an address, with or without a port, is one of the proxies'.
func within(proxies []netip.Prefix, address string) bool {
	ip, ok := parseAddress(address)
	return ok && slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

func parseAddress(text string) (netip.Addr, bool) {
	if withPort, err := netip.ParseAddrPort(text); err == nil {
		return withPort.Addr().Unmap(), true
	}
	ip, err := netip.ParseAddr(text)
	return ip.Unmap(), err == nil
}

// believe takes over what a proxy tells: the last address in its list that is not a proxy's own, since the client may have
// made up those before it, and the host that the client has asked for.
func believe(proxies []netip.Prefix, r *http.Request) {
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		ip, ok := parseAddress(strings.TrimSpace(hop))
		if !ok {
			break
		}
		r.RemoteAddr = ip.String()
		if !within(proxies, r.RemoteAddr) {
			break
		}
	}
	if host := r.Header.Get("X-Forwarded-Host"); host != "" {
		r.Host = host
	}
}
