package manifest_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"pkidstation/queue/manifest"
	"pkidstation/queue/manifest/table"
)

// torture asks for the long forms: PKIDSTATION_TORTURE=1.
func torture() bool { return os.Getenv("PKIDSTATION_TORTURE") == "1" }

// What every XLSX begins with.
const (
	rels = `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	book = `<workbook xmlns:r="x"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`
	refs = `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>`
	sheet1 = "xl/worksheets/sheet1.xml"
)

// A bomb is a part that is written piece by piece: before, n times again, after.
type bomb struct {
	name, before, again, after string
	n                          int
}

// armed is a workbook with such parts; the others are as they should be.
func armed(tb testing.TB, bombs ...bomb) []byte {
	tb.Helper()
	parts := map[string]bool{}
	for _, b := range bombs {
		parts[b.name] = true
	}
	for _, p := range [][2]string{
		{"_rels/.rels", rels},
		{"xl/workbook.xml", book},
		{"xl/_rels/workbook.xml.rels", refs},
		{sheet1, "<worksheet><sheetData>" + rowOf(1, "PKID") + rowOf(2, "3305123456781") + "</sheetData></worksheet>"},
	} {
		if !parts[p[0]] {
			bombs = append(bombs, bomb{name: p[0], before: p[1]})
		}
	}
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, b := range bombs {
		b.write(tb, z)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}

// write packs one block and writes it as often as it comes: to pack gigabytes
// takes minutes.
func (b bomb) write(tb testing.TB, z *zip.Writer) {
	tb.Helper()
	per := max(1, (1<<20)/max(1, len(b.again)))
	block := strings.Repeat(b.again, min(per, max(b.n, 1)))
	rest := strings.Repeat(b.again, b.n%per) + b.after
	start, middle, end := packed(tb, b.before, false), packed(tb, block, false), packed(tb, rest, true)
	sum, size := crc32.NewIEEE(), 0
	content := [][]byte{start}
	add := func(text string) {
		_, _ = io.WriteString(sum, text)
		size += len(text)
	}
	add(b.before)
	for range b.n / per {
		add(block)
		content = append(content, middle)
	}
	add(rest)
	content = append(content, end)
	all := bytes.Join(content, nil)
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: b.name, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(len(all)), UncompressedSize64: uint64(size),
	})
	if err == nil {
		_, err = w.Write(all)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// packed is a piece of a deflated stream that needs nothing before it.
func packed(tb testing.TB, text string, last bool) []byte {
	tb.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	if err == nil && last {
		err = w.Close()
	} else if err == nil {
		err = w.Flush()
	}
	if err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func rowOf(n int, values ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, n)
	for _, v := range values {
		b.WriteString(`<c t="inlineStr"><is><t>` + v + `</t></is></c>`)
	}
	return b.String() + "</row>"
}

// lying is a workbook whose sheet says that it is smaller than it is.
func lying(tb testing.TB, content string, says uint64) []byte {
	tb.Helper()
	var file bytes.Buffer
	all := packed(tb, content, true)
	z := zip.NewWriter(&file)
	for _, p := range [][2]string{{"_rels/.rels", rels}, {"xl/workbook.xml", book}, {"xl/_rels/workbook.xml.rels", refs}} {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: sheet1, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(content)),
		CompressedSize64: uint64(len(all)), UncompressedSize64: says,
	})
	if err == nil {
		_, err = w.Write(all)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}

// crowded is a zip of n empty parts.
func crowded(tb testing.TB, n int) []byte {
	tb.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for i := range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%x", i)}); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}

// endless is a file of a size that nobody holds in memory.
type endless struct{ line string }

func (e endless) ReadAt(p []byte, at int64) (int, error) {
	for i := range p {
		p[i] = e.line[(at+int64(i))%int64(len(e.line))]
	}
	return len(p), nil
}

// peak runs do and gives the most memory that the heap took meanwhile, beyond what
// it had before.
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

// mostHostile is how many MiB a file may take that is refused.
const mostHostile = 64

// TestHostileFiles: each is refused, in little memory, whatever it unpacks to.
func TestHostileFiles(t *testing.T) { //nolint:paralleltest // it measures the whole process
	size := 150 << 20
	if torture() {
		size = 2 << 30
	}
	row := rowOf(0, "3305123456781")[len(`<row r="0">`):]
	cells := `<c t="s"><v>0</v></c>`
	for name, test := range map[string]hostile{ //nolint:paralleltest // it measures the whole process
		"200 MB of text": {func() (io.ReaderAt, int64) { return endless{"3305123456781,5CG4071QZ8\r\n"}, 200 << 20 }, table.ErrTooBig},
		"200 MB of zip":  {func() (io.ReaderAt, int64) { return endless{"PK\x03\x04"}, 200 << 20 }, table.ErrTooBig},
		"a sheet that unpacks to 150 MB": at(func() []byte {
			return armed(t, bomb{sheet1, "<worksheet><sheetData>", "<row>" + row, "</sheetData></worksheet>", size / (len(row) + 5)})
		}, table.ErrUnpacks),
		"a sheet of blanks": at(func() []byte { return armed(t, bomb{sheet1, "<worksheet>", " ", "</worksheet>", size}) }, table.ErrUnpacks),
		"rows without end": at(func() []byte {
			return armed(t, bomb{sheet1, "<worksheet><sheetData>" + rowOf(1, "PKID"), "<row>" + row, "</sheetData></worksheet>", 1 << 20})
		}, manifest.ErrTooManyRows),
		"one text of 100 MB": at(func() []byte {
			return armed(t, bomb{sheet1, "<worksheet><sheetData><row><c t='inlineStr'><is><t>", "PKID ", "</t></is></c></row></sheetData></worksheet>", 20 << 20})
		}, table.ErrUnpacks),
		"an attribute of 100 MB": at(func() []byte {
			return armed(t, bomb{sheet1, `<worksheet a="`, "0123456789", `"></worksheet>`, 10 << 20})
		}, table.ErrUnpacks),
		"attributes without end": at(func() []byte { return armed(t, bomb{sheet1, `<worksheet `, "a='' ", `></worksheet>`, 20 << 20}) }, table.ErrUnpacks),
		"a hundred million deep": at(func() []byte { return armed(t, bomb{sheet1, `<worksheet>`, "<a>", ``, 30 << 20}) }, table.ErrUnpacks),
		"good rows without end":  at(func() []byte { return list(manifest.MaxRows + 100) }, manifest.ErrTooManyRows),
		"a row of cells without end": at(func() []byte {
			return armed(t, bomb{sheet1, "<worksheet><sheetData><row>", `<c t="inlineStr"><is><t>PKID</t></is></c>`, "</row></sheetData></worksheet>", 300_000})
		}, manifest.ErrNoHeader),
		"shared strings without end": at(func() []byte {
			return armed(t, bomb{"xl/sharedStrings.xml", "<sst>", "<si><t>x</t></si>", "</sst>", 6 << 20})
		}, table.ErrUnpacks),
		"empty shared strings": at(func() []byte { return armed(t, bomb{"xl/sharedStrings.xml", "<sst>", "<si/>", "</sst>", 20 << 20}) }, table.ErrUnpacks),
		"shared strings of 100 MB": at(func() []byte {
			return armed(t, bomb{"xl/sharedStrings.xml", "<sst>", "<si><t>" + strings.Repeat("x", 30000) + "</t></si>", "</sst>", 3500})
		}, table.ErrUnpacks),
		"styles without end": at(func() []byte {
			return armed(t, bomb{"xl/styles.xml", "<styleSheet><cellXfs>", "<xf/>", "</cellXfs></styleSheet>", 20 << 20})
		}, table.ErrUnpacks),
		"sheets without end": at(func() []byte {
			return armed(t, bomb{"xl/workbook.xml", `<workbook xmlns:r="x"><sheets>`, `<sheet name="A" r:id="r1"/>`, "</sheets></workbook>", 1000})
		}, table.ErrBroken),
		"an index of 100 MB": at(func() []byte {
			return armed(t, bomb{"xl/workbook.xml", `<workbook>`, `<x></x>`, "</workbook>", 15 << 20})
		}, table.ErrUnpacks),
		"relations without end": at(func() []byte {
			return armed(t, bomb{"xl/_rels/workbook.xml.rels", `<Relationships>`, `<Relationship Id="r1" Type="x" Target="y"/>`, "</Relationships>", 10000})
		}, table.ErrUnpacks),
		"entities": at(func() []byte {
			return armed(t, bomb{sheet1, `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData>`, "<row><c><v>&b;</v></c></row>", "</sheetData></worksheet>", 1})
		}, table.ErrBroken),
		"a shared string that is not": at(func() []byte {
			return armed(t, bomb{sheet1, "<worksheet><sheetData><row>", cells, "</row></sheetData></worksheet>", 1})
		}, table.ErrBroken),
		"a size that lies": at(func() []byte {
			return lying(t, "<worksheet><sheetData>"+strings.Repeat("<row>"+row, 100_000)+"</sheetData></worksheet>", 1000)
		}, table.ErrBroken),
		"parts without end": at(func() []byte { return crowded(t, 20_000) }, table.ErrUnpacks),
	} {
		t.Run(name, func(t *testing.T) {
			var m *manifest.Manifest
			var err error
			file, size := test.file()
			used := peak(func() { m, err = manifest.Read(t.Context(), file, size, manifest.Options{}) })
			if !errors.Is(err, test.want) || m != nil {
				t.Errorf("%v, want %v", err, test.want)
			}
			t.Logf("%.1f MiB", used)
			if limit := float64(mostHostile); used > limit && !raced {
				t.Errorf("%.0f MiB, at most %.0f", used, limit)
			}
		})
	}
}

// A hostile file is made when it is wanted: what lies about in memory lets
// garbage grow.
type hostile struct {
	file func() (io.ReaderAt, int64)
	want error
}

func at(file func() []byte, want error) hostile {
	return hostile{func() (io.ReaderAt, int64) { b := file(); return bytes.NewReader(b), int64(len(b)) }, want}
}

// TestCancelLeavesNothing, wherever it comes.
func TestCancelLeavesNothing(t *testing.T) {
	t.Parallel()
	csv := list(20_000)
	sheet := armed(t, bomb{sheet1, "<worksheet><sheetData>" + rowOf(1, "PKID"), "<row>" + rowOf(0, "3305123456781")[len(`<row r="0">`):], "</sheetData></worksheet>", 20_000})
	for name, file := range map[string][]byte{"text": csv, "workbook": sheet} {
		for _, after := range []int{0, 1, 3, 7} {
			ctx, cancel := context.WithCancel(t.Context())
			r := &cancelling{r: bytes.NewReader(file), after: after, cancel: cancel}
			m, err := manifest.Read(ctx, r, int64(len(file)), manifest.Options{})
			if m != nil || !errors.Is(err, context.Canceled) {
				t.Errorf("%s after %d reads: %v", name, after, err)
			}
			cancel()
		}
		ctx, cancel := context.WithCancel(t.Context())
		seen := 0
		m, err := manifest.Read(ctx, bytes.NewReader(file), int64(len(file)), manifest.Options{Progress: func(p manifest.Progress) {
			if seen = p.Rows; p.Rows >= 5000 {
				cancel()
			}
		}})
		if m != nil || !errors.Is(err, context.Canceled) || seen > 7000 {
			t.Errorf("%s, in its rows: %v after %d", name, err, seen)
		}
		cancel()
	}
}

type cancelling struct {
	r      io.ReaderAt
	after  int
	cancel func()
}

func (c *cancelling) ReadAt(p []byte, at int64) (int, error) {
	if c.after--; c.after < 0 {
		c.cancel()
	}
	return c.r.ReadAt(p, at)
}

// TestChangedMeanwhile: what was taken must be what the hash stands for.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	file := list(5000)
	changed := false
	_, err := manifest.Read(t.Context(), bytes.NewReader(file), int64(len(file)), manifest.Options{Progress: func(manifest.Progress) {
		if !changed {
			changed, file[len(file)-3] = true, file[len(file)-3]^1
		}
	}})
	if !errors.Is(err, table.ErrChanged) {
		t.Errorf("%v", err)
	}
}

// list is a CSV of n devices, as a distributor sends it.
func list(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Order;Pallet;Box;Serial number;PKID;Manufacturer;Model;Customer\r\n")
	for i := range n {
		fmt.Fprintf(&b, "BL-2026-0117;P%d;%d;5CG%07d;%013d;HP;HP EliteBook 840 G10;Contoso\r\n", i/40, i, i, 3305120000000+7919*int64(i)+1)
	}
	return b.Bytes()
}

// TestProgressIsTold, and ends at the whole.
func TestProgressIsTold(t *testing.T) {
	t.Parallel()
	file := list(5000)
	var all []manifest.Progress
	m, err := manifest.Read(t.Context(), bytes.NewReader(file), int64(len(file)), manifest.Options{Progress: func(p manifest.Progress) { all = append(all, p) }})
	if err != nil || m.Taken() != 5000 || len(m.Refused) != 0 {
		t.Fatal(err, m)
	}
	last := manifest.Progress{}
	for _, p := range all {
		if p.Rows < last.Rows || p.Done < last.Done || p.Of != int64(len(file)) {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}
	if len(all) < 5 || last.Rows != 5001 || last.Done != last.Of {
		t.Errorf("%d reports, the last %+v", len(all), last)
	}
}
