package partnercentertest

import (
	"fmt"
	"time"
)

// Choices are what the model chose where Microsoft documents nothing. Whoever
// starts it should show them: it is a model, not Partner Center.
func (s *Server) Choices() []string {
	all := []string{"this is a model of Partner Center, not Partner Center"}
	for _, some := range [][]string{s.callerChoices(), s.requestChoices(), s.deviceChoices(), s.jobChoices(), s.removalChoices(), s.lineChoices()} {
		all = append(all, some...)
	}
	return all
}

func (s *Server) callerChoices() []string {
	return []string{
		s.signInChoice(),
		fmt.Sprintf("the account is %s; an indirect reseller's every call is 403, code %s; what is for providers is 403, code %s, for others", s.opts.Account, codeNoAccount, codeDenied),
		fmt.Sprintf("a token without a user may not create batches nor ask for the relationship's link: %d", s.opts.AppOnlyStatus),
		fmt.Sprintf("without the role Admin agent or Sales agent every call is 403, code %s; with Sales agent alone that of profiles", codeNoRole),
		fmt.Sprintf("a customer without a relationship, or nobody's: 403, code 20002; on GET of a customer without one: %s", s.opts.RelationshipAnswer),
		"an indirect provider may act for a customer that one of its resellers has, whatever relationshipToPartner says",
		fmt.Sprintf("the relationship's link names no customer: %s", s.opts.Invitation),
		"links.next of a list of customers has the continuation token as a header, and so has the body; a size above the page's is the page's",
	}
}

func (s *Server) signInChoice() string {
	if !s.opts.SignIn.Enabled {
		return "there is no sign-in: whoever has a token has both roles and mfa"
	}
	turned := "revoked at once"
	if s.opts.SignIn.KeepRefresh {
		turned = "good for ever"
	}
	return fmt.Sprintf("the sign-in is at /TENANT/oauth2/v2.0 on this address; a refresh token that was turned is %s; of calls without mfa %s are refused with 401, code 900421",
		turned, percent(s.opts.SignIn.MFA))
}

func (s *Server) requestChoices() []string {
	return []string{
		fmt.Sprintf("a POST or PATCH with an MS-RequestId that was answered before on the same path: %s, remembered %s; a DELETE is never answered from memory",
			s.opts.Idempotency, forEver(s.opts.IdempotencyWindow)),
		fmt.Sprintf("creating a batch that exists: %s (names are the same in any case)", s.opts.DuplicateBatch),
		"creating a batch without a name: it gets a random GUID as name; any other name is taken",
		fmt.Sprintf("more than %s devices in a request: %s; none: 400; a body above %d bytes: 413", number(s.opts.MaxDevices), s.opts.TooMany, s.opts.MaxBody),
		fmt.Sprintf("a customer has %s writes in %v; more: 429", number(s.opts.ThrottleWrites), s.opts.RetryAfter),
	}
}

func (s *Server) deviceChoices() []string {
	return []string{
		"a PKID that is not 13 digits: code 803 on its device; an unknown one: what the directory says, 812 for one that becomes known later",
		"a hardware hash that is not one, is cut off, or names neither PKID nor serial number: code 802 on its device; so is one with another PKID or serial number inside than beside it; manufacturer or model beside a hash: 801",
		"a device that is sent by its hash is the one of the PKID inside, known to the directory whatever it says of serial and model; its hash is in no answer, and a row of a job names it by that PKID or by its serial number",
		"a PKID twice in one upload, or a device by its PKID and by its hash or its serial, maker and model: ZtdDeviceDuplicated on the second, without a number",
		fmt.Sprintf("a device is registered %s", s.when()),
		fmt.Sprintf("a new batch or device is in the lists after %v, %d a page; a batch is there from its 202 on", s.opts.ListLag, s.opts.PageSize),
	}
}

func (s *Server) when() string {
	if s.opts.CommitLate {
		return "when its job ends; in a job that is stuck, never"
	}
	return "with the 202, before its job is finished"
}

func (s *Server) jobChoices() []string {
	return []string{
		fmt.Sprintf("a job takes %s, and is kept %s", s.takes(), forEver(s.opts.JobLife)),
		fmt.Sprintf("of the jobs %s are first 404 or unknown, %s unknown or processing for ever, %s 404 for ever after the first answer", s.stutters(), percent(s.opts.JobStuck), percent(s.opts.JobVanish)),
		fmt.Sprintf("a job with failed devices is finished or finished_with_errors, as drawn; its devices come shuffled, the codes as text or numbers, %s never", percent(s.opts.RowsMissing)),
		"a profile that the customer has not: code 809; a device that is not registered: 807; both in the job, never on the request",
	}
}

func (s *Server) takes() string {
	if s.opts.JobTimeMax > s.opts.JobTime {
		return fmt.Sprintf("%v to %v", s.opts.JobTime, s.opts.JobTimeMax)
	}
	return s.opts.JobTime.String()
}

func (s *Server) stutters() string {
	if s.opts.JobStutter == 0 {
		return percent(0.5)
	}
	return percent(max(s.opts.JobStutter, 0))
}

func (s *Server) removalChoices() []string {
	return []string{
		fmt.Sprintf("a removed device leaves the lists %v after the 204, and is nobody's %v later", s.opts.RemovalLag, s.opts.OwnerLag),
		fmt.Sprintf("removing a device again: %s, from the first 204 on (807 comes with a 400); an id that never was: 404", s.opts.DeleteGone),
		fmt.Sprintf("removing what somebody else registered as well: %d, code 811", s.opts.OtherPartyStatus),
		"a device that was removed and is registered again has another id",
	}
}

func (s *Server) lineChoices() []string {
	return []string{
		"a name that cannot be resolved and a refused connection are not modelled: stop it, or ask at another address",
		"the role that delegated administration (GDAP) needs for device calls: none",
		"the national clouds, PUT of one device and the making of profiles are not modelled; the site's CSV upload neither",
	}
}

func forEver(d time.Duration) string {
	if d > 0 {
		return d.String()
	}
	return "for ever"
}

func number(n int) string {
	if n <= 0 {
		return "any number of"
	}
	return fmt.Sprint(n)
}

func percent(share float64) string { return fmt.Sprintf("%g%%", share*100) }
