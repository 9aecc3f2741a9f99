package partnercentertest

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// page is the part of a list that token asks for. more is put into the links
// of a page that has a next one; nil leaves links out.
func (s *Server) page(items []map[string]any, token string, more map[string]any) reply {
	from, ok := position(token)
	if !ok || from > len(items) {
		return s.refuse(http.StatusBadRequest, "3000", "The continuation token is not valid.")
	}
	to := min(from+s.opts.PageSize, len(items))
	body := map[string]any{"totalCount": to - from, "items": items[from:to], "attributes": attributes("Collection")}
	if to < len(items) {
		body["continuationToken"] = ticket(to)
		if more != nil {
			body["links"] = map[string]any{"next": more}
		}
	}
	return s.ok(body)
}

// ticket is a continuation token: opaque, and no number that a client could
// count on by itself.
func ticket(position int) string {
	return base64.StdEncoding.EncodeToString([]byte("after:" + strconv.Itoa(position)))
}

func position(token string) (int, bool) {
	if token == "" {
		return 0, true
	}
	plain, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return 0, false
	}
	digits, ours := strings.CutPrefix(string(plain), "after:")
	at, err := strconv.Atoi(digits)
	return at, ours && err == nil && at >= 0
}
