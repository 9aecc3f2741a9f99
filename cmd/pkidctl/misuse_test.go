package main_test

import (
	"strings"
	"testing"
)

// TestMisuseIsSaidInWords: what is commonly wrong with a command line is exit 2
// and one sentence, in the person's language.
func TestMisuseIsSaidInWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ args, en, fr string }{
		{"", "Not done: a command is missing. See `pkidctl --help`.", "Pas fait : il manque une commande. Voir `pkidctl --help`."},
		{"bogus", "Not done: unknown command “bogus”. See `pkidctl --help`.", "Pas fait : commande inconnue « bogus ». Voir `pkidctl --help`."},
		{"queue bogus", "Not done: unknown command “bogus”. See `pkidctl queue --help`.", "Pas fait : commande inconnue « bogus ». Voir `pkidctl queue --help`."},
		{"queue", "Not done: pkidctl queue needs one of its commands. See its `--help`.", "Pas fait : il manque une commande à pkidctl queue. Voir son `--help`."},
		{"queue list --nope", "Not done: unknown flag --nope. See `pkidctl queue list --help`.", "Pas fait : option inconnue --nope. Voir `pkidctl queue list --help`."},
		{"queue list -z", "Not done: unknown flag -z. See `pkidctl queue list --help`.", "Pas fait : option inconnue -z. Voir `pkidctl queue list --help`."},
		{"queue list --no\x1b[2J", `Not done: unknown flag --no\x1b[2J. See ` + "`pkidctl queue list --help`.", `Pas fait : option inconnue --no\x1b[2J. Voir ` + "`pkidctl queue list --help`."},
		{"queue list --=x", "Not done: unknown flag --=x. See `pkidctl queue list --help`.", "Pas fait : option inconnue --=x. Voir `pkidctl queue list --help`."},
		{"queue list --state", "Not done: --state needs a value.", "Pas fait : il faut une valeur à --state."},
		{"queue list --state sold", "Not done: --state cannot be “sold”. Allowed: held, ready, ", "Pas fait : --state ne peut pas être « sold ». Permis : held, ready, "},
		{"queue list extra", "Not done: the argument “extra” is one too many. Usage: pkidctl queue list [flags]", "Pas fait : l'argument « extra » est de trop. Usage : pkidctl queue list [flags]"},
		{"queue show", "Not done: an argument is missing. Usage: pkidctl queue show ID [flags]", "Pas fait : il manque un argument. Usage : pkidctl queue show ID [flags]"},
		{"queue show a b", "Not done: the argument “b” is one too many. Usage: pkidctl queue show ID [flags]", "Pas fait : l'argument « b » est de trop. Usage : pkidctl queue show ID [flags]"},
		{"decode", "Not done: an argument is missing. Usage: pkidctl decode FILE", "Pas fait : il manque un argument. Usage : pkidctl decode FILE"},
		{"scan", "Not done: one of --stdin, --serial, --camera is missing.", "Pas fait : il manque l'une des options --stdin, --serial, --camera."},
		{"scan --stdin --serial x", "Not done: only one of --stdin, --serial, --camera can be given at a time.", "Pas fait : une seule option à la fois parmi --stdin, --serial, --camera."},
		{"doctor scanner --count x", "Not done: --count cannot be “x”.", "Pas fait : --count ne peut pas être « x »."},
		{"simulate --retry-after x", "Not done: --retry-after cannot be “x”.", "Pas fait : --retry-after ne peut pas être « x »."},
		{"simulate --idempotency x", "Not done: --idempotency cannot be “x”. Allowed: replay|", "Pas fait : --idempotency ne peut pas être « x ». Permis : replay|"},
		{"queue hold x", "Not done: --by is missing.", "Pas fait : il manque --by."},
		{"queue give-up x --by Ana", "Not done: --reason is missing.", "Pas fait : il manque --reason."},
		{"queue hold --by Ana", "Not done: name entries, or use --all, not both.", "Pas fait : nommez des cartons, ou utilisez --all, mais pas les deux."},
		{"remove --by Ana --reason x", "Not done: name entries, or an --order, not both.", "Pas fait : nommez des cartons, ou un --order, mais pas les deux."},
		{"export partner-center", "Not done: export partner-center needs --customer, --out.", "Pas fait : il faut --customer, --out à export partner-center."},
	} {
		for language, want := range map[string]string{"en_GB.UTF-8": tt.en, "fr_FR.UTF-8": tt.fr} {
			t.Run(tt.args+" "+language, func(t *testing.T) {
				t.Parallel()
				got := runIt(t, t.TempDir(), "", []string{"LANG=" + language, "LC_ALL=", "LC_MESSAGES="}, strings.Fields(tt.args)...)
				got.errors = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(got.errors)
				got.want(t, 2, "pkidctl: "+want)
			})
		}
	}
}
