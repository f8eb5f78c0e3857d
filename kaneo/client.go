package kaneo

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	defaultTimeout  = 30 * time.Second
	defaultInFlight = 8
	defaultAgent    = "kaneo-mcp"
)

// TokenSource knows the credential to call Kaneo with: a session token or an API key.
type TokenSource interface {
	// Token returns the bearer credential for the next request. Its error is returned to the caller unchanged.
	Token(ctx context.Context) (string, error)
	// Refused says that Kaneo does not take token. It returns a credential to try once more, or the error to give to the
	// caller.
	Refused(ctx context.Context, token string) (string, error)
}

// Options say how to reach a Kaneo. Base and Tokens are required.
type Options struct {
	Base      *url.URL      // of the API, from ParseBase
	Tokens    TokenSource   // not asked by Config
	HTTP      *http.Client  // nil is one without options; see NewHTTPClient
	Timeout   time.Duration // of each try, the answer's body included; 0 is 30 seconds
	InFlight  int           // requests at a time; 0 is 8
	UserAgent string        // "" is kaneo-mcp
	Retrying  func()        // is told of each request that is about to be repeated, at any time; nil tells nobody
}

// Client calls one Kaneo. Make it with New.
type Client struct {
	base    string // without a trailing slash
	tokens  TokenSource
	http    *http.Client
	timeout time.Duration
	slots   *semaphore.Weighted
	width   int // how many slots there are
	agent   string
	retried func()
	paged   atomic.Bool // boards come in pages, asked for or not: Kaneo 2.26 and later
}

// New makes a client. Nothing is sent before the first call. Redirects are not followed, whatever o.HTTP would do.
func New(o Options) *Client {
	width := cmp.Or(o.InFlight, defaultInFlight)
	standing := *cmp.Or(o.HTTP, &http.Client{})
	standing.CheckRedirect = stay
	if o.Retrying == nil {
		o.Retrying = func() {}
	}
	return &Client{
		base:    strings.TrimSuffix(o.Base.String(), "/"),
		tokens:  o.Tokens,
		http:    &standing,
		timeout: cmp.Or(o.Timeout, defaultTimeout),
		slots:   semaphore.NewWeighted(int64(width)),
		width:   width,
		agent:   cmp.Or(o.UserAgent, defaultAgent),
		retried: o.Retrying,
	}
}

// signed gives ask the credential, and once more the next one when Kaneo refuses the first.
func (c *Client) signed(ctx context.Context, ask func(token string) error) error {
	token, err := c.tokens.Token(ctx)
	if err != nil {
		return err
	}
	if err = ask(token); KindOf(err) != NotSignedIn {
		return err
	}
	if token, err = c.tokens.Refused(ctx, token); err != nil {
		return err
	}
	return ask(token)
}
