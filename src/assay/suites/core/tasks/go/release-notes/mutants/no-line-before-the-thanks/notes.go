package notes

import (
	"slices"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"
)

// Change is one entry of the notes.
type Change struct {
	Kind   string // "breaking", "feature", "fix" or anything else
	Scope  string // may be empty
	Text   string
	Issues []int
	By     string
}

// Section is the changes of one kind, under its heading.
type Section struct {
	Title   string
	Changes []Change
}

// page is what the template is given.
type page struct {
	Version  string
	Sections []Section
	Thanks   []string
}

var layout = template.Must(template.New("notes").Funcs(template.FuncMap{
	"upper": upper,
	"list":  list,
}).Parse(`# {{.Version}}
{{range .Sections}}
## {{.Title}}

{{range .Changes}}- {{with .Scope}}{{.}}: {{end}}{{upper .Text}}{{with .Issues}} ({{range $i, $n := .}}{{if $i}}, {{end}}#{{$n}}{{end}}){{end}}
{{end}}{{else}}
No changes.
{{end}}{{with .Thanks}}Thanks to {{list .}}.
{{end}}`))

// upper begins a text with a capital.
func upper(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// list joins names by commas, the last two by "and".
func list(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// Render writes the notes of a version.
func Render(version string, changes []Change) (string, error) {
	var text strings.Builder
	err := layout.Execute(&text, page{version, sections(changes), thanks(changes)})
	return text.String(), err
}

// sections sorts the changes into sections, of which none is empty.
func sections(changes []Change) []Section {
	found := []Section{{Title: "Breaking changes"}, {Title: "Features"}, {Title: "Fixes"}, {Title: "Other"}}
	for _, change := range changes {
		at := slices.Index([]string{"breaking", "feature", "fix"}, change.Kind)
		if at < 0 {
			at = 3
		}
		found[at].Changes = append(found[at].Changes, change)
	}
	return slices.DeleteFunc(found, func(s Section) bool { return len(s.Changes) == 0 })
}

// thanks lists everybody once, sorted.
func thanks(changes []Change) []string {
	var names []string
	for _, change := range changes {
		if change.By != "" {
			names = append(names, change.By)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
