package sandbox

import "encoding/json"

// The rows of the accounts half (kaneo-api.md §3, §7). Fields without a JSON
// name never leave the instance.

type user struct {
	ID            string  `json:"id"`
	Name          string  `json:"name"`
	Email         string  `json:"email"`
	EmailVerified bool    `json:"emailVerified"`
	Image         *string `json:"image"`
	CreatedAt     stamp   `json:"createdAt"`
	UpdatedAt     stamp   `json:"updatedAt"`
	IsAnonymous   bool    `json:"isAnonymous"`
	Role          string  `json:"role"` // of the instance: "user" or "admin"
	Banned        bool    `json:"banned"`
	BanReason     *string `json:"banReason"`
	BanExpires    stamp   `json:"banExpires"`
	Locale        *string `json:"locale"`
	password      string
}

type session struct {
	ID             string `json:"id"`
	Token          string `json:"token"`
	UserID         string `json:"userId"`
	ExpiresAt      stamp  `json:"expiresAt"`
	CreatedAt      stamp  `json:"createdAt"`
	UpdatedAt      stamp  `json:"updatedAt"`
	IPAddress      string `json:"ipAddress"`
	UserAgent      string `json:"userAgent"`
	ActiveOrg      ref    `json:"activeOrganizationId"`
	ActiveTeam     ref    `json:"activeTeamId"`
	ImpersonatedBy ref    `json:"impersonatedBy"`
}

type apiKey struct {
	ID           string              `json:"id"`
	ConfigID     string              `json:"configId"`
	Name         *string             `json:"name"`
	Start        string              `json:"start"`
	Prefix       *string             `json:"prefix"`
	ReferenceID  string              `json:"referenceId"`
	Enabled      bool                `json:"enabled"`
	RateLimited  bool                `json:"rateLimitEnabled"`
	RateWindow   int                 `json:"rateLimitTimeWindow"` // milliseconds
	RateMax      int                 `json:"rateLimitMax"`
	RequestCount int                 `json:"requestCount"`
	Remaining    *int                `json:"remaining"`
	RefillEvery  *int                `json:"refillInterval"`
	RefillAmount *int                `json:"refillAmount"`
	LastRefillAt stamp               `json:"lastRefillAt"`
	LastRequest  stamp               `json:"lastRequest"`
	ExpiresAt    stamp               `json:"expiresAt"`
	CreatedAt    stamp               `json:"createdAt"`
	UpdatedAt    stamp               `json:"updatedAt"`
	Permissions  map[string][]string `json:"permissions"`
	Metadata     json.RawMessage     `json:"metadata"`
	secret       string
}

type deviceCode struct {
	code, userCode string
	clientID       string
	scope          string
	status         string // pending, approved, denied
	userID         string // who claimed it
	expiresAt      stamp
	polledAt       stamp
}

type workspace struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Slug        string          `json:"slug"`
	Logo        *string         `json:"logo"`
	CreatedAt   stamp           `json:"createdAt"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Description *string         `json:"description"`
}

type member struct {
	ID          string `json:"id"`
	WorkspaceID string `json:"organizationId"`
	UserID      string `json:"userId"`
	Role        string `json:"role"`
	CreatedAt   stamp  `json:"createdAt"`
}

type role struct {
	ID          string              `json:"id"`
	WorkspaceID string              `json:"organizationId"`
	Name        string              `json:"role"`
	Permission  map[string][]string `json:"permission"`
	CreatedAt   stamp               `json:"createdAt"`
	UpdatedAt   stamp               `json:"updatedAt"`
}

type invitation struct {
	ID          string `json:"id"`
	WorkspaceID string `json:"organizationId"`
	Email       string `json:"email"`
	Role        string `json:"role"`
	TeamID      ref    `json:"teamId"`
	Status      string `json:"status"` // pending, accepted, rejected, canceled
	ExpiresAt   stamp  `json:"expiresAt"`
	CreatedAt   stamp  `json:"createdAt"`
	InviterID   string `json:"inviterId"`
}

// team is a group inside a workspace; boards know nothing of it.
type team struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	WorkspaceID string `json:"organizationId"`
	CreatedAt   stamp  `json:"createdAt"`
	UpdatedAt   stamp  `json:"updatedAt"`
}
