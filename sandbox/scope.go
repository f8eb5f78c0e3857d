package sandbox

import "net/http"

// scope finds the workspace a call is about.
type scope func(*Kaneo, *call) (string, error)

// undetermined is what an unknown id of nearly everything answers
// (kaneo-api.md §2, "Not found is mostly 400").
func undetermined() error {
	return refuse(http.StatusBadRequest, "Workspace ID could not be determined")
}

// known turns a looked-up workspace id into a scope's answer.
func known(workspaceID string) (string, error) {
	if workspaceID == "" {
		return "", undetermined()
	}
	return workspaceID, nil
}

// ofQuery takes the workspace from ?workspaceId=.
func ofQuery(_ *Kaneo, c *call) (string, error) { return known(c.query.Get("workspaceId")) }

// ofBody takes it from the body's workspaceId.
func ofBody(_ *Kaneo, c *call) (string, error) { return known(c.named("workspaceId")) }

// ofPath takes it from the path.
func ofPath(_ *Kaneo, c *call) (string, error) { return known(c.param("workspaceId")) }

// ofProject looks up by project id; there is no fallback.
func ofProject(name string) scope {
	return func(k *Kaneo, c *call) (string, error) { return known(k.workspaceOfProject(c.named(name))) }
}

// lookedUp looks up by the id called name and falls back to ?workspaceId=.
func lookedUp(name string, look func(*Kaneo, string) string) scope {
	return func(k *Kaneo, c *call) (string, error) {
		if found := look(k, c.named(name)); found != "" {
			return found, nil
		}
		return ofQuery(k, c)
	}
}

func ofTask(name string) scope { return lookedUp(name, (*Kaneo).workspaceOfTask) }

// named is a path parameter or else a text of the body.
func (c *call) named(name string) string {
	if value := c.param(name); value != "" {
		return value
	}
	value, _ := input[map[string]any](c)[name].(string)
	return value
}

func (k *Kaneo) workspaceOfProject(id string) string {
	if p := k.projects.get(id); p != nil {
		return p.WorkspaceID
	}
	return ""
}

func (k *Kaneo) workspaceOfTask(id string) string {
	if t := k.tasks.get(id); t != nil {
		return k.workspaceOfProject(t.ProjectID)
	}
	return ""
}
