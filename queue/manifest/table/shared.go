package table

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// load reads what cells refer to, once.
func (w *workbook) load() error {
	if w.loaded {
		return nil
	}
	if err := w.readStrings(); err != nil {
		return err
	}
	if err := w.readStyles(); err != nil {
		return err
	}
	w.loaded = true
	return nil
}

// readStrings reads the strings that cells share. How a name is pronounced (rPh)
// is none of it.
func (w *workbook) readStrings() error {
	part := w.parts[w.strings]
	if part == nil {
		return nil
	}
	w.shared = make([]byte, 0, min(part.UncompressedSize64, MaxStrings))
	start, inText, aside := 0, false, 0
	return w.each(w.strings, MaxUnpacked, func(x *elements) error {
		switch token := x.token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "rPh":
				aside++
			case "t":
				inText = true
			}
		case xml.CharData:
			if inText && aside == 0 && len(w.shared)-start <= MaxCell {
				w.shared = append(w.shared, token[:min(len(token), MaxCell)]...)
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "t":
				inText = false
			case "rPh":
				aside--
			case "si":
				if start = len(w.shared); start > MaxStrings || len(w.ends) == maxStringCount {
					return ErrUnpacks
				}
				w.ends = append(w.ends, uint32(start)) //nolint:gosec // at most MaxStrings
			}
		}
		return nil
	})
}

// mostStyles is the most styles of a workbook, as Excel has it.
const mostStyles = 65_490

// readStyles finds the styles that show a number as a date or a time.
func (w *workbook) readStyles() error {
	own, inside := map[string]bool{}, false
	return w.each(w.styles, MaxUnpacked, func(x *elements) error {
		if end, ok := x.token.(xml.EndElement); ok && end.Name.Local == "cellXfs" {
			inside = false
		}
		start, ok := x.token.(xml.StartElement)
		if !ok {
			return nil
		}
		switch id := attribute(start, "numFmtId"); {
		case start.Name.Local == "numFmt" && len(own) < mostStyles:
			own[id] = isDateFormat(attribute(start, "formatCode"))
		case start.Name.Local == "cellXfs":
			inside = true
		case start.Name.Local == "xf" && inside:
			if len(w.dates) == mostStyles {
				return ErrUnpacks
			}
			date, known := own[id]
			w.dates = append(w.dates, known && date || !known && isDateID(id))
		}
		return nil
	})
}

// isDateID knows the formats that every workbook has: dates and times are 14 to
// 22 and 45 to 47, in East Asian ones also 27 to 36 and 50 to 58.
func isDateID(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58)
}

// isDateFormat says whether a format shows days, months, years, hours or seconds.
// What is in quotation marks or brackets, or behind a backslash, is shown as it
// is. "General" has letters of dates and is none.
func isDateFormat(code string) bool {
	code = strings.ReplaceAll(strings.ToLower(code), "general", "")
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case strings.IndexByte("dmyhs", c) >= 0:
			return true
		}
	}
	return false
}

// shares is the string with an index.
func (w *workbook) shares(index string) (string, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(index))
	if err != nil || n < 0 || n >= len(w.ends) {
		return "", false
	}
	start := uint32(0)
	if n > 0 {
		start = w.ends[n-1]
	}
	return string(w.shared[start:w.ends[n]]), true
}

// isDate says whether the style with an index shows a date.
func (w *workbook) isDate(style string) bool {
	n, err := strconv.Atoi(style)
	return err == nil && n >= 0 && n < len(w.dates) && w.dates[n]
}
