package stock

import "errors"

var (
	ErrNotFound = errors.New("no such article")
	ErrExists   = errors.New("article exists")
	ErrStale    = errors.New("article was changed meanwhile")
	ErrFull     = errors.New("warehouse is full")
)

// Article is what the warehouse knows of one SKU.
type Article struct {
	SKU      string
	Name     string
	Quantity int
	Version  int
}

// memory keeps articles by SKU.
type memory struct {
	articles map[string]Article
	room     int
}

func (m *memory) insert(a Article) error {
	if _, ok := m.articles[a.SKU]; ok {
		return ErrExists
	}
	if len(m.articles) >= m.room {
		return ErrFull
	}
	a.Version = 1
	m.articles[a.SKU] = a
	return nil
}

// replace writes an article whose Version is the one that was read.
func (m *memory) replace(a Article) error {
	known, ok := m.articles[a.SKU]
	if !ok {
		return ErrNotFound
	}
	if known.Version != a.Version {
		return ErrStale
	}
	a.Version++
	m.articles[a.SKU] = a
	return nil
}

func (m *memory) get(sku string) (Article, error) {
	a, ok := m.articles[sku]
	if !ok {
		return Article{}, ErrNotFound
	}
	return a, nil
}
