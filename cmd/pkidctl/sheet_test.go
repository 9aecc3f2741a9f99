package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSheetRefuses: wrong flags are said and leave no file.
func TestSheetRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	out := filepath.Join(folder, "sheet.pdf")
	for name, tt := range map[string]struct {
		args []string
		say  string
	}{
		"no file":         {nil, "--out"},
		"language":        {[]string{"--out", out, "--lang", "de"}, "en or fr"},
		"paper":           {[]string{"--out", out, "--paper", "a5"}, "a4, letter"},
		"empty badge":     {[]string{"--out", out, "--badge", ""}, "at most 24 characters"},
		"long badge":      {[]string{"--out", out, "--badge", "Marie-Antoinette de Latour"}, "at most 24 characters"},
		"accent":          {[]string{"--out", out, "--badge", "Marie", "--badge", "Léa"}, "“Léa”"},
		"control":         {[]string{"--out", out, "--badge", "a\x1b[31m"}, `“a\x1b[31m”`},
		"product key":     {[]string{"--out", out, "--badge", "VK7JG-NPHTM-C97JM-9MPGT-3V66T"}, "product key"},
		"argument":        {[]string{"--out", out, "sheet"}, "sheet"},
		"badge of a code": {[]string{"--out", out, "--badge", "Marie%PKID%UNDO"}, "at most 24 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := runIt(t, t.TempDir(), "", nil, append([]string{"sheet"}, tt.args...)...)
			got.want(t, 2, tt.say)
			if strings.Contains(got.errors, "VK7JG") || got.out != "" {
				t.Errorf("it said %q, %q", got.out, got.errors)
			}
			if files, err := os.ReadDir(folder); err != nil || len(files) > 0 {
				t.Errorf("it left %v (%v)", files, err)
			}
		})
	}
}

// TestSheetSentences compares what a person reads in both languages.
func TestSheetSentences(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"en_GB.UTF-8": `
Written to a.pdf. Print it at 100~% (actual size), cut along the dashed line, laminate it.
pkidctl: Not written: a.pdf is there already. Choose another name, or add --force.
pkidctl: Not written: folder is no ordinary file. Choose another name.
pkidctl: No badge for “Léa”: a name has at most 24 characters, without accents: letters, digits, space, dot, hyphen, underscore.
`,
		"fr_FR.UTF-8": `
Écrit dans a.pdf. Imprimez-le à 100~% (taille réelle), coupez sur les pointillés, plastifiez.
pkidctl: Non écrit~: a.pdf existe déjà. Choisissez un autre nom, ou ajoutez --force.
pkidctl: Non écrit~: folder n'est pas un fichier ordinaire. Choisissez un autre nom.
pkidctl: Pas de badge pour «~Léa~»~: un nom a au plus 24 caractères, sans accents~: lettres, chiffres, espace, point, tiret, souligné.
`,
	} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			if err := os.Mkdir(filepath.Join(out, "folder"), 0o700); err != nil {
				t.Fatal(err)
			}
			var said strings.Builder
			for _, args := range [][]string{{"a.pdf"}, {"a.pdf"}, {"folder", "--force"}, {"b.pdf", "--badge", "Léa"}} {
				args[0] = filepath.Join(out, args[0])
				got := runIt(t, t.TempDir(), "", []string{"LANG=" + language, "LC_ALL=", "LC_MESSAGES="}, append([]string{"sheet", "--out"}, args...)...)
				said.WriteString(strings.ReplaceAll(got.out+got.errors, out+string(filepath.Separator), ""))
			}
			wantText(t, want, said.String())
		})
	}
}

// TestSheetAskedForItsLanguage needs no data folder, not even a wrong one.
func TestSheetAskedForItsLanguage(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	out := filepath.Join(t.TempDir(), "sheet.pdf")
	runIt(t, data, "", nil, "sheet", "--lang", "fr", "--out", out).want(t, 0)
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("the data folder was made (%v)", err)
	}
}
