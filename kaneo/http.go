package kaneo

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
)

const idlePerHost = 100 // all requests go to one host, perhaps for many callers; net/http keeps two

// NewHTTPClient makes the client that a Kaneo is best called with: connections are kept, answers compressed, proxies taken
// from the environment. It keeps no cookies, which Kaneo would hold against a client (kaneo-api.md §5), and follows no
// redirects, which Kaneo's API never answers with and which could carry credentials to another host.
//
// caFile names a PEM file of authorities to trust beside the system's; "" adds none.
func NewHTTPClient(caFile string) (*http.Client, error) {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil, errors.New("net/http's default transport has been replaced")
	}
	transport := standard.Clone()
	transport.MaxIdleConnsPerHost = idlePerHost
	transport.Proxy = proxy
	if caFile != "" {
		roots, err := rootsWith(caFile)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Transport: transport, CheckRedirect: stay}, nil
}

var errProxy = errors.New("the proxy address in the environment is not a URL")

// proxy is that of the environment. The standard error quotes its address, which may hold a password.
func proxy(r *http.Request) (*url.URL, error) {
	u, err := http.ProxyFromEnvironment(r)
	if err != nil {
		return nil, errProxy
	}
	return u, nil
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func rootsWith(caFile string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, fmt.Errorf("the CA file can not be read: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("the CA file %s contains no certificate in PEM form", caFile)
	}
	return roots, nil
}
