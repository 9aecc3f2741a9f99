package partnercentertest

import "fmt"

// Choices are what the model chose where Microsoft documents nothing. Whoever
// starts it should show them: it is a model, not Partner Center.
func (s *Server) Choices() []string {
	return []string{
		"this is a model of Partner Center, not Partner Center",
		fmt.Sprintf("a POST with an MS-RequestId that was answered before on the same path: %s", s.opts.Idempotency),
		fmt.Sprintf("creating a batch that exists: %s (names are the same in any case)", s.opts.DuplicateBatch),
		"creating a batch without a name: it gets a random GUID as name",
		fmt.Sprintf("more than %d devices in a request, or none: 400; a body above 4 MiB: 413", maxDevices),
		"a customer without a relationship, or nobody's: 403, code 20002",
		"a PKID that is not 13 digits: code 803 on its device; an unknown one: what the directory says",
		"a PKID twice in one upload: ZtdDeviceDuplicated on the second, without a number",
		"a device is committed with the 202, before its job is finished",
		fmt.Sprintf("a new batch or device is in the lists after %v, %d a page", s.opts.ListLag, s.opts.PageSize),
		fmt.Sprintf("a job takes %v, may first be 404 or unknown, and is kept %s", s.opts.JobTime, s.life()),
		"a job with failed devices is finished or finished_with_errors, as drawn; its devices come shuffled",
		"sign-in, removal, profiles and roles are not modelled",
	}
}

func (s *Server) life() string {
	if s.opts.JobLife > 0 {
		return s.opts.JobLife.String()
	}
	return "for ever"
}
