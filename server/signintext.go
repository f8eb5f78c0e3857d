package server

import (
	"fmt"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"kaneo-mcp/auth"
)

// authMarker opens the text of a sign-in, and no other text: models go by it.
const authMarker = "AUTH REQUIRED"

// unmarked sets a text off as one that Kaneo's users wrote if it would open with the marker: a project may be called so.
func unmarked(text string) string {
	if len(text) >= len(authMarker) && strings.EqualFold(text[:len(authMarker)], authMarker) {
		return "> " + text
	}
	return text
}

// promptText tells a model, and through it a person, how to sign in, in the words of Kaneo's own page.
func promptText(p auth.Prompt, left time.Duration) string {
	var t strings.Builder
	fmt.Fprintf(&t, "%s: nobody is signed in to Kaneo at %s. Nothing was changed.\n", authMarker, p.Instance)
	t.WriteString("Show this to the user unchanged, stop, and repeat this same call when they say it is done:\n\n")
	fmt.Fprintf(&t, "1. Open this link:\n%s\n", p.URL)
	fmt.Fprintf(&t, "2. The page shows the code %s. Press Continue.\n", p.UserCode)
	t.WriteString("3. Sign in with your own account if asked, not as a guest. Open the link again if you had to create an account.\n")
	t.WriteString("4. Press Approve. When Kaneo says \"Device connected\", come back here.\n")
	t.WriteString(otherHost(p))
	fmt.Fprintf(&t, "\nThe code is valid for %s more. ", minutes(left))
	t.WriteString("Do not open the link yourself, and never ask for a password, key or token. For unattended runs, set KANEO_API_KEY.")
	return t.String()
}

// minutes rounds down, so that the last one is not promised in vain.
func minutes(left time.Duration) string {
	if n := int(left.Minutes()); n > 1 {
		return fmt.Sprintf("%d minutes", n)
	}
	return "a minute"
}

// otherHost names both hosts where the page is not on the API's.
func otherHost(p auth.Prompt) string {
	if !p.OtherHost {
		return ""
	}
	return fmt.Sprintf("The link leads to %s, which the Kaneo at %s names as its web address.\n", p.Host, p.Instance)
}

func declinedText(instance string) string {
	return fmt.Sprintf("SIGN-IN DECLINED: the user said no to signing in to Kaneo at %s. Nothing was changed. "+
		"Do not ask again by yourself. When they want to, any call starts a new sign-in, a minute from now at the earliest.", instance)
}

// dialog is the same for a dialog. One that opens the page needs no link in its text.
func dialog(can surface, p auth.Prompt) mcp.ElicitationParams {
	steps := fmt.Sprintf("The page shows the code %s: press Continue, sign in with your own account if asked, press Approve.", p.UserCode)
	if can == asPage {
		return mcp.ElicitationParams{
			Mode: mcp.ElicitationModeURL, URL: p.URL, ElicitationID: p.Flow,
			Message: fmt.Sprintf("Sign in to Kaneo at %s. %s\n%s", p.Instance, steps, otherHost(p)),
		}
	}
	return mcp.ElicitationParams{
		Mode: mcp.ElicitationModeForm,
		// Form mode wants a schema; there is nothing to fill in.
		RequestedSchema: map[string]any{"type": "object", "properties": map[string]any{}},
		Message: fmt.Sprintf("Sign in to Kaneo at %s: open %s\n%s\n%sAccept here once you have approved.",
			p.Instance, p.URL, steps, otherHost(p)),
	}
}
