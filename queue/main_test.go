package queue_test

import "os"

// torture asks for the long forms: PKIDSTATION_TORTURE=1.
func torture() bool { return os.Getenv("PKIDSTATION_TORTURE") == "1" }
