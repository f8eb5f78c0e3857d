package sandbox

import "slices"

// reorderProjects puts the projects of the payload into the places they hold,
// in the order asked for; the others keep their rank.
func reorderProjects(k *Kaneo, c *call) (any, error) {
	existing := k.projectsOf(c.workspace)
	wanted, err := wantedOrder(c, existing)
	if err != nil {
		return nil, err
	}
	next := 0
	for position, p := range existing {
		if slices.Contains(wanted, p.ID) {
			p = k.projects.get(wanted[next])
			next++
		}
		p.Position = position
	}
	return k.projectsOf(c.workspace), nil
}

// wantedOrder are the ids of the payload by position.
func wantedOrder(c *call, existing []*project) ([]string, error) {
	in := input[struct {
		Projects []struct {
			ID       string
			Position int
		}
	}](c)
	slices.SortStableFunc(in.Projects, func(a, b struct {
		ID       string
		Position int
	}) int {
		return a.Position - b.Position
	})
	var wanted []string
	for _, item := range in.Projects {
		if slices.Contains(wanted, item.ID) {
			return nil, bad("Duplicate project ids in reorder payload")
		}
		if !slices.ContainsFunc(existing, func(p *project) bool { return p.ID == item.ID }) {
			return nil, bad("Project " + item.ID + " does not belong to this workspace")
		}
		wanted = append(wanted, item.ID)
	}
	return wanted, nil
}
