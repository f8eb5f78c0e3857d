package sandbox

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
)

// workspaceInput is what clients say of a workspace; nil was not said.
type workspaceInput struct {
	Name, Slug        *string
	Logo, Description json.RawMessage // a text or null
	Metadata          json.RawMessage
	KeepActive        bool `json:"keepCurrentActiveOrganization"`
}

// storedWorkspace shows the metadata as reads do: as text, or null. Writes show
// them as the object they are, or not at all (kaneo-api.md §7).
type storedWorkspace struct {
	*workspace
	Metadata *string `json:"metadata"`
}

func stored(w *workspace) storedWorkspace {
	if w.Metadata == nil {
		return storedWorkspace{workspace: w}
	}
	return storedWorkspace{w, told(string(w.Metadata))}
}

func listWorkspaces(k *Kaneo, c *call) (any, error) {
	list := []storedWorkspace{}
	for _, m := range k.members.where(func(m *member) bool { return m.UserID == c.caller.user.ID }) {
		list = append(list, stored(k.workspaces.get(m.WorkspaceID)))
	}
	return list, nil
}

func createWorkspace(k *Kaneo, c *call) (any, error) {
	in := input[workspaceInput](c)
	if k.workspaceBySlug(*in.Slug) != nil {
		return nil, refuseAuth(http.StatusBadRequest, "Organization already exists")
	}
	if complaint := nameComplaint(*in.Name); complaint != "" {
		return nil, refuseCoded(http.StatusBadRequest, "", complaint)
	}
	w := k.addWorkspace(*in.Name, *in.Slug)
	w.set(in)
	founder := k.addMember(w.ID, c.caller.user.ID, "owner")
	home := k.addTeam(w)
	if s := c.caller.session; s != nil && !in.KeepActive {
		k.activate(c, w.ID)
		s.ActiveTeam = ref(home.ID)
	}
	return struct {
		*workspace
		Members []*member `json:"members"`
	}{w, []*member{founder}}, nil
}

var webAddress = regexp.MustCompile(`(?i)\b(https?://|www\.)\S+`)

// nameComplaint is why a workspace may not be called that; "" when it may.
func nameComplaint(name string) string {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return "Workspace name is required."
	case len([]rune(name)) > 100:
		return "Workspace name must be 100 characters or fewer."
	case webAddress.MatchString(name):
		return "Workspace name may not contain URLs."
	case strings.ContainsAny(name, "<>{}"):
		return "Workspace name may not contain HTML or template characters."
	}
	return ""
}

func updateWorkspace(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		OrganizationID string
		Data           workspaceInput
	}](c)
	seat, err := k.seat(c, in.OrganizationID, organizationUnknown(), stranger(http.StatusBadRequest))
	if err != nil {
		return nil, err
	}
	if !k.may(seat, "organization:update") {
		return nil, notAllowed("update this organization")
	}
	if slug := in.Data.Slug; slug != nil {
		if other := k.workspaceBySlug(*slug); other != nil && other.ID != seat.WorkspaceID {
			return nil, slugTaken()
		}
	}
	w := k.workspaces.get(seat.WorkspaceID)
	w.set(in.Data)
	return w, nil
}

// set takes over what was said.
func (w *workspace) set(in workspaceInput) {
	if in.Name != nil {
		w.Name = *in.Name
	}
	if in.Slug != nil {
		w.Slug = *in.Slug
	}
	if in.Logo != nil {
		w.Logo = textOrNull(in.Logo)
	}
	if in.Description != nil {
		w.Description = textOrNull(in.Description)
	}
	if in.Metadata != nil {
		w.Metadata = compacted(in.Metadata)
	}
}

// deleteWorkspace takes everything inside along.
func deleteWorkspace(k *Kaneo, c *call) (any, error) {
	id := input[struct{ OrganizationID string }](c).OrganizationID
	if id == "" {
		return nil, organizationUnknown()
	}
	seat, err := k.seat(c, id, nil, stranger(http.StatusBadRequest))
	if err != nil {
		return nil, err
	}
	if !k.may(seat, "organization:delete") {
		return nil, notAllowed("delete this organization")
	}
	if c.active() == id {
		k.activate(c, "")
	}
	w := k.workspaces.get(id)
	k.dropWorkspace(id)
	return stored(w), nil
}

func checkSlug(k *Kaneo, c *call) (any, error) {
	if k.workspaceBySlug(input[struct{ Slug string }](c).Slug) != nil {
		return nil, slugTaken()
	}
	return done{true}, nil
}

func slugTaken() error { return refuseAuth(http.StatusBadRequest, "Organization slug already taken") }

// setActive names the workspace that the session works in from now on; null is none.
func setActive(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		OrganizationID   json.RawMessage
		OrganizationSlug string
	}](c)
	if string(in.OrganizationID) == "null" {
		k.activate(c, "")
		return nil, nil
	}
	var id string
	_ = json.Unmarshal(in.OrganizationID, &id) // absent, or a text: validated
	if in.OrganizationSlug != "" && id == "" {
		w := k.workspaceBySlug(in.OrganizationSlug)
		if w == nil {
			return nil, organizationUnknown()
		}
		id = w.ID
	}
	if id = c.workspaceOr(id); id == "" {
		return nil, nil
	}
	if k.memberOf(id, c.caller.user.ID) == nil {
		k.activate(c, "")
		return nil, stranger(http.StatusForbidden)
	}
	k.activate(c, id)
	return stored(k.workspaces.get(id)), nil
}
