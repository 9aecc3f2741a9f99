package lists_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"pkidstation/queue/autopilot"
)

const (
	contoso = autopilot.TenantID("11111111-aaaa-4aaa-8aaa-111111111111")
	fabrik  = autopilot.TenantID("22222222-bbbb-4bbb-8bbb-222222222222")
	order   = "BL-2026-0117"
)

func number(i int) autopilot.PKID {
	return autopilot.PKID(fmt.Sprintf("%013d", 3305120000000+7919*int64(i)+1))
}

// listFile is a supplier's list of n devices.
func listFile(tb testing.TB, n int) string {
	tb.Helper()
	var b bytes.Buffer
	fmt.Fprintln(&b, "Order;Pallet;Box;Serial number;PKID;Manufacturer;Model")
	for i := range n {
		fmt.Fprintf(&b, "%s;P%d;%d;5CG%07d;%s;HP;HP EliteBook 840 G10\r\n", order, i/40, i, i, number(i))
	}
	return written(tb, b.String())
}

func written(tb testing.TB, text string) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "liste.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return file
}

// peak runs do and gives the most MiB that the heap took meanwhile, beyond what it
// had before.
func peak(do func()) float64 {
	runtime.GC()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	before, most := now.HeapInuse, uint64(0)
	done, looked := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(looked)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapInuse)
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	}()
	do()
	close(done)
	<-looked
	return float64(most-min(before, most)) / (1 << 20)
}
