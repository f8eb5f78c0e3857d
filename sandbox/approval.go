package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// approvalPage is the page for people that Kaneo's web app has at /device, in
// its words, without its script. Signing in means saying who one is.
type approvalPage struct {
	Step            string // code, person, decide, end
	Title, Subtitle string
	Alert           string // what went wrong
	Code            string
	People          []*user
	As              string // the id of the person signed in, or asGuest
	Person          string // their name
}

// asGuest stands for an account that is only made when it decides.
const asGuest = "guest"

// handleWeb answers outside /api: the approval page and, for whatever else, the
// web app, so that a wrong base URL looks like success (kaneo-api.md §2).
func (k *Kaneo) handleWeb(r *http.Request, body []byte) reply {
	asked := r.URL.Query()
	switch r.Method + " " + r.URL.Path {
	case "GET /device":
		return codePage(asked.Get("user_code"), "")
	case "GET /device/approve":
		return k.decisionPage(typedCode(asked), asked.Get("as"))
	case "POST /device/approve":
		sent, err := url.ParseQuery(string(body))
		if err != nil {
			return codePage("", "Invalid or expired code")
		}
		return k.decideOnPage(typedCode(sent), sent.Get("as"), sent.Get("decision"))
	}
	if strings.HasPrefix(r.URL.Path, "/.well-known/") {
		return notFound() // the API answers there, not the web app
	}
	return webApp()
}

// typedCode is the code as people write it: with dashes, in small letters.
func typedCode(form url.Values) string {
	return strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(form.Get("user_code")), "-", ""))
}

// codePage asks for the code; alert says why it is asked again.
func codePage(code, alert string) reply {
	return approvalPage{
		Step: "code", Title: "Connect a device", Subtitle: "Enter the code from your CLI or app to continue.",
		Code: code, Alert: alert,
	}.reply()
}

// decisionPage asks who decides, and then for the decision. It changes nothing.
func (k *Kaneo) decisionPage(code, as string) reply {
	if _, fault := k.pendingCode(code); fault != nil {
		return codePage(code, fault.description)
	}
	person := k.personCalled(as)
	if person == "" {
		return approvalPage{
			Step: "person", Title: "Sign in to continue", Code: code,
			Subtitle: "Sign in to approve or deny this device request.",
			People:   k.people(),
		}.reply()
	}
	return approvalPage{
		Step: "decide", Title: "Approve device", Code: code, As: as, Person: person,
		Subtitle: "A device is requesting access to your Kaneo account.",
	}.reply()
}

// people are who has an account of their own; whoever administers the instance
// comes last, having no workspace as a rule.
func (k *Kaneo) people() []*user {
	found := k.users.where(func(u *user) bool { return !u.IsAnonymous })
	administrators := k.users.where(func(u *user) bool { return u.Role == "admin" })
	return append(slices.DeleteFunc(found, func(u *user) bool { return u.Role == "admin" }), administrators...)
}

// personCalled names who is behind an id; "" for nobody.
func (k *Kaneo) personCalled(as string) string {
	if as == asGuest {
		return asGuest
	}
	if u := k.users.get(as); u != nil {
		return u.Name
	}
	return ""
}

// decideOnPage is what the buttons do.
func (k *Kaneo) decideOnPage(code, as, decision string) reply {
	status := map[string]string{"approve": "approved", "deny": "denied"}[decision]
	if _, fault := k.pendingCode(code); fault != nil || status == "" || k.personCalled(as) == "" {
		return k.decisionPage(code, as)
	}
	if fault := k.claimAndDecide(code, k.personSignedIn(as), status); fault != nil {
		return codePage(code, fault.description)
	}
	title := map[string]string{"approved": "Device connected", "denied": "Request cancelled"}[status]
	return approvalPage{Step: "end", Title: title, Subtitle: "Go back to where you came from."}.reply()
}

// personSignedIn is the account of a known person, or a new one for a guest.
func (k *Kaneo) personSignedIn(as string) *user {
	if as == asGuest {
		return k.addGuest()
	}
	return k.users.get(as)
}
