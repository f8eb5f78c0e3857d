package doctor

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Text is one line for each finding, and one more for what to do.
func Text(findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%-8s %-12s %s\n", f.Level, f.Check, f.Text)
		if f.Remedy != "" {
			fmt.Fprintf(&b, "%-21s → %s\n", "", f.Remedy)
		}
	}
	return b.String()
}

// JSON is the same for programs.
func JSON(findings []Finding) ([]byte, error) {
	return json.MarshalIndent(struct {
		OK       bool      `json:"ok"`
		Findings []Finding `json:"findings"`
	}{Well(findings), findings}, "", "  ")
}
