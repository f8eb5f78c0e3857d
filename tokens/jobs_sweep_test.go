package tokens_test

// sweepJobs change whatever fits some words. The program shows what would change before it changes more than a few.
func sweepJobs() []job {
	return []job{{
		asks:  "Give Grace what is urgent in WEB and nobody's",
		calls: once("update_tasks", `{"where": {"projects": ["WEB"], "assignees": ["nobody"], "priorities": ["urgent"]}, "assignee": "Grace"}`),
		sets:  []change{{[]that{in("WEB"), open, of(""), ranked("urgent")}, []edit{givenTo("Grace")}}},
	}, {
		asks:  "Push Ada's overdue tasks in WEB back by a week",
		calls: once("update_tasks", `{"where": {"projects": ["WEB"], "assignees": ["Ada"], "overdue": true}, "due": "+1w"}`),
		sets:  []change{{[]that{in("WEB"), of("Ada"), overdue}, []edit{aWeekLater}}},
	}, {
		asks:  "Whatever is overdue in API becomes urgent",
		calls: once("update_tasks", `{"where": {"projects": ["API"], "overdue": true}, "priority": "urgent"}`),
		sets:  []change{{[]that{in("API"), overdue}, []edit{rated("urgent")}}},
	}, {
		asks:  "Ask on the bugs in review in WEB whether they can go live",
		calls: once("update_tasks", `{"where": {"projects": ["WEB"], "statuses": ["in review"], "labels": ["bug"]}, "comment": "Can this go live?"}`),
		sets:  []change{{[]that{in("WEB"), standing("in-review"), labelled("bug")}, []edit{said("Can this go live?")}}},
	}}
}
