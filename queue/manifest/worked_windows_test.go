package manifest_test

import "time"

func worked() time.Duration { return time.Since(began) }

var began = time.Now()
