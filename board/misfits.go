package board

import (
	"maps"
	"slices"
	"sync"

	"kaneo-mcp/kaneo"
)

// misfits collects the words of a filter that name nothing in some project. Over several projects that is ordinary,
// since each has its own statuses and people: there just is no such task there. Only when it fits none of them is a
// word wrong.
type misfits struct {
	within []kaneo.Project

	mu sync.Mutex
	// lacking holds what was said about a word by the ids of the projects that do not know it.
	lacking map[string]map[string]error
}

func newMisfits(within []kaneo.Project) *misfits {
	return &misfits{within: within, lacking: make(map[string]map[string]error)}
}

// excuse swallows an error that only says that a word is not known in one of several projects.
type excuse func(word string, err error) error

// strict excuses nothing.
func strict(_ string, err error) error { return err }

func (m *misfits) in(project kaneo.Project) excuse {
	return func(word string, err error) error {
		if !missing(err) || len(m.within) == 1 {
			return err
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.lacking[word] == nil {
			m.lacking[word] = make(map[string]error)
		}
		m.lacking[word][project.ID] = err
		return nil
	}
}

// verdict is the error of a word that fits no project at all.
func (m *misfits) verdict() error {
	for _, word := range slices.Sorted(maps.Keys(m.lacking)) {
		if lacking := m.lacking[word]; len(lacking) == len(m.within) {
			return lacking[m.within[0].ID]
		}
	}
	return nil
}
