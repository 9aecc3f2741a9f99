package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// A size is how many lines something has.
type size struct {
	what  string
	lines int
}

// sizes is everything that was measured.
type sizes struct {
	files, functions     []size // without the tests
	code, test           int    // lines
	exported, documented int    // functions
}

// measure reads every Go file of a tree.
func measure(tree fs.FS) (*sizes, error) {
	var s sizes
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && leftOut(entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		return s.add(name, source)
	})
	return &s, err
}

func leftOut(folder string) bool {
	return folder == "testdata" || folder == "vendor" || len(folder) > 1 && folder[0] == '.'
}

// add measures one file.
func (s *sizes) add(name string, source []byte) error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("parsing: %w", err)
	}
	lines := set.File(file.FileStart).LineCount()
	switch {
	case ast.IsGenerated(file):
		return nil
	case strings.HasSuffix(name, "_test.go"):
		s.test += lines
		return nil
	}
	s.code += lines
	s.files = append(s.files, size{name, lines})
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			s.function(set, f)
		}
	}
	return nil
}

func (s *sizes) function(set *token.FileSet, f *ast.FuncDecl) {
	from, to := set.Position(f.Pos()), set.Position(f.End())
	s.functions = append(s.functions, size{
		fmt.Sprintf("%s:%d %s", from.Filename, from.Line, f.Name.Name),
		to.Line - from.Line + 1,
	})
	if !f.Name.IsExported() || f.Recv != nil && !exportedReceiver(f.Recv.List[0].Type) {
		return
	}
	s.exported++
	if f.Doc.Text() != "" {
		s.documented++
	}
}

// exportedReceiver tells of T, *T, T[K] and *T[K] whether T is exported.
func exportedReceiver(t ast.Expr) bool {
	switch t := t.(type) {
	case *ast.Ident:
		return t.IsExported()
	case *ast.StarExpr:
		return exportedReceiver(t.X)
	case *ast.IndexExpr:
		return exportedReceiver(t.X)
	case *ast.IndexListExpr:
		return exportedReceiver(t.X)
	default:
		return false
	}
}
