package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	largest  = 8 << 20 // bytes of an answer
	soon     = 14 * 24 * time.Hour
	clockGap = time.Minute
)

// visit is one look at GET /config, which anybody may read and which only Kaneo answers (kaneo-newer.md §3).
type visit struct {
	base   *url.URL
	proxy  *url.URL // nil: none
	err    error    // there was no answer
	status int
	kaneo  bool
	tls    *tls.ConnectionState
	date   time.Time // of the server's clock; zero: it did not say
}

func (p Patient) visit(ctx context.Context) visit {
	v := visit{base: p.Base}
	got, err := p.get(ctx, "config")
	v.proxy = p.proxyOf()
	if err != nil {
		v.err = err
		return v
	}
	v.status, v.tls = got.status, got.tls
	v.date, _ = http.ParseTime(got.date)
	var in struct {
		Marker *bool `json:"disableRegistration"`
	}
	v.kaneo = got.status == http.StatusOK && json.Unmarshal(got.body, &in) == nil && in.Marker != nil
	return v
}

// answer is what came back.
type answer struct {
	status int
	date   string // the header
	tls    *tls.ConnectionState
	body   []byte
}

// get reads a public page of the API.
func (p Patient) get(ctx context.Context, path string) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Base.JoinPath(path).String(), nil)
	if err != nil {
		return answer{}, err
	}
	response, err := p.HTTP.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, largest))
	return answer{response.StatusCode, response.Header.Get("Date"), response.TLS, body}, err
}

func (p Patient) proxyOf() *url.URL {
	if p.Proxy == nil {
		return nil
	}
	found, err := p.Proxy(&http.Request{URL: p.Base})
	if err != nil {
		return nil
	}
	return found
}

func (v visit) findings(now time.Time) []Finding {
	all := []Finding{v.proxyFinding(), v.address()}
	if v.err != nil {
		return all
	}
	return append(all, v.isKaneo(), v.encryption(now), v.clock(now))
}

func (v visit) proxyFinding() Finding {
	if v.proxy == nil {
		return Finding{"proxy", OK, "none", ""}
	}
	return Finding{"proxy", OK, "requests go through " + v.proxy.Host, ""}
}

func (v visit) address() Finding {
	if v.err == nil {
		return Finding{"address", OK, v.base.String() + " answers", ""}
	}
	cause, remedy := reason(v.err)
	return Finding{"address", Error, fmt.Sprintf("%s cannot be reached: %s", v.base, cause), remedy}
}

// reason is why no answer came, without the address.
func reason(err error) (cause, remedy string) {
	if sent, ok := errors.AsType[*url.Error](err); ok {
		err = sent.Err
	}
	var timeout net.Error
	switch {
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return "its certificate is signed by an authority that is not known here", "name the authority's PEM file in KANEO_CA_FILE"
	case errors.As(err, new(x509.HostnameError)):
		return "its certificate is for another name", "set KANEO_API_URL to the name that the certificate is for"
	case errors.As(err, new(x509.CertificateInvalidError)):
		return "its certificate is not valid, or not any more", "renew it; a wrong clock here has the same effect"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time", "see whether a firewall, a VPN or a proxy is in the way"
	}
	return oneLine(err.Error()), "check KANEO_API_URL, and that Kaneo runs there"
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func (v visit) isKaneo() Finding {
	if v.kaneo {
		return Finding{"kaneo", OK, "it is a Kaneo", ""}
	}
	return Finding{"kaneo", Error, fmt.Sprintf("what answers there is not Kaneo's API (status %d)", v.status),
		"set KANEO_API_URL to the address of the API: where Kaneo's pages are, or the same with another name or port"}
}

// encryption looks at the certificate, which the connection has checked already.
func (v visit) encryption(now time.Time) Finding {
	switch {
	case v.base.Scheme == "http" && loopback(v.base.Hostname()):
		return Finding{"tls", OK, "none: Kaneo is on this machine", ""}
	case v.base.Scheme == "http":
		return Finding{"tls", Warning, "none: everybody on the way can read what is sent",
			"serve Kaneo over https; the browser's sign-in needs it"}
	case v.tls == nil || len(v.tls.PeerCertificates) == 0:
		return Finding{"tls", OK, "the certificate is not known", ""}
	}
	leaf := v.tls.PeerCertificates[0]
	text := fmt.Sprintf("%s, %s; certificate from %s, for %d days more; %d sent", tls.VersionName(v.tls.Version), leaf.Subject.CommonName,
		leaf.Issuer.CommonName, int(leaf.NotAfter.Sub(now).Hours()/24), len(v.tls.PeerCertificates))
	if leaf.NotAfter.Sub(now) < soon {
		return Finding{"tls", Warning, oneLine(text), "renew the certificate"}
	}
	return Finding{"tls", OK, oneLine(text), ""}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// clock compares the clocks, of which Kaneo's is told to the second.
func (v visit) clock(now time.Time) Finding {
	gap := now.Sub(v.date).Round(time.Second)
	switch {
	case v.date.IsZero():
		return Finding{"clock", OK, "the server does not tell its time", ""}
	case gap.Abs() > clockGap && gap > 0:
		return Finding{"clock", Warning, fmt.Sprintf("this machine is %s ahead of the server", gap),
			"set the clock: codes and sessions seem to end too early"}
	case gap.Abs() > clockGap:
		return Finding{"clock", Warning, fmt.Sprintf("this machine is %s behind the server", -gap),
			"set the clock: codes and sessions end earlier than shown"}
	}
	return Finding{"clock", OK, "as the server's", ""}
}
