package sandbox

import (
	"net/http"
	"net/url"
)

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code"

func deviceOperations() []operation {
	decision := shape{must("userCode", text)}
	return []operation{
		{
			method: post, path: "/api/auth/device/code", public: true, run: mintCode,
			body: shape{must("client_id", text), may("user_id", text), may("scope", text)},
		},
		{
			method: post, path: "/api/auth/device/token", public: true, run: pollToken,
			body: shape{must("grant_type", oneOf(deviceGrant)), must("device_code", text), must("client_id", text)},
		},
		{method: get, path: "/api/auth/device", public: true, run: lookUpCode},
		{method: post, path: "/api/auth/device/approve", public: true, body: decision, run: decideAs("approved")},
		{method: post, path: "/api/auth/device/deny", public: true, body: decision, run: decideAs("denied")},
	}
}

type deviceInput struct {
	ClientID   string `json:"client_id"`
	UserID     string `json:"user_id"`
	DeviceCode string `json:"device_code"`
	Scope      string `json:"scope"`
}

// clientAllowed knows the client ids of an instance that names none itself.
func clientAllowed(id string) bool { return id == "kaneo-cli" || id == "kaneo-mcp" }

func mintCode(k *Kaneo, c *call) (any, error) {
	in := input[deviceInput](c)
	if !clientAllowed(in.ClientID) {
		return nil, flowFault{http.StatusBadRequest, "invalid_client", "Invalid client ID"}.refusal()
	}
	minted := k.mint(in)
	page := k.origin(c.Request) + "/device"
	return struct {
		DeviceCode string `json:"device_code"`
		UserCode   string `json:"user_code"`
		Page       string `json:"verification_uri"`
		FilledIn   string `json:"verification_uri_complete"`
		ExpiresIn  int    `json:"expires_in"`
		Interval   int    `json:"interval"`
	}{
		minted.code, minted.userCode, page, page + "?user_code=" + minted.userCode,
		int(codeLife.Seconds()), int(pollPause.Seconds()),
	}, nil
}

func pollToken(k *Kaneo, c *call) (any, error) {
	in := input[deviceInput](c)
	granted, fault := k.poll(in.DeviceCode, in.ClientID)
	if fault != nil {
		return nil, fault.refusal()
	}
	s := k.openSession(granted.userID, c.UserAgent())
	return struct {
		Token   string `json:"access_token"`
		Type    string `json:"token_type"`
		Expires int    `json:"expires_in"`
		Scope   string `json:"scope"`
	}{s.Token, "Bearer", int(sessionLife.Seconds()) - 1, granted.scope}, nil
}

// lookUpCode shows how a code stands and, unlike any decent GET, claims it for
// whoever is signed in. A browser is sent to the page for people instead.
func lookUpCode(k *Kaneo, c *call) (any, error) {
	code := c.query.Get("user_code")
	if c.query.Get("ui") == "1" || c.Header.Get("Sec-Fetch-Dest") == "document" {
		return k.toApprovalPage(c, code), nil
	}
	if !c.query.Has("user_code") {
		return nil, refuseCoded(http.StatusBadRequest, "VALIDATION_ERROR",
			"[query.user_code] Invalid input: expected string, received undefined")
	}
	found, fault := k.codeOf(code)
	if fault != nil {
		return nil, fault.refusal()
	}
	found.claim(c.caller.user)
	return struct {
		UserCode string `json:"user_code"`
		Status   string `json:"status"`
	}{code, found.status}, nil
}

func (k *Kaneo) toApprovalPage(c *call, code string) reply {
	page := k.origin(c.Request) + "/device"
	if code != "" {
		page += "?user_code=" + url.QueryEscape(code)
	}
	return empty(http.StatusFound).with("Location", page)
}

func decideAs(status string) func(*Kaneo, *call) (any, error) {
	return func(k *Kaneo, c *call) (any, error) {
		if c.caller.user == nil {
			return nil, flowFault{http.StatusUnauthorized, "unauthorized", "Authentication required"}.refusal()
		}
		userCode := input[struct{ UserCode string }](c).UserCode
		if fault := k.decide(userCode, c.caller.user, status); fault != nil {
			return nil, fault.refusal()
		}
		return succeeded{true}, nil
	}
}
