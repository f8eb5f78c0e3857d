package auth

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	grantType      = "urn:ietf:params:oauth:grant-type:device_code"
	requestTimeout = 20 * time.Second

	defaultInterval = 5 * time.Second // RFC 8628 §3.5
	longestInterval = time.Minute
	defaultValidity = 30 * time.Minute // Kaneo's (kaneo-api.md §3)
	longestValidity = 24 * time.Hour
	longestSession  = 10 * 365 * 24 * time.Hour
)

// device speaks the endpoints of the device flow and of sign-out. They take JSON only (kaneo-api.md §3).
type device struct {
	base     *url.URL
	clientID string
	http     *http.Client
}

// deviceCode is the answer to the first request. The secret stays in memory.
type deviceCode struct {
	secret          string
	userCode        string
	verification    string
	complete        string
	validity, pause time.Duration
}

type codeAnswer struct {
	DeviceCode   string  `json:"device_code"`
	UserCode     string  `json:"user_code"`
	Verification string  `json:"verification_uri"`
	Complete     string  `json:"verification_uri_complete"`
	ExpiresIn    seconds `json:"expires_in"`
	Interval     seconds `json:"interval"`
}

// requestCode asks for a code (RFC 8628 §3.1). Its error is a *FlowError.
func (d device) requestCode(ctx context.Context) (deviceCode, error) {
	got, err := d.post(ctx, "device/code", "", map[string]string{"client_id": d.clientID})
	if err != nil {
		return deviceCode{}, &FlowError{Reason: Unreachable, Detail: netCause(err)}
	}
	var in codeAnswer
	if got.status == http.StatusOK && got.decode(&in) && in.DeviceCode != "" {
		return deviceCode{
			secret: in.DeviceCode, userCode: in.UserCode, verification: in.Verification, complete: in.Complete,
			validity: in.ExpiresIn.within(defaultValidity, longestValidity),
			pause:    in.Interval.within(defaultInterval, longestInterval),
		}, nil
	}
	return deviceCode{}, got.codeRefusal()
}

// codeRefusal words an answer to the first request that holds no code.
func (a answer) codeRefusal() *FlowError {
	refusal := a.refusal()
	switch {
	case a.status == http.StatusTooManyRequests:
		return &FlowError{Reason: Busy, RetryAfter: max(a.retryAfter, defaultInterval)}
	case a.status >= 500:
		return &FlowError{Reason: Unreachable, Detail: a.statusText()}
	case refusal.code == "invalid_client":
		return &FlowError{Reason: UnknownClient}
	case refusal.said() && a.status != http.StatusNotFound:
		return &FlowError{Reason: Rejected, Detail: refusal.text()}
	}
	return &FlowError{Reason: NotKaneo, Detail: a.statusText()}
}

type tokenAnswer struct {
	AccessToken string  `json:"access_token"`
	ExpiresIn   seconds `json:"expires_in"`
}

// poll is what one question for the token came to.
type poll struct {
	granted session
	pending bool       // not decided
	slower  bool       // asked too soon, or too much load
	failed  bool       // no useful answer: the network, a 5xx, HTML
	ended   *FlowError // Kaneo gave the code up
}

// requestToken asks once whether the code was approved (RFC 8628 §3.4, §3.5).
func (d device) requestToken(ctx context.Context, secret string) poll {
	got, err := d.post(ctx, "device/token", "", map[string]string{
		"grant_type": grantType, "device_code": secret, "client_id": d.clientID,
	})
	if err != nil {
		return poll{failed: true}
	}
	var in tokenAnswer
	if got.status == http.StatusOK && got.decode(&in) && plausibleToken(in.AccessToken) {
		return poll{granted: newSession(in)}
	}
	return got.pollRefusal(secret)
}

func newSession(in tokenAnswer) session {
	fresh := session{Token: in.AccessToken, Obtained: wallClock()}
	if life := in.ExpiresIn.within(0, longestSession); life > 0 {
		fresh.Expires = fresh.Obtained.Add(life)
	}
	return fresh
}

// pollRefusal reads an answer without a token. A running Kaneo says more than its guide: access_denied, invalid_grant
// and VALIDATION_ERROR besides the four of RFC 8628 (kaneo-api.md §3).
func (a answer) pollRefusal(secret string) poll {
	refusal := a.refusal()
	switch refusal.code {
	case "authorization_pending":
		return poll{pending: true}
	case "slow_down":
		return poll{slower: true}
	case "access_denied":
		return poll{ended: &FlowError{Reason: Denied, RetryAfter: coolDown}}
	case "expired_token":
		return poll{ended: &FlowError{Reason: Expired}}
	case "invalid_client":
		return poll{ended: &FlowError{Reason: UnknownClient}}
	}
	switch {
	case a.status == http.StatusTooManyRequests:
		return poll{slower: true}
	case a.status < 400 || a.status >= 500 || !refusal.said():
		return poll{failed: true}
	}
	return poll{ended: &FlowError{Reason: Rejected, Detail: strings.ReplaceAll(refusal.text(), secret, "…")}}
}

// signOut has Kaneo revoke the session: without a JSON body it would answer 415 and revoke nothing (kaneo-api.md §3).
// The answer says why it may live on; empty when it is dead.
func (d device) signOut(ctx context.Context, token string) (untold string) {
	got, err := d.post(ctx, "sign-out", token, map[string]string{})
	switch {
	case err != nil:
		return netCause(err)
	case got.status == http.StatusOK && got.isJSON():
		return ""
	case got.status == http.StatusUnauthorized || got.refusal().code == "INVALID_API_KEY": // it was dead already
		return ""
	}
	return got.statusText()
}
