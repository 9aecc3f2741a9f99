package directory

import (
	"errors"
	"strings"
	"unicode"

	"pkidstation/cmd/internal/typed"
	"pkidstation/queue"
	"pkidstation/queue/autopilot"
	"pkidstation/queue/manifest/table"
)

// A Column is one of a file's that is understood. Its name is the one that a
// refusal gives.
type Column string

// The columns.
const (
	TenantColumn   Column = "tenant id"
	NameColumn     Column = "name"
	DomainColumn   Column = "domain"
	TagsColumn     Column = "group tags"
	ResellerColumn Column = "reseller"
)

// columns are where each column of a file is, from 0.
type columns map[Column]int

// columnsOf finds the columns by the header; nil without the tenant id.
func columnsOf(header []string) columns {
	found, known := columns{}, synonyms()
	for i, name := range header {
		column, ok := known[table.Key(name)]
		if _, again := found[column]; ok && !again {
			found[column] = i
		}
	}
	if _, ok := found[TenantColumn]; !ok {
		return nil
	}
	return found
}

// synonyms are what the columns are called, as table.Key gives it: ours in English
// and French, and those of Partner Center's export.
func synonyms() map[string]Column {
	all := map[string]Column{}
	for column, names := range map[Column]string{
		TenantColumn: "tenant id,tenant,tenantid,id,microsoft id,microsoftid,customer id,customer tenant id," +
			"id microsoft,id microsoft du client,id du client,id client,id de locataire,id du locataire,locataire",
		NameColumn:     "name,customer,customer name,company,company name,organization,organisation,nom,client,nom du client,societe,raison sociale,entreprise",
		DomainColumn:   "domain,domain name,primary domain,primary domain name,domaine,nom de domaine,domaine principal,nom de domaine principal",
		TagsColumn:     "group tags,group tag,grouptag,grouptags,tags,tag,balises de groupe,balise de groupe,balises,balise,groupe,groupes",
		ResellerColumn: "reseller,reseller id,reseller tenant id,indirect reseller,revendeur,id du revendeur,revendeur indirect,id microsoft du revendeur",
	} {
		for name := range strings.SplitSeq(names, ",") {
			all[name] = column
		}
	}
	return all
}

// value is a row's value of a column, "" where the row or the file has none.
func (c columns) value(row []string, column Column) string {
	at, ok := c[column]
	if !ok || at >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[at])
}

// customer is the customer of a row, or why there is none. seen are those of the
// rows above.
func (c columns) customer(row []string, seen map[autopilot.TenantID]bool) (queue.CustomerSetting, *Refusal) {
	text := c.value(row, TenantColumn)
	id, err := autopilot.ParseTenantID(text)
	switch {
	case holdsSecret(text):
		return queue.CustomerSetting{}, refuse(TenantColumn, text, HasSecret)
	case err != nil:
		return queue.CustomerSetting{}, refuse(TenantColumn, text, BadTenant)
	case seen[id]:
		return queue.CustomerSetting{}, refuse(TenantColumn, text, Duplicate)
	}
	known := queue.CustomerSetting{ID: id, Name: c.value(row, NameColumn), Domain: c.value(row, DomainColumn), Source: queue.FromFile}
	if known.Name == "" {
		return known, refuse(NameColumn, "", NoName)
	}
	if err := typed.Check(known.Name); err != nil {
		return known, refuse(NameColumn, known.Name, whyTyped(err))
	}
	if err := typed.Check(known.Domain); err != nil {
		return known, refuse(DomainColumn, known.Domain, whyTyped(err))
	}
	return c.workOf(row, known)
}

// workOf adds the group tags and the reseller.
func (c columns) workOf(row []string, known queue.CustomerSetting) (queue.CustomerSetting, *Refusal) {
	for _, text := range strings.FieldsFunc(c.value(row, TagsColumn), func(r rune) bool { return r == '|' || unicode.IsSpace(r) }) {
		tag, err := autopilot.ParseGroupTag(text)
		if holdsSecret(text) {
			return known, refuse(TagsColumn, text, HasSecret)
		}
		if err != nil {
			return known, refuse(TagsColumn, text, BadTag)
		}
		if known.GroupTag == "" {
			known.GroupTag = tag
		} else {
			known.Tags = append(known.Tags, tag)
		}
	}
	if text := c.value(row, ResellerColumn); text != "" {
		id, err := autopilot.ParseTenantID(text)
		if err != nil {
			return known, refuse(ResellerColumn, text, BadReseller)
		}
		known.Reseller = id
	}
	return known, nil
}

func whyTyped(err error) Why {
	switch {
	case errors.Is(err, typed.ErrSecret):
		return HasSecret
	case errors.Is(err, typed.ErrLong):
		return TooLong
	default:
		return Unprintable
	}
}
