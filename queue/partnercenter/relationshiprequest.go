package partnercenter

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"unicode"
)

var errNoLink = errors.New("there is no https link in the answer")

// RelationshipRequest gives the link by which a customer's global administrator
// accepts the partner as reseller, exactly as Partner Center gave it. It is the
// same for all customers, and it is never made here. What is not https is
// NoAnswer: a person will be asked to open it. An app-only token is refused.
// https://learn.microsoft.com/en-us/partner-center/developer/request-reseller-relationship
func (c *Client) RelationshipRequest(ctx context.Context) (string, error) {
	what := call{op: "relationship request", path: []string{"customers", "relationshiprequests"}}
	var wire struct {
		URL text `json:"url"`
	}
	if err := c.get(ctx, what, func(r *reading) error { return r.value(&wire) }); err != nil {
		return "", err
	}
	if !isLink(string(wire.URL)) {
		return "", NewError(what.op, NoAnswer, errNoLink)
	}
	return string(wire.URL), nil
}

// isLink refuses what a person must not be given to open, or could not copy.
func isLink(link string) bool {
	if len(link) > maxLink || strings.ContainsFunc(link, func(r rune) bool { return !unicode.IsPrint(r) || unicode.IsSpace(r) }) {
		return false
	}
	at, err := url.Parse(link)
	return err == nil && at.Scheme == "https" && at.Hostname() != "" && at.User == nil
}
