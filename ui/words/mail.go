package words

import (
	"errors"
	"net/url"
	"strings"
	"unicode"

	"pkidstation/queue"
)

// A Mail is an e-mail for somebody at a customer's, whole and ready to be
// copied. What is in it besides our own words is shown, never obeyed.
type Mail struct{ Subject, Body string }

// ErrLink refuses an invitation without a link that can be opened: the link is
// Partner Center's or a person's, and is never made here.
var ErrLink = errors.New("the link of the invitation is missing or is not https")

// The most characters of names and links in a mail.
const (
	nameRunes = 100
	linkBytes = 2048
)

// RelationshipMail asks a customer's global administrator to accept the reseller
// relationship by the link, and to leave delegated administration off. Both
// names may be empty. It is in the language of w; see In. A link that is not an
// https address is ErrLink.
func (w *Words) RelationshipMail(link, customer, partner string) (Mail, error) {
	if !opens(link) {
		return Mail{}, ErrLink
	}
	data := map[string]any{"Link": link, "Customer": shown(customer, nameRunes), "Partner": shown(partner, nameRunes)}
	return Mail{Subject: w.Say("mail.relationship.subject", data), Body: w.Say("mail.relationship.body", data)}, nil
}

// opens says whether a link can be copied and opened.
func opens(link string) bool {
	if len(link) > linkBytes || strings.ContainsFunc(link, func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) }) {
		return false
	}
	at, err := url.Parse(link)
	return err == nil && at.Scheme == "https" && at.Hostname() != "" && at.User == nil
}

// RemovalMail tells a customer's IT that registrations were taken back, and what
// only they can do after it: Windows Autopilot is cleared, and nothing else. It
// names each device by its serial number and the last 4 digits of its PKID. Of
// no devices there is no mail.
func (w *Words) RemovalMail(removed []queue.Entry, customer, partner string) Mail {
	if len(removed) == 0 {
		return Mail{}
	}
	lines := make([]string, 0, len(removed))
	for _, e := range removed {
		lines = append(lines, w.mailed(e))
	}
	data := map[string]any{
		"Customer": shown(customer, nameRunes), "Partner": shown(partner, nameRunes), "Devices": strings.Join(lines, "\n"),
	}
	return Mail{
		Subject: w.Count("mail.removal.subject", len(removed), data),
		Body:    w.Count("mail.removal.body", len(removed), data),
	}
}

// mailed is one device in a mail. Without a serial number the order and the box
// tell it from others.
func (w *Words) mailed(e queue.Entry) string {
	data := map[string]any{"Serial": Shown(e.Serial), "PKID": e.PKID.Masked(), "Order": Shown(e.Order), "Box": e.Number}
	switch {
	case e.Serial == "":
		return w.Say("mail.device.pkid", data)
	case e.PKID == "":
		return w.Say("mail.device.serial", data)
	default:
		return w.Say("mail.device", data)
	}
}

// RemovalSteps are what a person does on the Partner Center web site to take
// registrations of one customer and group tag back, in order, where the station
// has no API.
func (w *Words) RemovalSteps(e queue.Entry) []string {
	group := w.Say("site.remove.group", "Tag", Shown(e.Batch))
	if e.Batch == "" {
		group = w.Say("site.remove.search")
	}
	return []string{
		w.Say("site.remove.sign-in"),
		w.Say("site.remove.path", "Customer", w.customer(e.Customer)),
		group,
		w.Say("site.remove.compare"),
		w.Say("site.remove.delete"),
		w.Say("site.remove.gone"),
	}
}
