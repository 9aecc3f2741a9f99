package partnercentertest

import (
	"strconv"

	"pkidstation/queue/autopilot"
)

// What Microsoft says of a device and its profile.
const codeUnknownPolicy autopilot.Code = "809"

// CodePending is in a row whose job has not registered it yet, as with
// Options.CommitLate. It is never on the wire.
const CodePending autopilot.Code = "pending"

// describe is Microsoft's name of a code.
func describe(code autopilot.Code) string {
	switch code {
	case autopilot.CodeStorage:
		return "StorageError"
	case autopilot.CodeInvalidBody:
		return "InvalidZtdRequestBody"
	case autopilot.CodeInvalidHash:
		return "InvalidZtdHardwareHash"
	case autopilot.CodeMissingIdentity:
		return "MissingZtdSerialNumberAndProductKey"
	case autopilot.CodeAlreadyHere:
		return "ZtdDeviceAlreadyAssigned"
	case autopilot.CodeNotRegistered:
		return "ZtdDeviceIsNotRegistered"
	case autopilot.CodeOtherTenant:
		return "ZtdDeviceAssignedToOtherTenant"
	case codeUnknownPolicy:
		return "ZtdProfileIsNotRegistered"
	case autopilot.CodeOtherParty:
		return "ZtdDeviceRegisteredByOtherTenant"
	case autopilot.CodeUnknownDevice:
		return "ZtdDeviceNotFound"
	case autopilot.CodeNotUnique:
		return "ZtdDeviceIsNotUnique"
	case autopilot.CodeAlreadyEntra:
		return "ZtdDeviceAlreadyAadRegistered"
	case autopilot.CodeOtherProfile:
		return "ZtdProfileAssignedToOtherTenant"
	case autopilot.CodeNoProfileThere:
		return "ZtdDeviceHasNoAssignedProfile"
	case autopilot.CodeMismatch:
		return "SerialNumberMismatch"
	case autopilot.CodeDuplicate:
		return string(code)
	default:
		return "SomethingNew"
	}
}

// codeWire is a code as text or as a number. A duplicate has a name only.
func codeWire(code autopilot.Code, numeric bool) any {
	if code == autopilot.CodeDuplicate {
		return nil
	}
	if number, err := strconv.Atoi(string(code)); err == nil && numeric {
		return number
	}
	return code
}
