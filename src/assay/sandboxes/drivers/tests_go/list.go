//go:build ignore

// Writes the main package that runs the tests of a file, its first argument, of the package `tested`. Tests are found
// by their syntax, as `go test` finds them.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

func main() {
	names := tests(os.Args[1])
	fmt.Print("package main\n\nimport (\n\t\"assaytests\"\n\t\"testing\"\n")
	if len(names) > 0 { // what is imported must be used
		fmt.Print("\ttested \"tested\"\n")
	}
	fmt.Print(")\n\nfunc main() {\n\tassaytests.Run([]testing.InternalTest{\n")
	for _, name := range names {
		fmt.Printf("\t\t{Name: %q, F: tested.%s},\n", name, name)
	}
	fmt.Print("\t})\n}\n")
}

func tests(path string) []string {
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var names []string
	for _, declared := range parsed.Decls {
		if function, ok := declared.(*ast.FuncDecl); ok && isTest(function) {
			names = append(names, function.Name.Name)
		}
	}
	return names
}

func isTest(function *ast.FuncDecl) bool {
	rest, named := strings.CutPrefix(function.Name.Name, "Test")
	first, _ := utf8.DecodeRuneInString(rest)
	given := function.Type.Params.List
	if !named || unicode.IsLower(first) || function.Recv != nil || function.Type.TypeParams != nil || len(given) != 1 {
		return false
	}
	pointer, ok := given[0].Type.(*ast.StarExpr)
	if !ok || len(given[0].Names) > 1 {
		return false
	}
	switch of := pointer.X.(type) {
	case *ast.SelectorExpr:
		return of.Sel.Name == "T"
	case *ast.Ident:
		return of.Name == "T"
	}
	return false
}
