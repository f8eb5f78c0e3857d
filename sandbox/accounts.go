package sandbox

import "slices"

// accountOperations is everything below /api/auth, and the invitations.
func accountOperations() []operation {
	return slices.Concat(
		signInOperations(), sessionOperations(), keyOperations(), deviceOperations(),
		workspaceOperations(), memberOperations(), inviteOperations(), roleOperations(),
		invitationOperations(),
	)
}
