package partnercentertest

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A list is the rows there are, of which some are not shown. Only those of the
// page are made.
type list struct {
	length int
	shown  func(int) bool
	wire   func(int) map[string]any
}

// from gives up to size rows from a position on, and the position of the next
// page, or 0. Positions count what is not shown as well: a row that goes in the
// middle of a listing moves no other out of it.
func (l list) from(position, size int) (items []map[string]any, next int) {
	items = []map[string]any{}
	for i := position; i < l.length; i++ {
		if !l.shown(i) {
			continue
		}
		if len(items) == size {
			return items, i
		}
		items = append(items, l.wire(i))
	}
	return items, 0
}

// page is the part of a list that token asks for.
func (s *Server) page(all list, token string) reply {
	from, ok := position(token)
	if !ok || from > all.length {
		return s.refuse(http.StatusBadRequest, "3000", "The continuation token is not valid.")
	}
	items, next := all.from(from, s.opts.PageSize)
	body := map[string]any{"totalCount": len(items), "items": items, "attributes": attributes("Collection")}
	if next > 0 {
		body["continuationToken"] = ticket("after:" + strconv.Itoa(next))
	}
	return s.ok(body)
}

// collection is a list that has no pages.
func (s *Server) collection(items []map[string]any) reply {
	return s.ok(map[string]any{"totalCount": len(items), "items": items, "attributes": attributes("Collection")})
}

// ticket is a continuation token: opaque, and no number that a client could
// count on by itself.
func ticket(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func opened(token string) (string, bool) {
	plain, err := base64.StdEncoding.DecodeString(token)
	return string(plain), err == nil
}

func position(token string) (int, bool) {
	if token == "" {
		return 0, true
	}
	plain, valid := opened(token)
	digits, ours := strings.CutPrefix(plain, "after:")
	at, err := strconv.Atoi(digits)
	return at, valid && ours && err == nil && at >= 0
}

// sorted are the keys of a map, always in the same order.
func sorted[Thing any](all map[string]Thing) []string { return slices.Sorted(maps.Keys(all)) }
