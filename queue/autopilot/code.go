package autopilot

// A Code is what Microsoft answers for one device, such as "808". Codes that
// are not listed here exist; they are kept as received and need a person.
type Code string

// The per-device codes whose meaning is known. Names are Microsoft's.
const (
	CodeStorage         Code = "640" // StorageError: passing fault of Microsoft's
	CodeInvalidBody     Code = "801" // InvalidZtdRequestBody
	CodeInvalidHash     Code = "802" // InvalidZtdHardwareHash
	CodeMissingIdentity Code = "803" // MissingZtdSerialNumberAndProductKey
	CodeAlreadyHere     Code = "806" // ZtdDeviceAlreadyAssigned: to this customer
	CodeNotRegistered   Code = "807" // ZtdDeviceIsNotRegistered
	CodeOtherTenant     Code = "808" // ZtdDeviceAssignedToOtherTenant
	CodeNoProfile       Code = "809" // ZtdProfileIsNotRegistered: of a profile, not of a device
	CodeOtherProfile    Code = "810" // ZtdProfileAssignedToOtherTenant
	CodeOtherParty      Code = "811" // ZtdDeviceRegisteredByOtherTenant
	CodeUnknownDevice   Code = "812" // ZtdDeviceNotFound
	CodeNotUnique       Code = "813" // ZtdDeviceIsNotUnique
	CodeAlreadyEntra    Code = "814" // ZtdDeviceAlreadyAadRegistered
	CodeDuplicate       Code = "ZtdDeviceDuplicated"
)

// The codes that the device itself shows when it is first started. No call to
// Partner Center answers them; a person may type them.
const (
	CodeNoProfileThere Code = "815" // ZtdDeviceHasNoAssignedProfile
	CodeMismatch       Code = "908" // SerialNumberMismatch, ProductKeyIdMismatch
)

// MeansRegistered says whether the device is registered for this customer in
// spite of the code.
func (c Code) MeansRegistered() bool { return c == CodeAlreadyHere }

// CodeNamed is the code with one of Microsoft's names, "" for any other text.
func CodeNamed(name string) Code {
	switch name {
	case "StorageError":
		return CodeStorage
	case "InvalidZtdRequestBody":
		return CodeInvalidBody
	case "InvalidZtdHardwareHash":
		return CodeInvalidHash
	case "MissingZtdSerialNumberAndProductKey":
		return CodeMissingIdentity
	case "ZtdDeviceAlreadyAssigned":
		return CodeAlreadyHere
	case "ZtdDeviceIsNotRegistered":
		return CodeNotRegistered
	case "ZtdDeviceAssignedToOtherTenant", "ZtdDeviceAssignedToAnotherTenant":
		return CodeOtherTenant
	case "ZtdProfileIsNotRegistered":
		return CodeNoProfile
	case "ZtdProfileAssignedToOtherTenant":
		return CodeOtherProfile
	case "ZtdDeviceHasNoAssignedProfile":
		return CodeNoProfileThere
	case "SerialNumberMismatch", "ProductKeyIdMismatch":
		return CodeMismatch
	case "ZtdDeviceRegisteredByOtherTenant":
		return CodeOtherParty
	case "ZtdDeviceNotFound":
		return CodeUnknownDevice
	case "ZtdDeviceIsNotUnique":
		return CodeNotUnique
	case "ZtdDeviceAlreadyAadRegistered":
		return CodeAlreadyEntra
	case string(CodeDuplicate):
		return CodeDuplicate
	default:
		return ""
	}
}
