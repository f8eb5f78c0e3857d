package sandbox

import "net/http"

// The refusals that several organization routes share. To them an outsider is a
// different thing each (kaneo-api.md §6).

func organizationUnknown() error { return refuseAuth(http.StatusBadRequest, "Organization not found") }
func noneActive() error          { return refuseAuth(http.StatusBadRequest, "No active organization") }
func memberUnknown() error       { return refuseAuth(http.StatusBadRequest, "Member not found") }
func roleUnknown() error         { return refuseAuth(http.StatusBadRequest, "Role not found") }
func onlyOwner() error {
	return refuseAuth(http.StatusBadRequest, "You cannot leave the organization as the only owner")
}

// stranger is an outsider in the words of the workspace routes.
func stranger(status int) error {
	return refuseAuth(status, "User is not a member of the organization")
}

// notYours is an outsider in the words of the member and role routes.
func notYours() error {
	return refuseAuth(http.StatusForbidden, "You are not a member of this organization")
}

// notAllowed is a member whose role is not enough: "You are not allowed to …".
func notAllowed(to string) error {
	return refuseAuth(http.StatusForbidden, "You are not allowed to "+to)
}
