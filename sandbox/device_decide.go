package sandbox

import "fmt"

// Approve decides for a person without the page: it signs in as email, claims
// the code and approves it. The error is Kaneo's own text.
func (k *Kaneo) Approve(userCode, email string) error {
	return k.decideFor(userCode, email, "approved")
}

// Deny is Approve's opposite.
func (k *Kaneo) Deny(userCode, email string) error {
	return k.decideFor(userCode, email, "denied")
}

// DeviceCodes is how many device codes have been handed out so far.
func (k *Kaneo) DeviceCodes() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.codesMinted
}

func (k *Kaneo) decideFor(userCode, email, status string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	u := k.userByEmail(email)
	if u == nil {
		return fmt.Errorf("nobody here has the address %s", email)
	}
	if fault := k.claimAndDecide(userCode, u, status); fault != nil {
		return fault
	}
	return nil
}

// claimAndDecide is what both buttons of the approval page do.
func (k *Kaneo) claimAndDecide(userCode string, u *user, status string) *flowFault {
	if d, fault := k.codeOf(userCode); fault == nil {
		d.claim(u)
	}
	return k.decide(userCode, u, status)
}
