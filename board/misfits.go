package board

import "sync"

// misfits collects the projects in which a word of a filter names nothing. Over several projects that is ordinary, since
// each has its own statuses and people: such a project just holds no such task. Only when it fits none of them is the
// word wrong.
type misfits struct {
	mu    sync.Mutex
	count int
	first error
}

// excuse swallows an error that only says that something is not known in one of several projects.
func (m *misfits) excuse(err error, of int) error {
	if !missing(err) || of == 1 {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count++
	if m.first == nil {
		m.first = err
	}
	return nil
}

// verdict is the error of a word that fits no project at all.
func (m *misfits) verdict(of int) error {
	if of > 0 && m.count == of {
		return m.first
	}
	return nil
}
