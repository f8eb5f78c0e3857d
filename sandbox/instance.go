package sandbox

import "time"

func instanceOperations() []operation {
	return []operation{
		{method: get, path: "/api/health", public: true, run: health},
		{method: get, path: "/api/instance/status", public: true, run: instanceStatus},
		{method: get, path: "/api/config", public: true, run: publicConfig},
		{method: get, path: "/api/workspace/{workspaceId}/members", scope: ofPath, run: listPeople},
		{method: get, path: "/api/billing/{workspaceId}", scope: ofPath, run: billing},
	}
}

func health(*Kaneo, *call) (any, error) {
	return struct {
		Status string `json:"status"`
	}{"ok"}, nil
}

func instanceStatus(k *Kaneo, _ *call) (any, error) {
	return struct {
		HasUsers bool `json:"hasUsers"`
		HasAdmin bool `json:"hasAdmin"`
	}{
		HasUsers: k.users.len() > 0,
		HasAdmin: k.users.first(func(u *user) bool { return u.Role == "admin" }) != nil,
	}, nil
}

// instanceConfig is a self-hosted instance with its defaults (kaneo-api.md §8).
type instanceConfig struct {
	DisableRegistration         bool    `json:"disableRegistration"`
	DisablePasswordRegistration bool    `json:"disablePasswordRegistration"`
	DisableEmailOTPSignIn       bool    `json:"disableEmailOtpSignIn"`
	DisableWorkspaceCreation    bool    `json:"disableWorkspaceCreation"`
	IsDemoMode                  bool    `json:"isDemoMode"`
	HasSMTP                     bool    `json:"hasSmtp"`
	HasGithubSignIn             bool    `json:"hasGithubSignIn"`
	HasGoogleSignIn             bool    `json:"hasGoogleSignIn"`
	HasDiscordSignIn            bool    `json:"hasDiscordSignIn"`
	HasCustomOAuth              bool    `json:"hasCustomOAuth"`
	HasGuestAccess              bool    `json:"hasGuestAccess"`
	DisableLoginForm            bool    `json:"disableLoginForm"`
	CustomOAuthAutoLogin        bool    `json:"customOAuthAutoLogin"`
	CustomOAuthLogoutURL        *string `json:"customOAuthLogoutUrl"`
	BillingEnabled              bool    `json:"billingEnabled"`
}

func publicConfig(*Kaneo, *call) (any, error) { return instanceConfig{HasGuestAccess: true}, nil }

// memberView is a member as the people of a workspace are listed: by user id.
type memberView struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Email string  `json:"email"`
	Image *string `json:"image"`
	Role  string  `json:"role"`
}

func listPeople(k *Kaneo, c *call) (any, error) {
	people := []memberView{}
	for _, m := range k.members.where(func(m *member) bool { return m.WorkspaceID == c.workspace }) {
		u := k.users.get(m.UserID)
		people = append(people, memberView{u.ID, u.Name, u.Email, u.Image, m.Role})
	}
	return people, nil
}

// trial is what Kaneo counts from the workspace's start, even where billing is off.
const trial = 14 * 24 * time.Hour

type billingState struct {
	BillingEnabled bool `json:"billingEnabled"`
	Entitlement    struct {
		Active bool   `json:"active"`
		Reason string `json:"reason"`
	} `json:"entitlement"`
	FoundingFree     bool    `json:"foundingFree"`
	TrialEndsAt      stamp   `json:"trialEndsAt"`
	Plan             *string `json:"plan"`
	BillingInterval  *string `json:"billingInterval"`
	Status           *string `json:"status"`
	Seats            int     `json:"seats"`
	CurrentPeriodEnd stamp   `json:"currentPeriodEnd"`
	CanceledAt       stamp   `json:"canceledAt"`
	HasCustomer      bool    `json:"hasCustomer"`
}

func billing(k *Kaneo, c *call) (any, error) {
	state := billingState{Seats: 1}
	state.Entitlement.Active, state.Entitlement.Reason = true, "billing_disabled"
	if w := k.workspaces.get(c.workspace); w != nil {
		state.TrialEndsAt = w.CreatedAt.plus(trial)
	}
	return state, nil
}
