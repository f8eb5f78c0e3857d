package sandbox

import "net/http"

// identifyAuth says who calls below /api/auth (kaneo-api.md §3). Nobody is no
// error there; a key that is no good is, and a bearer that is no session counts
// as a key.
func (k *Kaneo) identifyAuth(r *http.Request) (caller, error) {
	token, _ := bearer(r)
	secret := r.Header.Get("x-api-key")
	signedIn := k.sessionCaller(token)
	if secret == "" && signedIn.user == nil && !skipsBearerKeys(r) {
		secret = token
	}
	if secret == "" {
		return signedIn, nil
	}
	key, err := k.claimKey(secret)
	if err != nil {
		return caller{}, err
	}
	return caller{user: k.users.get(key.ReferenceID), key: key}, nil
}

// skipsBearerKeys names the two routes that take a bearer for a session or
// nothing, so that a key as bearer is nobody there.
func skipsBearerKeys(r *http.Request) bool {
	return r.URL.Path == "/api/auth/get-session" || r.URL.Path == "/api/auth/device"
}

// sessionCaller is empty unless the token is that of a live session, which slides.
func (k *Kaneo) sessionCaller(token string) caller {
	s := k.sessionOf(token)
	if s == nil || !k.now().Before(s.ExpiresAt.Time) {
		return caller{}
	}
	slid := k.slide(s)
	return caller{user: k.users.get(s.UserID), session: s, slid: slid}
}
