package sandbox

import (
	"fmt"
	"strings"
	"testing"
)

// acme is a workspace with one member of each role.
type acme struct {
	*visitor
	id    string
	token map[string]string // by role; "outsider" too
}

func newAcme(t *testing.T) acme {
	t.Helper()
	v := newVisitor(t)
	a := acme{v, "", map[string]string{"owner": v.signUp("owner"), "outsider": v.signUp("outsider")}}
	a.id = v.workspace(a.token["owner"], "acme")
	for _, role := range []string{"admin", "member", "viewer"} {
		a.token[role] = v.signUp(role)
		a.join(role, role)
	}
	return a
}

// join invites somebody and accepts for them.
func (a acme) join(name, role string) {
	a.t.Helper()
	id := a.must(a.do("owner", "invite-member", `"email":"%s@example.com","role":"%s"`, name, role)).get("id")
	a.must(a.post(organization+"accept-invitation", a.token[name], `{"invitationId":"`+id+`"}`))
}

// do posts to an organization route as somebody, with the organizationId added.
func (a acme) do(as, route, format string, args ...any) said {
	a.t.Helper()
	return a.post(organization+route, a.token[as], fmt.Sprintf(`{"organizationId":%q,`+format+`}`, append([]any{a.id}, args...)...))
}

func (a acme) memberID(name string) string {
	a.k.mu.Lock()
	defer a.k.mu.Unlock()
	return a.k.memberCalled(a.id, name+"@example.com").ID
}

// codes are what each role is answered; "" is a 200.
type codes map[string]string

// privilege is something that not everybody may do.
type privilege struct {
	do   func(a acme, as string) said
	want codes
}

// checkPrivileges tries each as everybody it names, the weakest first.
func checkPrivileges(t *testing.T, privileges map[string]privilege) {
	t.Helper()
	for name, test := range privileges {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAcme(t)
			for _, as := range []string{"outsider", "viewer", "member", "admin", "owner"} {
				want, asked := test.want[as]
				if !asked {
					continue
				}
				got := test.do(a, as)
				if code := strings.TrimPrefix(got.get("code"), "null"); code != want || (got.status == 200) != (want == "") {
					t.Errorf("as %s: %d %s, want %q", as, got.status, got.body, want)
				}
			}
		})
	}
}

func TestWhoMayRunAWorkspace(t *testing.T) {
	t.Parallel()
	checkPrivileges(t, map[string]privilege{
		"update": {
			func(a acme, as string) said { return a.do(as, "update", `"data":{"description":"d"}`) },
			codes{"owner": "", "admin": "", "member": "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_ORGANIZATION", "viewer": "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_ORGANIZATION", "outsider": "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION"},
		},
		"delete": {
			func(a acme, as string) said { return a.do(as, "delete", `"x":0`) },
			codes{"admin": "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION", "member": "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_ORGANIZATION", "outsider": "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION", "owner": ""},
		},
		"invite": {
			func(a acme, as string) said {
				return a.do(as, "invite-member", `"email":"%s-friend@example.com","role":["viewer","member"]`, as)
			},
			codes{"owner": "", "admin": "", "member": "YOU_ARE_NOT_ALLOWED_TO_INVITE_USERS_TO_THIS_ORGANIZATION", "outsider": "MEMBER_NOT_FOUND"},
		},
		"crown": {
			func(a acme, as string) said {
				return a.do(as, "invite-member", `"email":"king@example.com","role":"owner"`)
			},
			codes{"admin": "YOU_ARE_NOT_ALLOWED_TO_INVITE_A_USER_WITH_THIS_ROLE", "owner": ""},
		},
	})
}

func TestWhoMayRunItsPeople(t *testing.T) {
	t.Parallel()
	checkPrivileges(t, map[string]privilege{
		"promote": {
			func(a acme, as string) said {
				return a.do(as, "update-member-role", `"memberId":%q,"role":"admin"`, a.memberID("viewer"))
			},
			codes{"viewer": "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER", "member": "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER", "admin": "", "outsider": "MEMBER_NOT_FOUND"},
		},
		"dethrone": {
			func(a acme, as string) said {
				return a.do(as, "update-member-role", `"memberId":%q,"role":"viewer"`, a.memberID("owner"))
			},
			codes{"admin": "YOU_ARE_NOT_ALLOWED_TO_UPDATE_THIS_MEMBER", "owner": "YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER"},
		},
		"give an unknown role": {
			func(a acme, as string) said {
				return a.do(as, "update-member-role", `"memberId":%q,"role":"king"`, a.memberID("viewer"))
			},
			codes{"owner": "ROLE_NOT_FOUND"},
		},
		"remove the owner": {
			func(a acme, as string) said {
				return a.do(as, "remove-member", `"memberIdOrEmail":"owner@example.com"`)
			},
			codes{"admin": "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER", "owner": "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER"},
		},
		"remove a member": {
			func(a acme, as string) said {
				return a.do(as, "remove-member", `"memberIdOrEmail":%q`, a.memberID("viewer"))
			},
			codes{"member": "YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER", "admin": ""},
		},
		"make a role": {
			func(a acme, as string) said {
				return a.do(as, "create-role", `"role":"by-%s","permission":{"task":["assign"]}`, as)
			},
			codes{"owner": "", "admin": "", "member": "YOU_ARE_NOT_ALLOWED_TO_CREATE_A_ROLE", "outsider": "YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION"},
		},
		"make a role stronger than oneself": {
			func(a acme, as string) said {
				return a.do(as, "create-role", `"role":"by-%s","permission":{"workspace":["delete"]}`, as)
			},
			codes{"owner": "", "admin": "YOU_ARE_NOT_ALLOWED_TO_CREATE_A_ROLE"},
		},
		"leave": {
			func(a acme, as string) said { return a.do(as, "leave", `"x":0`) },
			codes{"owner": "YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER", "member": "", "outsider": "MEMBER_NOT_FOUND"},
		},
	})
}

func TestReadersOfAWorkspace(t *testing.T) {
	t.Parallel()
	a := newAcme(t)
	for route, refused := range map[string]string{
		"get-full-organization":  "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION",
		"list-members":           "YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION",
		"get-active-member-role": "YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION",
		"list-roles":             "YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION",
		"list-teams":             "YOU_ARE_NOT_ALLOWED_TO_ACCESS_THIS_ORGANIZATION_AS_AN_OWNER",
		"list-invitations":       "null",
	} {
		path := organization + route + "?organizationId=" + a.id
		a.must(a.get(path, a.token["viewer"]))
		a.want(a.get(path, a.token["outsider"]), 403, "code", refused)
		a.want(a.get(path, ""), 401, "code", "UNAUTHORIZED")
	}
}

// TestRolesAreData changes what REST lets a member do by changing the role's row.
func TestRolesAreData(t *testing.T) {
	t.Parallel()
	a := newAcme(t)
	makeProject := func(as string) said {
		return a.post("/api/project", a.token[as], `{"name":"P","workspaceId":"`+a.id+`","icon":"","slug":"P"}`)
	}
	may := func(as string) string {
		return a.must(a.do(as, "has-permission", `"permissions":{"project":["create"]}`)).get("success")
	}
	if got := makeProject("viewer"); got.status != 403 || may("viewer") != "false" {
		t.Errorf("a viewer: %d, may: %s", got.status, may("viewer"))
	}
	a.must(a.do("owner", "update-role", `"roleName":"viewer","data":{"permission":{"project":["create"]}}`))
	if got := makeProject("viewer"); got.status != 200 || may("viewer") != "true" {
		t.Errorf("a viewer who may: %d, may: %s", got.status, may("viewer"))
	}
	a.must(a.do("owner", "update-member-role", `"memberId":%q,"role":["viewer","member"]`, a.memberID("viewer")))
	if got := makeProject("viewer"); got.status != 403 || may("viewer") != "true" {
		t.Errorf("somebody with two roles: %d, may: %s", got.status, may("viewer"))
	}
	a.want(a.do("owner", "delete-role", `"roleName":"viewer"`), 400, "code", "ROLE_IS_ASSIGNED_TO_MEMBERS")
	a.want(a.do("owner", "delete-role", `"roleName":"owner"`), 400, "code", "CANNOT_DELETE_A_PRE_DEFINED_ROLE")
	a.want(a.do("owner", "create-role", `"role":"VIEWER","permission":{}`), 400, "code", "ROLE_NAME_IS_ALREADY_TAKEN")
	a.want(a.do("owner", "create-role", `"role":"x","permission":{"moon":["read"]}`), 400, "code", "INVALID_RESOURCE")
	a.want(a.do("owner", "create-role", `"role":"x","permission":{"task":"read"}`), 400, "message",
		"[body.permission.task] Invalid input: expected array, received string")
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	a := newAcme(t)
	made := a.must(a.do("owner", "invite-member", `"email":"Outsider@example.com","role":"member"`))
	id := made.get("id")
	a.want(made, 200, "email", "outsider@example.com")
	a.want(a.do("owner", "invite-member", `"email":"outsider@example.com","role":"member"`), 400, "code", "USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION")
	a.want(a.do("owner", "invite-member", `"email":"outsider@example.com","role":"member","resend":true`), 200, "id", id)
	a.want(a.do("owner", "invite-member", `"email":"nonsense","role":"member"`), 400, "code", "INVALID_EMAIL")
	a.want(a.get("/api/invitation/"+id, a.token["outsider"]), 200, "valid", "true")
	a.want(a.get(organization+"get-invitation?id="+id, a.token["outsider"]), 200, "organizationName", "W acme")
	answer := `{"invitationId":"` + id + `"}`
	a.want(a.post(organization+"accept-invitation", a.token["viewer"], answer), 403, "code", "YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION")
	a.wait(invitationLife + 1e6)
	a.want(a.send("GET", "/api/invitation/public/"+id, ""), 200, "error", "This invitation has expired")
	a.want(a.post(organization+"accept-invitation", a.token["outsider"], answer), 400, "code", "INVITATION_NOT_FOUND")
	a.want(a.post(organization+"reject-invitation", a.token["outsider"], answer), 200, "invitation.status", "rejected")
	a.want(a.post(organization+"cancel-invitation", a.token["admin"], answer), 200, "status", "canceled")
	a.want(a.post(organization+"cancel-invitation", a.token["member"], answer), 403, "code", "YOU_ARE_NOT_ALLOWED_TO_CANCEL_THIS_INVITATION")
	a.want(a.get(organization+"list-user-invitations", a.token["viewer"]), 403, "code", "EMAIL_VERIFICATION_REQUIRED_FOR_INVITATION")
}

func TestTheActiveWorkspace(t *testing.T) {
	t.Parallel()
	a := newAcme(t)
	active := func(token string) string { return a.get(meRoute, token).get("session.activeOrganizationId") }
	if got := active(a.token["owner"]); got != a.id {
		t.Errorf("after making it: %s", got)
	}
	if got := active(a.tokenOf("viewer")); got != a.id {
		t.Errorf("after signing in: %s", got)
	}
	a.must(a.post(organization+"set-active", a.token["owner"], `{"organizationId":null}`))
	a.want(a.get(organization+"list-members", a.token["owner"]), 400, "code", "NO_ACTIVE_ORGANIZATION")
	a.want(a.get(organization+"get-active-member", a.token["owner"]), 400, "code", "NO_ACTIVE_ORGANIZATION")
	a.want(a.post(organization+"set-active", a.token["owner"], `{"organizationSlug":"acme"}`), 200, "id", a.id)
	a.want(a.get(organization+"get-active-member", a.token["owner"]), 200, "role", "owner")
	a.want(a.post(organization+"set-active", a.token["outsider"], `{"organizationId":"`+a.id+`"}`), 403, "code", "USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION")
	a.want(a.do("owner", "update", `"data":{"slug":"acme","name":"","metadata":{"a":1}}`), 400, "message",
		"[body.data.name] Too small: expected string to have >=1 characters")
}

func TestNamesOfWorkspaces(t *testing.T) {
	t.Parallel()
	v := newVisitor(t)
	token := v.signUp("ada")
	slug := 0
	for name, message := range map[string]string{
		" ":                      "Workspace name is required.",
		strings.Repeat("x", 101): "Workspace name must be 100 characters or fewer.",
		"see www.example.com":    "Workspace name may not contain URLs.",
		"{{name}}":               "Workspace name may not contain HTML or template characters.",
		strings.Repeat("ä", 100): "null",
	} {
		slug++
		got := v.post(organization+"create", token, fmt.Sprintf(`{"name":%q,"slug":"s%d"}`, name, slug))
		if got.get("message") != message {
			t.Errorf("%q: %d %s", name, got.status, got.body)
		}
	}
}

func TestRolesAreFoundAndRenamed(t *testing.T) {
	t.Parallel()
	a := newAcme(t)
	role := organization + "get-role?organizationId=" + a.id
	a.want(a.get(role+"&roleName=viewer", a.token["viewer"]), 200, "role", "viewer")
	id := a.get(role+"&roleName=viewer", a.token["viewer"]).get("id")
	a.want(a.get(role+"&roleId="+id, a.token["viewer"]), 200, "role", "viewer")
	a.want(a.get(role+"&roleName=king", a.token["viewer"]), 400, "code", "ROLE_NOT_FOUND")
	a.want(a.do("admin", "update-role", `"roleName":"king","data":{}`), 400, "code", "ROLE_NOT_FOUND")
	a.want(a.do("admin", "update-role", `"roleName":"viewer","data":{"roleName":"Member"}`), 400, "code", "ROLE_NAME_IS_ALREADY_TAKEN")
	a.want(a.do("admin", "update-role", `"roleName":"viewer","data":{"permission":{"workspace":["delete"]}}`), 403, "code", "YOU_ARE_NOT_ALLOWED_TO_UPDATE_A_ROLE")
	a.want(a.do("admin", "update-role", `"roleName":"viewer","data":{"roleName":"Reader"}`), 200, "roleData.role", "reader")
	a.must(a.do("admin", "update-member-role", `"memberId":%q,"role":"member"`, a.memberID("viewer")))
	a.want(a.do("admin", "delete-role", `"roleName":"reader"`), 200, "success", "true")
	other := organization + "get-active-member-role?organizationSlug=acme&userId="
	a.want(a.get(other+"nobody", a.token["member"]), 403, "code", "YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION")
	a.want(a.get(organization+"list-members?organizationSlug=moon", a.token["member"]), 400, "code", "ORGANIZATION_NOT_FOUND")
}

// TestAVerifiedAddress is a state that no route leads to in an instance without mail.
func TestAVerifiedAddress(t *testing.T) {
	t.Parallel()
	a := newAcme(t)
	a.k.userByEmail("outsider@example.com").EmailVerified = true
	a.must(a.do("owner", "invite-member", `"email":"outsider@example.com","role":"member"`))
	for path, want := range map[string]string{
		"/api/invitation/pending":              `"workspaceName":"W acme"`,
		organization + "list-user-invitations": `"status":"pending"`,
	} {
		if got := a.must(a.get(path, a.token["outsider"])); !strings.Contains(got.body, want) {
			t.Errorf("%s: %s", path, got.body)
		}
	}
	if got := a.must(a.get("/api/invitation/pending", a.keyOf(a.token["outsider"]))); got.body != "[]" {
		t.Errorf("with a key: %s", got.body)
	}
}
