package sandbox

// state is everything an instance remembers. Guarded by Kaneo.mu.
type state struct {
	*accounts
	*boards
}

// accounts is who there is and what they belong to.
type accounts struct {
	users       *table[user]
	sessions    *table[session]
	keys        *table[apiKey]
	devices     *table[deviceCode]
	workspaces  *table[workspace]
	members     *table[member]
	roles       *table[role]
	invitations *table[invitation]
	teams       *table[team]
	codesMinted int // device codes handed out so far
}

// boards is the work itself.
type boards struct {
	projects      *table[project]
	columns       *table[column]
	rules         *table[workflowRule]
	tasks         *table[task]
	labels        *table[label]
	activities    *table[activity]
	relations     *table[relation]
	entries       *table[timeEntry]
	notifications *table[notification]
	preferences   *table[preference] // by user id
	assets        *table[asset]
	fields        *table[customField]
	values        *table[fieldValue] // of custom fields
}

func newState() state {
	return state{
		accounts: &accounts{
			users: newTable[user](), sessions: newTable[session](), keys: newTable[apiKey](),
			devices: newTable[deviceCode](), workspaces: newTable[workspace](), members: newTable[member](),
			roles: newTable[role](), invitations: newTable[invitation](), teams: newTable[team](),
		},
		boards: &boards{
			projects: newTable[project](), columns: newTable[column](), rules: newTable[workflowRule](),
			tasks: newTable[task](), labels: newTable[label](), activities: newTable[activity](),
			relations: newTable[relation](), entries: newTable[timeEntry](), notifications: newTable[notification](),
			preferences: newTable[preference](), assets: newTable[asset](),
			fields: newTable[customField](), values: newTable[fieldValue](),
		},
	}
}
