package sandbox

import (
	"encoding/json"
	"math"
	"net/http"
)

// updateColumn changes what is given. The slug stays: it is the status of the
// tasks. Nothing given is a database error.
func updateColumn(k *Kaneo, c *call) (any, error) {
	col := k.columns.get(c.param("id"))
	if col == nil {
		return nil, missing("Column")
	}
	in := input[struct {
		Name        *string
		Icon, Color json.RawMessage
		IsFinal     *bool
	}](c)
	if in.Name == nil && in.Icon == nil && in.Color == nil && in.IsFinal == nil {
		return nil, errStumbled
	}
	set(&col.Name, in.Name)
	set(&col.IsFinal, in.IsFinal)
	setOrClear(&col.Icon, in.Icon)
	setOrClear(&col.Color, in.Color)
	col.UpdatedAt = k.now()
	return col, nil
}

// set changes a field when a value was sent.
func set[T any](field *T, sent *T) {
	if sent != nil {
		*field = *sent
	}
}

// setOrClear changes a field when a text or null was sent.
func setOrClear(field **string, sent json.RawMessage) {
	if sent != nil {
		*field = nil
		_ = json.Unmarshal(sent, field)
	}
}

// reorderColumns takes positions as they come and one by one: what precedes a
// foreign id stays changed.
func reorderColumns(k *Kaneo, c *call) (any, error) {
	projectID := c.param("projectId")
	in := input[struct {
		Columns []struct {
			ID       string
			Position float64
		}
	}](c)
	for _, item := range in.Columns {
		if item.Position != math.Trunc(item.Position) {
			return nil, errStumbled
		}
		col := k.columns.get(item.ID)
		if col == nil || col.ProjectID != projectID {
			return nil, bad("Column " + item.ID + " does not belong to this project")
		}
		col.Position, col.UpdatedAt = int(item.Position), k.now()
	}
	return k.columnsOf(projectID), nil
}

func deleteColumn(k *Kaneo, c *call) (any, error) {
	col := k.columns.get(c.param("id"))
	if col == nil {
		return nil, missing("Column")
	}
	if k.tasks.first(func(t *task) bool { return string(t.ColumnID) == col.ID }) != nil {
		return nil, refuse(http.StatusConflict, "Cannot delete column that contains tasks. Move or delete tasks first.")
	}
	k.rules.dropAll(func(r *workflowRule) bool { return r.ColumnID == col.ID })
	k.columns.drop(col.ID)
	return col, nil
}
