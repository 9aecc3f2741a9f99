package partnercenter

import (
	"errors"
	"strings"

	"pkidstation/queue/autopilot"
)

// Why a call is not even sent.
var (
	errNoCustomer  = errors.New("no customer was given")
	errCustomer    = errors.New("a customer's id is not . or .. and has no control characters")
	errBatchName   = errors.New("a batch needs a name that is not empty, . or .. and has no control characters")
	errDeviceID    = errors.New("a device needs an id that is not empty, . or .. and has no control characters")
	errPolicyID    = errors.New("a policy needs an id that is not empty, . or .. and has no control characters")
	errNoDevices   = errors.New("there is no device in it")
	errTooMany     = errors.New("there are more than 1000 devices in it")
	errTwice       = errors.New("a device is in it twice")
	errHash        = errors.New("a device's hardware hash cannot be sent")
	errNoIdentity  = errors.New("a device has neither a PKID nor a hardware hash nor serial number, manufacturer and model")
	errNoRequestID = errors.New("no request id was given")
)

// notSent is for a call that cannot be right.
func notSent(op string, why error) *Error {
	if errors.Is(why, errTooMany) {
		return NewError(op, TooLarge, why)
	}
	return NewError(op, Invalid, why)
}

// addressable refuses customers that would make another address of the call.
func addressable(customer autopilot.TenantID) error {
	switch {
	case customer == "":
		return errNoCustomer
	case !isSegment(string(customer)):
		return errCustomer
	}
	return nil
}

// isSegment refuses names that would make another address of the call.
func isSegment(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f })
}
