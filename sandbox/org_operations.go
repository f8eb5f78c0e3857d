package sandbox

const organization = "/api/auth/organization/"

func workspaceOperations() []operation {
	own := shape{must("organizationId", text)}
	return []operation{
		{method: get, path: organization + "list", run: listWorkspaces},
		{
			method: post, path: organization + "create", run: createWorkspace,
			body: append(workspaceShape(must), may("keepCurrentActiveOrganization", boolean)),
		},
		{
			method: post, path: organization + "update", run: updateWorkspace,
			body: shape{must("data", object(workspaceShape(may))), may("organizationId", text)},
		},
		{method: post, path: organization + "delete", body: own, run: deleteWorkspace},
		{method: post, path: organization + "check-slug", body: shape{must("slug", text)}, run: checkSlug},
		{
			method: post, path: organization + "set-active", run: setActive,
			body: shape{may("organizationId", nullable(text)), may("organizationSlug", text)},
		},
		{method: get, path: organization + "get-full-organization", run: fullWorkspace},
		{method: get, path: organization + "list-teams", run: listTeams},
		{
			method: post, path: organization + "has-permission", run: hasPermission,
			body: shape{must("permissions", record), may("organizationId", text)},
		},
	}
}

// workspaceShape is what a workspace is made of and changed with.
func workspaceShape(named func(string, rule) field) shape {
	return shape{
		named("name", sized(1, 0)), named("slug", sized(1, 0)),
		may("logo", nullable(text)), may("description", nullable(text)), may("metadata", record),
	}
}

func memberOperations() []operation {
	return []operation{
		{method: get, path: organization + "list-members", run: organizationMembers},
		{method: get, path: organization + "get-active-member", run: activeMember},
		{method: get, path: organization + "get-active-member-role", run: memberRole},
		{
			method: post, path: organization + "update-member-role", run: updateMemberRole,
			body: shape{must("role", roleNames), must("memberId", text), may("organizationId", text)},
		},
		{
			method: post, path: organization + "remove-member", run: removeMember,
			body: shape{must("memberIdOrEmail", text), may("organizationId", text)},
		},
		{method: post, path: organization + "leave", body: shape{must("organizationId", text)}, run: leave},
	}
}

func inviteOperations() []operation {
	one := shape{must("invitationId", text)}
	return []operation{
		{
			method: post, path: organization + "invite-member", run: invite,
			body: shape{
				must("email", text), must("role", roleNames),
				may("organizationId", text), may("resend", boolean),
			},
		},
		{method: post, path: organization + "cancel-invitation", body: one, run: cancelInvitation},
		{method: post, path: organization + "accept-invitation", body: one, run: acceptInvitation},
		{method: post, path: organization + "reject-invitation", body: one, run: rejectInvitation},
		{method: get, path: organization + "get-invitation", query: shape{must("id", text)}, run: getInvitation},
		{method: get, path: organization + "list-invitations", run: listInvitations},
		{method: get, path: organization + "list-user-invitations", run: listOwnInvitations},
	}
}

func roleOperations() []operation {
	return []operation{
		{method: get, path: organization + "list-roles", run: listRoles},
		{method: get, path: organization + "get-role", run: getRole},
		{
			method: post, path: organization + "create-role", run: createRole,
			body: shape{must("role", text), must("permission", permissions), may("organizationId", text)},
		},
		{
			method: post, path: organization + "update-role", run: updateRole,
			body: shape{
				must("data", object(shape{may("permission", permissions), may("roleName", text)})),
				may("organizationId", text), may("roleName", text), may("roleId", text),
			},
		},
		{
			method: post, path: organization + "delete-role", run: deleteRole,
			body: shape{may("organizationId", text), may("roleName", text), may("roleId", text)},
		},
	}
}
