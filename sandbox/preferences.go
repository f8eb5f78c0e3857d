package sandbox

func preferenceOperations() []operation {
	flags := []string{
		"emailEnabled", "ntfyEnabled", "gotifyEnabled", "webhookEnabled",
		"taskAssignmentEnabled", "taskCommentEnabled", "taskStatusChangeEnabled", "dueDateReminderEnabled",
	}
	wanted := shape{may("dueDateReminderLeadTimeMinutes", between(5, 43200))}
	for _, flag := range flags {
		wanted = append(wanted, may(flag, boolean))
	}
	return []operation{
		{method: get, path: "/api/notification-preferences", run: getPreferences},
		{method: put, path: "/api/notification-preferences", run: putPreferences, body: wanted},
		{method: put, path: "/api/notification-preferences/workspaces/{workspaceId}", run: putWorkspaceRule,
			body: shape{must("isActive", boolean), must("emailEnabled", boolean), must("ntfyEnabled", boolean),
				must("gotifyEnabled", boolean), must("webhookEnabled", boolean),
				must("projectMode", oneOf("all", "selected")), may("selectedProjectIds", list(0, text))}},
		{method: remove, path: "/api/notification-preferences/workspaces/{workspaceId}", run: deleteWorkspaceRule},
	}
}

// preference is what a user wants to be told. Delivery by mail, ntfy, gotify or
// webhook is never set up here.
type preference struct {
	Assignment bool `json:"taskAssignmentEnabled"`
	Comment    bool `json:"taskCommentEnabled"`
	Status     bool `json:"taskStatusChangeEnabled"`
	Reminder   bool `json:"dueDateReminderEnabled"`
	// LeadTime is in minutes.
	LeadTime   int             `json:"dueDateReminderLeadTimeMinutes"`
	Workspaces []workspaceRule `json:"workspaces"`
	CreatedAt  stamp           `json:"createdAt"`
	UpdatedAt  stamp           `json:"updatedAt"`
}

// workspaceRule narrows the preference in one workspace.
type workspaceRule struct {
	ID            string   `json:"id"`
	WorkspaceID   string   `json:"workspaceId"`
	WorkspaceName string   `json:"workspaceName"`
	IsActive      bool     `json:"isActive"`
	Email         bool     `json:"emailEnabled"`
	Ntfy          bool     `json:"ntfyEnabled"`
	Gotify        bool     `json:"gotifyEnabled"`
	Webhook       bool     `json:"webhookEnabled"`
	ProjectMode   string   `json:"projectMode"`
	Projects      []string `json:"selectedProjectIds"`
	CreatedAt     stamp    `json:"createdAt"`
	UpdatedAt     stamp    `json:"updatedAt"`
}

// channels are the ways of delivery, all of them off.
type channels struct {
	EmailAddress    *string `json:"emailAddress"`
	Email           bool    `json:"emailEnabled"`
	Ntfy            bool    `json:"ntfyEnabled"`
	NtfyReady       bool    `json:"ntfyConfigured"`
	NtfyServer      *string `json:"ntfyServerUrl"`
	NtfyTopic       *string `json:"ntfyTopic"`
	NtfyHasToken    bool    `json:"ntfyTokenConfigured"`
	NtfyToken       *string `json:"maskedNtfyToken"`
	Gotify          bool    `json:"gotifyEnabled"`
	GotifyReady     bool    `json:"gotifyConfigured"`
	GotifyServer    *string `json:"gotifyServerUrl"`
	GotifyHasToken  bool    `json:"gotifyTokenConfigured"`
	GotifyToken     *string `json:"maskedGotifyToken"`
	Webhook         bool    `json:"webhookEnabled"`
	WebhookReady    bool    `json:"webhookConfigured"`
	WebhookURL      *string `json:"webhookUrl"`
	WebhookHasToken bool    `json:"webhookSecretConfigured"`
	WebhookSecret   *string `json:"maskedWebhookSecret"`
}

// mutes says whether a kind of notification is not even shown in the app.
func (p *preference) mutes(kind string) bool {
	switch kind {
	case "task_assignee_changed", "task_created":
		return !p.Assignment
	case "task_comment", "task_mention":
		return !p.Comment
	case "task_status_changed":
		return !p.Status
	case "due_date_reminder", "task_overdue":
		return !p.Reminder
	}
	return false
}

// preferenceOf is what a user has set, or the defaults, not yet stored.
func (k *Kaneo) preferenceOf(userID string) *preference {
	if p := k.preferences.get(userID); p != nil {
		return p
	}
	return &preference{Assignment: true, Comment: true, Status: true, Reminder: true, LeadTime: 1440, Workspaces: []workspaceRule{}}
}

// shownPreference hides the address from API keys (kaneo-api.md §3).
func (k *Kaneo) shownPreference(c *call) any {
	var ways channels
	if c.caller.key == nil {
		ways.EmailAddress = &c.caller.user.Email
	}
	return struct {
		channels
		*preference
	}{ways, k.preferenceOf(c.caller.user.ID)}
}

func getPreferences(k *Kaneo, c *call) (any, error) { return k.shownPreference(c), nil }

func putPreferences(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		EmailEnabled, NtfyEnabled, GotifyEnabled, WebhookEnabled bool

		TaskAssignmentEnabled, TaskCommentEnabled, TaskStatusChangeEnabled, DueDateReminderEnabled *bool
		DueDateReminderLeadTimeMinutes                                                             *int
	}](c)
	switch {
	case in.NtfyEnabled:
		return nil, bad("ntfy requires a server URL and topic")
	case in.EmailEnabled || in.GotifyEnabled || in.WebhookEnabled:
		return nil, bad("This delivery channel is not configured")
	}
	p := k.preferenceOf(c.caller.user.ID)
	set(&p.Assignment, in.TaskAssignmentEnabled)
	set(&p.Comment, in.TaskCommentEnabled)
	set(&p.Status, in.TaskStatusChangeEnabled)
	set(&p.Reminder, in.DueDateReminderEnabled)
	set(&p.LeadTime, in.DueDateReminderLeadTimeMinutes)
	p.UpdatedAt = k.now()
	if p.CreatedAt.IsZero() {
		p.CreatedAt = p.UpdatedAt
	}
	k.preferences.put(c.caller.user.ID, p)
	return k.shownPreference(c), nil
}

func putWorkspaceRule(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		IsActive           bool
		ProjectMode        string
		SelectedProjectIDs []string
	}](c)
	w := k.workspaces.get(c.param("workspaceId"))
	if w == nil || k.memberOf(w.ID, c.caller.user.ID) == nil {
		return nil, noAccess()
	}
	rule := workspaceRule{
		ID: boardID(), WorkspaceID: w.ID, WorkspaceName: w.Name, IsActive: in.IsActive,
		ProjectMode: in.ProjectMode, Projects: []string{}, CreatedAt: k.now(), UpdatedAt: k.now(),
	}
	if in.ProjectMode == "selected" {
		if err := k.wantProjects(w.ID, in.SelectedProjectIDs); err != nil {
			return nil, err
		}
		rule.Projects = in.SelectedProjectIDs
	}
	p := k.preferenceOf(c.caller.user.ID)
	p.forget(w.ID)
	p.Workspaces = append(p.Workspaces, rule)
	k.preferences.put(c.caller.user.ID, p)
	return k.shownPreference(c), nil
}

func (k *Kaneo) wantProjects(workspaceID string, ids []string) error {
	if len(ids) == 0 {
		return bad("Select at least one project for selected project mode")
	}
	for _, id := range ids {
		if k.workspaceOfProject(id) != workspaceID {
			return bad("One or more selected projects are invalid")
		}
	}
	return nil
}

// forget drops the rule of a workspace and says whether there was one.
func (p *preference) forget(workspaceID string) bool {
	kept := []workspaceRule{}
	for _, rule := range p.Workspaces {
		if rule.WorkspaceID != workspaceID {
			kept = append(kept, rule)
		}
	}
	found := len(kept) < len(p.Workspaces)
	p.Workspaces = kept
	return found
}

func deleteWorkspaceRule(k *Kaneo, c *call) (any, error) {
	if !k.preferenceOf(c.caller.user.ID).forget(c.param("workspaceId")) {
		return nil, missing("Workspace notification rule")
	}
	return k.shownPreference(c), nil
}
