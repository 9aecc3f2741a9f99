package autopilot_test

import (
	"testing"

	"pkidstation/queue/autopilot"
)

func TestCodeNamed(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]autopilot.Code{
		"StorageError": autopilot.CodeStorage, "ZtdDeviceAlreadyAssigned": autopilot.CodeAlreadyHere,
		"ZtdDeviceAssignedToOtherTenant": autopilot.CodeOtherTenant, "ZtdDeviceAssignedToAnotherTenant": autopilot.CodeOtherTenant,
		"ZtdDeviceNotFound": autopilot.CodeUnknownDevice, "ZtdDeviceDuplicated": autopilot.CodeDuplicate,
		"": "", "ztddevicenotfound": "", "SomethingNew": "",
	} {
		if got := autopilot.CodeNamed(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
