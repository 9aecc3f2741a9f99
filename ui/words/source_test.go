package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// files parses the Go files of a package without its tests.
func files(t *testing.T, dir string) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	return parsed
}

// constants gives the string constants that a package declares with a type.
func constants[T ~string](t *testing.T, dir, typ string) []T {
	t.Helper()
	var found []T
	for _, spec := range specs[*ast.ValueSpec](files(t, dir), token.CONST) {
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != typ {
			continue
		}
		for _, value := range spec.Values {
			lit, ok := value.(*ast.BasicLit)
			if !ok {
				continue
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, T(text))
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s declares no constant of type %s", dir, typ)
	}
	return found
}

// errorNames gives the exported sentinels and error types of a package.
func errorNames(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	parsed := files(t, dir)
	for _, spec := range specs[*ast.ValueSpec](parsed, token.VAR) {
		for _, name := range spec.Names {
			if strings.HasPrefix(name.Name, "Err") {
				names = append(names, name.Name)
			}
		}
	}
	for _, spec := range specs[*ast.TypeSpec](parsed, token.TYPE) {
		if name := spec.Name.Name; ast.IsExported(name) && strings.HasSuffix(name, "Error") {
			names = append(names, name)
		}
	}
	return names
}

func specs[S ast.Spec](parsed []*ast.File, tok token.Token) []S {
	var found []S
	for _, file := range parsed {
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != tok {
				continue
			}
			for _, spec := range group.Specs {
				if s, ok := spec.(S); ok {
					found = append(found, s)
				}
			}
		}
	}
	return found
}

// enumerated is how many constants a package counts up from iota with a type.
func enumerated(t *testing.T, dir, typ string) int {
	t.Helper()
	count, inside := 0, false
	for _, spec := range specs[*ast.ValueSpec](files(t, dir), token.CONST) {
		if name, ok := spec.Type.(*ast.Ident); ok {
			inside = name.Name == typ
		} else if len(spec.Values) > 0 {
			inside = false
		}
		if inside {
			count += len(spec.Names)
		}
	}
	return count
}
