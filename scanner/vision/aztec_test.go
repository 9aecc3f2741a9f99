package vision_test

import (
	"strings"

	"github.com/makiuchi-d/gozxing"
)

// historico prints an Aztec symbol of 15 × 15 modules that says "Histórico":
// gozxing reads Aztec and writes none.
type historico struct{}

var _ gozxing.Writer = historico{}

func (h historico) EncodeWithoutHint(text string, f gozxing.BarcodeFormat, width, height int) (*gozxing.BitMatrix, error) {
	return h.Encode(text, f, width, height, nil)
}

func (historico) Encode(_ string, _ gozxing.BarcodeFormat, width, height int, _ map[gozxing.EncodeHintType]any) (*gozxing.BitMatrix, error) {
	const modules = `
..#..#.##....#.
.###..#.###...#
..##....#.#.#..
#############..
##.#.......#...
..##.#####.#.#.
.#.#.#...#.#...
.###.#.#.#.####
.###.#...#.#...
.###.#####.##..
..##.......###.
#..##########.#
#....#..#.#....
##...###.#.#..#
####..##.##.#.#
`
	rows := strings.Fields(modules)
	size := min(width, height) / (len(rows) + 2)
	bits, err := gozxing.NewBitMatrix(width, height)
	if err != nil {
		return nil, err
	}
	for y, row := range rows {
		for x, module := range row {
			if module == '#' {
				if err := bits.SetRegion((x+1)*size, (y+1)*size, size, size); err != nil {
					return nil, err
				}
			}
		}
	}
	return bits, nil
}
