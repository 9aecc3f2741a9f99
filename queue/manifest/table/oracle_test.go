package table_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"pkidstation/queue/manifest/table"
)

// cellsOf are a sheet's cells as this package reads them.
func cellsOf(t *testing.T, file []byte, sheet string) [][]string {
	t.Helper()
	f, err := table.Open(t.Context(), bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for row, err := range f.Rows(0, sheet) {
		if err != nil {
			t.Fatal(err)
		}
		for len(all) < row.Number {
			all = append(all, nil)
		}
		for _, c := range row.Cells {
			all[row.Number-1] = append(all[row.Number-1], c.Text)
		}
	}
	return all
}

// TestWorkbooksAsExcelizeReadsThem: random workbooks, written and read by
// excelize, read the same here.
func TestWorkbooksAsExcelizeReadsThem(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 6))
		book := excelize.NewFile()
		for range random.IntN(200) {
			at, err := excelize.CoordinatesToCellName(1+random.IntN(30), 1+random.IntN(40))
			if err == nil {
				err = book.SetCellValue("Sheet1", at, anything(random))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		file, err := book.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		want, err := book.GetRows("Sheet1", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(trimmed(want), trimmed(cellsOf(t, file.Bytes(), "Sheet1"))); diff != "" {
			t.Errorf("seed %d (-excelize +here):\n%s", seed, diff)
		}
	}
}

func anything(random *rand.Rand) any {
	switch random.IntN(5) {
	case 0:
		return random.Int64N(1e14)
	case 1:
		return fmt.Sprintf("%013d", random.Int64N(1e13))
	case 2:
		return float64(random.IntN(1000)) / 8
	case 3:
		return strings.Repeat("é<&\" ", random.IntN(4)) + "x"
	default:
		return "shared"
	}
}

// trimmed is without what is empty at the ends, which is nobody's.
func trimmed(rows [][]string) [][]string {
	var all [][]string
	for _, row := range rows {
		n := len(row)
		for n > 0 && row[n-1] == "" {
			n--
		}
		all = append(all, slices.Clone(row[:n]))
	}
	for len(all) > 0 && len(all[len(all)-1]) == 0 {
		all = all[:len(all)-1]
	}
	for i, row := range all {
		if len(row) == 0 {
			all[i] = nil
		}
	}
	return all
}
