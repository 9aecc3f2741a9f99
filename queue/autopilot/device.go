package autopilot

// A Device is what identifies a device to Partner Center: the PKID alone, or
// the tuple of serial number, manufacturer and model (both case-sensitive,
// exactly as in the device's firmware).
type Device struct {
	PKID         PKID   `json:"pkid,omitempty"`
	Serial       string `json:"serial,omitempty"`
	Manufacturer string `json:"manufacturer,omitempty"`
	Model        string `json:"model,omitempty"`
}

// Identified says whether Partner Center accepts this device at all.
func (d Device) Identified() bool {
	return d.PKID != "" || d.Serial != "" && d.Manufacturer != "" && d.Model != ""
}
