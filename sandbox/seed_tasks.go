package sandbox

// seedTask is a task of the seed. due is in days from today, "" is none; who is a
// first name.
type seedTask struct {
	title, description    string
	status, priority, who string
	due, labels           string
}

func websiteTasks() []seedTask {
	return []seedTask{
		{"Fix login redirect loop", "Signing in from `/pricing` ends on `/pricing?next=/pricing`.\n\n1. Sign out\n2. Open /pricing\n3. Sign in", "to-do", "urgent", "Grace", "-2", "bug"},
		{"Validate OAuth callback origin", "Compare the whole origin, not a prefix.", "in-progress", "high", "Grace", "1", "bug"},
		{"Redesign the pricing page", "Three plans instead of five.", "in-progress", "medium", "Ada", "10", "feature"},
		{"Collect pricing feedback", "", "in-review", "low", "", "4", ""},
		{"Export invoices as CSV", "Accounting needs it monthly.", "in-review", "high", "Ada", "3", "feature"},
		{"Dark mode for the dashboard", "", "to-do", "medium", "", "14", "feature"},
		{"Speed up the landing page", "Largest contentful paint is 4.1 s on mobile.", "to-do", "high", "Grace", "7", ""},
		{"Replace the cookie banner", "", "to-do", "low", "", "", "chore"},
		{"Broken avatar on mobile", "Seen on a Pixel 8.", "to-do", "medium", "Grace", "0", "bug"},
		{"Write the release notes", "", "to-do", "low", "Ada", "5", "chore"},
		{"Upgrade the CSS framework", "", "in-progress", "low", "", "", "chore"},
		{"Keyboard navigation in menus", "WCAG 2.1.1.", "to-do", "medium", "", "", "feature bug"},
		{"Search forgets the filter", "", "in-review", "medium", "Grace", "-1", "bug"},
		{"Add an imprint", "Legal asked twice.", "done", "high", "Ada", "-10", ""},
		{"Fix the footer links", "", "done", "low", "Grace", "-8", "bug"},
		{"Set up uptime monitoring", "", "done", "medium", "Ada", "", "chore"},
		{"Compress hero images", "", "done", "low", "", "", ""},
		{"Translate the sign-up form", "German and French first.", "to-do", "no-priority", "", "21", "feature"},
		{"Contact form sends twice", "", "in-progress", "urgent", "Ada", "0", "bug"},
		{"Document the deploy", "", "done", "no-priority", "Grace", "", "chore"},
		{"Customer stories section", "", "planned", "low", "", "", "feature"},
		{"Blog with RSS", "", "planned", "no-priority", "", "60", "feature"},
		{"Old newsletter pop-up", "", "archived", "no-priority", "", "", ""},
		{"Compare analytics tools", "", "archived", "low", "Ada", "-30", "chore"},
	}
}

func backendTasks() []seedTask {
	return []seedTask{
		{"Retry failed webhooks", "Exponential, at most six times.", "in-progress", "high", "Grace", "2", "feature"},
		{"Rate limit the public API", "", "to-do", "urgent", "Ada", "-3", ""},
		{"Migrate sessions to Redis", "", "to-do", "medium", "", "12", "chore"},
		{"Deadlock in bulk import", "Two imports of one project at once.", "in-review", "high", "Grace", "0", "bug"},
		{"Audit log for role changes", "", "to-do", "low", "", "", "feature"},
		{"Drop the legacy token table", "", "to-do", "no-priority", "", "30", "chore"},
		{"Nightly backup check", "", "done", "medium", "Ada", "-5", "chore"},
		{"GraphQL spike", "", "archived", "no-priority", "", "", ""},
	}
}
