package main_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// steady takes out of a text what is another at each run, and shows the
// spaces that must not break: "~" is wide, "_" narrow.
func steady(text string) string {
	text = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`).ReplaceAllString(text, "ID")
	text = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`).ReplaceAllString(text, "DATE")
	text = regexp.MustCompile(`\d\d?(:|\x{a0}h\x{a0})\d\d`).ReplaceAllString(text, "TIME")
	return strings.NewReplacer("\u00a0", "~", "\u202f", "_").Replace(text)
}

// TestSentences compares what a person reads, in both languages, of the same
// work: each verdict, the list, and what can be done with entries.
func TestSentences(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ language, scan, list, acts string }{
		{"en_GB.UTF-8", englishScan, englishList, englishActs}, {"fr_FR.UTF-8", frenchScan, frenchList, frenchActs},
	} {
		t.Run(tt.language, func(t *testing.T) {
			t.Parallel()
			data, out := t.TempDir(), t.TempDir()
			environ := []string{"LANG=" + tt.language, "LC_ALL=", "LC_MESSAGES="}
			wantText(t, tt.scan, runIt(t, data, everyVerdict, environ, "scan", "--stdin", "--customer", "contoso.example", "--order", "BL-1").out)
			wantText(t, tt.list, runIt(t, data, "", environ, "queue", "list").out)
			file := filepath.Join(out, "a.csv")
			var acts strings.Builder
			for _, args := range [][]string{
				{"check"},
				{"queue", "undo", "--by", "Ana"},
				{"queue", "hold", "--all", "--by", "Ana"},
				{"queue", "release", "--all", "--by", "Ana"},
				{"export", "partner-center", "--customer", "contoso.example", "--out", file},
				{"export", "partner-center", "--customer", "contoso.example", "--out", file},
				{"queue", "hold", "nobody", "--by", "Ana"},
				{"queue", "undo", "--by", "Ana"},
				{"upload"},
			} {
				got := runIt(t, data, "", environ, args...)
				acts.WriteString(strings.ReplaceAll(got.errors+got.out, out+string(filepath.Separator), ""))
			}
			wantText(t, tt.acts, acts.String())
		})
	}
}

func wantText(t *testing.T, want, got string) {
	t.Helper()
	lines := strings.Split(steady(got), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), strings.Join(lines, "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

const englishScan = `
Accepted. PKID 3305123456781. Box 1, kept on this station. Next box.
Attached. Serial number: 5CG1234XYZ. Box 1, kept on this station. Next box.
Already seen. Already seen: box 1, TIME. State: Ready to send. Nothing to do. Next box.
Held. 5901234123457: 13 digits, type of code unknown. It could be the product's EAN or a PKID. Scan “This is the PKID” or “This is not the PKID” on the sheet. Without a sheet: tell your supervisor.
Ignored. This is the product's EAN. Text read: 5901234123457 Aim at the PKID code.
Refused. This is a Windows product key. Nothing of it was kept. Do not show it to anybody. Aim at the PKID code.
`

const frenchScan = `
Lu. PKID 3305123456781. Carton 1, gardé sur ce poste. Carton suivant.
Rattaché. Numéro de série~: 5CG1234XYZ. Carton 1, gardé sur ce poste. Carton suivant.
Déjà lu. Déjà lu~: carton 1, TIME. État~: Prêt à envoyer. Rien à faire. Carton suivant.
Bloqué. 5901234123457~: 13 chiffres, type de code inconnu. Ce peut être l'EAN du produit ou un PKID. Lisez «~C'est le PKID~» ou «~Ce n'est pas le PKID~» sur la feuille. Sans feuille~: prévenez le responsable.
Ignoré. Ce code est l'EAN du produit. Texte lu~: 5901234123457 Visez le code PKID.
Refusé. C'est une clé de produit Windows. Rien n'en a été gardé. Ne la montrez à personne. Visez le code PKID.
`

const englishList = `
SEQ  BOX  PKID           SERIAL      CUSTOMER         ORDER  STATE          ID                                    WHY
1    1    3305123456781  5CG1234XYZ  contoso.example  BL-1   Ready to send  ID
2    2    5901234123457              contoso.example  BL-1   Held           ID  Could be the product's EAN instead of a PKID.
`

const frenchList = `
SÉQ  CARTON  PKID           N° DE SÉRIE  CLIENT           BL    ÉTAT            ID                                    MOTIF
1    1       3305123456781  5CG1234XYZ   contoso.example  BL-1  Prêt à envoyer  ID
2    2       5901234123457               contoso.example  BL-1  Bloqué          ID  Peut être l'EAN du produit au lieu d'un PKID.
`

const englishActs = `
The queue is sound: structure, indexes and audit chain agree.
Undone: box 2, PKID 5901234123457
pkidctl: This station has no supervisor yet: pkidctl acts as supervisor.
1 box done.
pkidctl: This station has no supervisor yet: pkidctl acts as supervisor.
1 box done.
1 device written to a.csv. Upload the file on the Partner Center web site.
On the Partner Center web site (its screens may have changed):
  1. Sign in with an account that is Sales agent or Admin agent.
  2. Customers › contoso.example › Devices › Apply profiles to devices › Add devices.
  3. Group name: these boxes have no group tag. Ask your supervisor for the customer's; do not invent one.
  4. Browse: choose a.csv. Do not open it in a spreadsheet, which would damage the PKIDs.
  5. Upload, and wait until the site has answered for each device. Note the refused ones with their codes.
  6. Then say here what the site took: pkidctl export confirm a.csv --by NAME (for a refused one: --refused PKID=CODE).
Nothing is ready for this customer. No file was written.
pkidctl: This station has no supervisor yet: pkidctl acts as supervisor.
pkidctl: Not done: there is no such box. Refresh the list.
pkidctl: Not done: box 1 is “In a file for the web site” and cannot become “Discarded”. Refresh the list and look at the box again.
pkidctl: Nothing is sent: this station is not set up for Partner Center. Set tenant and client_id in station.toml and sign in with ` + "`pkidctl login`" + `, or set PKIDSTATION_ACCESS_TOKEN.
{"held":0,"ready":0,"planned":0,"submitted":0,"registered":0,"rejected":0,"exported":1,"removing":0,"removed":0,"moved":0,"discarded":1}
`

const frenchActs = `
La file est saine~: structure, index et journal concordent.
Lecture annulée~: carton 2, PKID 5901234123457
pkidctl: Ce poste n'a pas encore de responsable~: pkidctl agit comme responsable.
1 carton traité.
pkidctl: Ce poste n'a pas encore de responsable~: pkidctl agit comme responsable.
1 carton traité.
1 appareil écrit dans a.csv. Déposez ce fichier sur le site de l'Espace partenaires.
Sur le site de l'Espace partenaires (ses écrans ont pu changer)~:
  1. Connectez-vous avec un compte Agent commercial ou Agent d'administration.
  2. Clients › contoso.example › Appareils › Appliquer des profils aux appareils › Ajouter des appareils.
  3. Nom du groupe~: ces cartons n'ont pas de balise de groupe. Demandez celle du client au responsable, n'en inventez pas.
  4. Parcourir~: choisissez a.csv. Ne l'ouvrez pas dans un tableur, il abîmerait les PKID.
  5. Déposez-le, puis attendez la réponse du site pour chaque appareil. Notez les refusés avec leur code.
  6. Puis dites ici ce que le site a pris~: pkidctl export confirm a.csv --by NOM (pour un refusé~: --refused PKID=CODE).
Rien n'est prêt pour ce client. Aucun fichier n'a été écrit.
pkidctl: Ce poste n'a pas encore de responsable~: pkidctl agit comme responsable.
pkidctl: Pas fait~: ce carton n'existe pas ici. Actualisez la liste.
pkidctl: Pas fait~: le carton 1 est «~Dans un fichier pour le site web~» et ne peut pas devenir «~Écarté~». Actualisez la liste et regardez à nouveau le carton.
pkidctl: Rien n'est envoyé~: ce poste n'est pas réglé pour l'Espace partenaires. Réglez ` + "`tenant` et `client_id`" + ` dans station.toml et connectez-vous avec ` + "`pkidctl login`" + `, ou définissez PKIDSTATION_ACCESS_TOKEN.
{"held":0,"ready":0,"planned":0,"submitted":0,"registered":0,"rejected":0,"exported":1,"removing":0,"removed":0,"moved":0,"discarded":1}
`
