package sandbox

// The rows of the board half (kaneo-api.md §7), as the writes answer them.

type project struct {
	ID          string  `json:"id"`
	WorkspaceID string  `json:"workspaceId"`
	Slug        string  `json:"slug"`
	Icon        *string `json:"icon"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
	CreatedAt   stamp   `json:"createdAt"`
	IsPublic    bool    `json:"isPublic"`
	ArchivedAt  stamp   `json:"archivedAt"`
	LastNumber  int     `json:"lastTaskNumber"`
	Position    int     `json:"position"`
}

type column struct {
	ID        string  `json:"id"`
	ProjectID string  `json:"projectId"`
	Name      string  `json:"name"`
	Slug      string  `json:"slug"`
	Position  int     `json:"position"`
	Icon      *string `json:"icon"`
	Color     *string `json:"color"`
	IsFinal   bool    `json:"isFinal"`
	CreatedAt stamp   `json:"createdAt"`
	UpdatedAt stamp   `json:"updatedAt"`
}

type workflowRule struct {
	ID              string `json:"id"`
	ProjectID       string `json:"projectId"`
	IntegrationType string `json:"integrationType"`
	EventType       string `json:"eventType"`
	ColumnID        string `json:"columnId"`
	CreatedAt       stamp  `json:"createdAt"`
	UpdatedAt       stamp  `json:"updatedAt"`
}

type task struct {
	ID          string  `json:"id"`
	ProjectID   string  `json:"projectId"`
	Position    int     `json:"position"`
	Number      int     `json:"number"`
	UserID      ref     `json:"userId"`
	Title       string  `json:"title"`
	Description *string `json:"description"`
	Status      string  `json:"status"`
	ColumnID    ref     `json:"columnId"`
	Priority    string  `json:"priority"`
	StartDate   stamp   `json:"startDate"`
	DueDate     stamp   `json:"dueDate"`
	CreatedAt   stamp   `json:"createdAt"`
	UpdatedAt   stamp   `json:"updatedAt"`
}

// label is an original (no task) or the copy one task carries.
type label struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Color       string `json:"color"`
	CreatedAt   stamp  `json:"createdAt"`
	UpdatedAt   stamp  `json:"updatedAt"`
	TaskID      ref    `json:"taskId"`
	WorkspaceID ref    `json:"workspaceId"`
}

// activity is one row of a task's history; comments are the ones of type "comment".
type activity struct {
	ID             string  `json:"id"`
	TaskID         string  `json:"taskId"`
	Type           string  `json:"type"`
	CreatedAt      stamp   `json:"createdAt"`
	UpdatedAt      stamp   `json:"updatedAt"`
	UserID         ref     `json:"userId"`
	Content        *string `json:"content"`
	EventData      event   `json:"eventData"`
	ExternalName   *string `json:"externalUserName"`
	ExternalAvatar *string `json:"externalUserAvatar"`
	ExternalSource *string `json:"externalSource"`
	ExternalURL    *string `json:"externalUrl"`
}

// event is what a history row or a notification says beside its type; nil is null.
type event map[string]any

type relation struct {
	ID        string `json:"id"`
	SourceID  string `json:"sourceTaskId"`
	TargetID  string `json:"targetTaskId"`
	Type      string `json:"relationType"` // subtask, blocks, related
	CreatedAt stamp  `json:"createdAt"`
}

type timeEntry struct {
	ID          string  `json:"id"`
	TaskID      string  `json:"taskId"`
	UserID      ref     `json:"userId"`
	Description *string `json:"description"`
	StartTime   stamp   `json:"startTime"`
	EndTime     stamp   `json:"endTime"`
	Duration    *int    `json:"duration"` // seconds
	CreatedAt   stamp   `json:"createdAt"`
	UpdatedAt   stamp   `json:"updatedAt"`
}

type notification struct {
	ID           string  `json:"id"`
	UserID       string  `json:"userId"`
	Title        *string `json:"title"`
	Content      *string `json:"content"`
	Type         string  `json:"type"`
	EventData    event   `json:"eventData"`
	IsRead       bool    `json:"isRead"`
	ResourceID   ref     `json:"resourceId"`
	ResourceType ref     `json:"resourceType"`
	CreatedAt    stamp   `json:"createdAt"`
	UpdatedAt    stamp   `json:"updatedAt"`
}
