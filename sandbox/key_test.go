package sandbox

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestTheLimitOfAKey counts calls below /api/auth until a pause of more than a
// minute, however long that takes (kaneo-api.md §4.1).
func TestTheLimitOfAKey(t *testing.T) {
	t.Parallel()
	type burst struct {
		wait  time.Duration // before each call
		calls int
	}
	for name, test := range map[string]struct {
		bursts []burst
		last   int // status of one more call
		wait   string
	}{
		"a hundred":                     {[]burst{{0, 99}}, 200, "null"},
		"one too many":                  {[]burst{{0, 100}}, 429, "60000"},
		"no rolling window":             {[]burst{{0, 60}, {40 * time.Second, 1}, {0, 39}, {30 * time.Second, 0}}, 429, "30000"},
		"once every fifty seconds":      {[]burst{{50 * time.Second, 100}, {50 * time.Second, 0}}, 429, "10000"},
		"a minute is no pause":          {[]burst{{0, 100}, {time.Minute, 0}}, 429, "0"},
		"a pause of more than a minute": {[]burst{{0, 100}, {time.Minute + time.Millisecond, 0}}, 200, "null"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVisitor(t)
			key := v.keyOf(v.signUp("ada"))
			for _, b := range test.bursts {
				for range b.calls {
					v.wait(b.wait)
					v.must(v.get(authRoute, key))
				}
				if b.calls == 0 {
					v.wait(b.wait)
				}
			}
			v.want(v.get(authRoute, key), test.last, "details.tryAgainIn", test.wait)
		})
	}
}

func TestALimitedKey(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	token := v.signUp("ada")
	key := v.keyOf(token)
	for range keyCalls {
		v.must(v.send("GET", meRoute, "", "x-api-key", key))
	}
	v.wait(30 * time.Second)
	for range 3 { // refused calls do not extend the wait
		v.want(v.get(authRoute, key), 429, "details.tryAgainIn", "30000")
	}
	v.must(v.get(restRoute, key))
	v.must(v.send("GET", restRoute, "", "x-api-key", key))
	beside := v.send("GET", restRoute, "", "Authorization", "Bearer "+token, "x-api-key", key)
	if beside.status != 401 || beside.body != "Unauthorized" {
		t.Errorf("beside a session: %d %s", beside.status, beside.body)
	}
	v.wait(30*time.Second + time.Millisecond)
	v.must(v.get(authRoute, key))
}

func TestWhatKeysMayBe(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	token := v.signUp("ada")
	long := strings.Repeat("x", 33)
	for name, test := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"nothing said":     {`{}`, 200, "null"},
		"a name too long":  {`{"name":"` + long + `"}`, 400, "INVALID_NAME_LENGTH"},
		"a prefix too":     {`{"prefix":"` + long + `"}`, 400, "INVALID_PREFIX_LENGTH"},
		"a strange prefix": {`{"prefix":"a b"}`, 400, "VALIDATION_ERROR"},
		"a day":            {`{"expiresIn":86400}`, 200, "null"},
		"less than a day":  {`{"expiresIn":86399}`, 400, "EXPIRES_IN_IS_TOO_SMALL"},
		"more than a year": {`{"expiresIn":31536001}`, 400, "EXPIRES_IN_IS_TOO_LARGE"},
		"no time at all":   {`{"expiresIn":0}`, 400, "VALIDATION_ERROR"},
		"permissions":      {`{"permissions":{"task":["read"]}}`, 400, "SERVER_ONLY_PROPERTY"},
		"a limit":          {`{"rateLimitMax":1000}`, 400, "SERVER_ONLY_PROPERTY"},
		"metadata":         {`{"metadata":{"a":1}}`, 400, "METADATA_DISABLED"},
		"for another user": {`{"userId":"x"}`, 401, "UNAUTHORIZED_SESSION"},
	} {
		t.Run(name, func(t *testing.T) {
			v.want(v.post("/api/auth/api-key/create", token, test.body), test.status, "code", test.code)
		})
	}
	v.want(v.post("/api/auth/api-key/create", "", `{}`), 401, "code", "UNAUTHORIZED_SESSION")
}

func TestKeysAreManaged(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	ada, grace := v.signUp("ada"), v.signUp("grace")
	made := v.must(v.post("/api/auth/api-key/create", ada, `{"name":"lab","prefix":"k_"}`))
	id, key := made.get("id"), made.get("key")
	if len(key) != keyLength+2 || made.get("start") != key[:6] {
		t.Errorf("key %d long, start %s", len(key), made.get("start"))
	}
	v.must(v.get(restRoute, key))
	if got := v.must(v.get("/api/auth/api-key/list", ada)); strings.Contains(got.body, key) || got.get("total") != "1" {
		t.Errorf("list: %s", got.body)
	}
	v.want(v.get("/api/auth/api-key/get?id="+id, ada), 200, "name", "lab")
	for _, path := range []string{"update", "delete"} {
		v.want(v.post("/api/auth/api-key/"+path, grace, `{"keyId":"`+id+`"}`), 404, "code", "KEY_NOT_FOUND")
	}
	v.want(v.post("/api/auth/api-key/update", ada, `{"keyId":"`+id+`"}`), 400, "code", "NO_VALUES_TO_UPDATE")
	v.want(v.post("/api/auth/api-key/update", ada, `{"keyId":"`+id+`","enabled":false}`), 200, "enabled", "false")
	v.want(v.get(authRoute, key), 401, "code", "KEY_DISABLED")
	v.want(v.post("/api/auth/api-key/delete", ada, `{"keyId":"`+id+`"}`), 200, "success", "true")
	v.want(v.get(authRoute, key), 401, "code", "INVALID_API_KEY")
}

func TestAScopedKey(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	token := v.signUp("ada")
	key := v.keyOf(token)
	id := v.workspace(token, "acme")
	v.k.ScopeKey(key, map[string][]string{"task": {"read"}})
	got := v.post("/api/project", key, `{"name":"Web","workspaceId":`+strconv.Quote(id)+`,"icon":"","slug":"WEB"}`)
	if got.status != 403 || got.body != "Insufficient API key scope" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// workspace makes one and is its id.
func (v *visitor) workspace(token, slug string) string {
	v.t.Helper()
	return v.must(v.post(organization+"create", token, `{"name":"W `+slug+`","slug":"`+slug+`"}`)).get("id")
}
