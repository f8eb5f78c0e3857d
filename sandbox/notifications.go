package sandbox

import "slices"

func notificationOperations() []operation {
	return []operation{
		{method: get, path: "/api/notification", run: listNotifications},
		{method: post, path: "/api/notification", run: createNotification,
			body: shape{may("title", nullable(text)), may("message", nullable(text)), must("type", text),
				may("eventData", nullable(record)), may("relatedEntityId", text), may("relatedEntityType", text)}},
		{method: patch, path: "/api/notification/{id}/read", run: readNotification},
		{method: patch, path: "/api/notification/read-all", run: readAllNotifications},
		{method: remove, path: "/api/notification/clear-all", run: clearNotifications},
	}
}

// addNotification stores one, unless its kind is muted: then it is nil.
func (k *Kaneo) addNotification(n *notification) *notification {
	if p := k.preferences.get(n.UserID); p != nil && p.mutes(n.Type) {
		return nil
	}
	n.ID, n.CreatedAt, n.UpdatedAt = boardID(), k.now(), k.now()
	return k.notifications.put(n.ID, n)
}

func (k *Kaneo) notificationsOf(userID string) []*notification {
	return k.notifications.where(func(n *notification) bool { return n.UserID == userID })
}

// listNotifications are the newest fifty.
func listNotifications(k *Kaneo, c *call) (any, error) {
	const most = 50
	found := k.notificationsOf(c.caller.user.ID)
	slices.Reverse(found)
	return found[:min(len(found), most)], nil
}

func createNotification(k *Kaneo, c *call) (any, error) {
	in := input[struct {
		Type                               string
		Title, Message                     *string
		EventData                          event
		RelatedEntityID, RelatedEntityType string
	}](c)
	return k.addNotification(&notification{
		UserID: c.caller.user.ID, Type: in.Type, Title: in.Title, Content: in.Message, EventData: in.EventData,
		ResourceID: ref(in.RelatedEntityID), ResourceType: ref(in.RelatedEntityType),
	}), nil
}

func readNotification(k *Kaneo, c *call) (any, error) {
	n := k.notifications.get(c.param("id"))
	if n == nil || n.UserID != c.caller.user.ID {
		return nil, missing("Notification")
	}
	n.IsRead, n.UpdatedAt = true, k.now()
	return n, nil
}

func readAllNotifications(k *Kaneo, c *call) (any, error) {
	for _, n := range k.notificationsOf(c.caller.user.ID) {
		n.IsRead, n.UpdatedAt = true, k.now()
	}
	return succeeded{true}, nil
}

func clearNotifications(k *Kaneo, c *call) (any, error) {
	k.notifications.dropAll(func(n *notification) bool { return n.UserID == c.caller.user.ID })
	return succeeded{true}, nil
}
