package partnercentertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// A reply is an answer before it is delivered.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r *reply) set(key, value string) {
	if r.header == nil {
		r.header = http.Header{}
	}
	r.header.Set(key, value)
}

// with is set, in an expression.
func (r reply) with(key, value string) reply {
	r.set(key, value)
	return r
}

// ok is a 200 with a JSON body, with the byte order mark if so set.
func (s *Server) ok(body any) reply { return s.json(http.StatusOK, body) }

func (s *Server) json(status int, body any) reply {
	data, err := json.Marshal(body)
	if err != nil {
		return reply{status: http.StatusInternalServerError}
	}
	if s.opts.BOM {
		data = append([]byte("\ufeff"), data...)
	}
	answer := reply{status: status, body: data}
	answer.set("Content-Type", "application/json; charset=utf-8")
	return answer
}

// date is when the answer was given, unless it says so itself.
func (s *Server) date(answer reply, fault Fault) reply {
	if answer.status == 0 || answer.header.Get("Date") != "" && fault != FaultSkew {
		return answer
	}
	at := s.at
	if fault == FaultSkew {
		at = at.Add(skew)
	}
	return answer.with("Date", at.UTC().Format(http.TimeFormat))
}

// refuse is Partner Center's own error shape.
func (s *Server) refuse(status int, code, description string) reply {
	return s.json(status, map[string]any{"code": code, "description": description, "data": []string{}, "source": "PartnerFD"})
}

func html(status int, title string) reply {
	page := reply{status: status, body: fmt.Appendf(nil, "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>", title, title)}
	page.set("Content-Type", "text/html; charset=utf-8")
	return page
}

// attributes is the ornament that every object has.
func attributes(objectType string) map[string]string {
	return map[string]string{"objectType": objectType}
}

// moment is a time as Partner Center may give it: without a zone, or with
// seven digits and an offset; the year 1 where there is none.
func (s *Server) moment(at time.Time) string {
	if at.IsZero() {
		return "0001-01-01T00:00:00"
	}
	if s.rng.IntN(2) == 0 {
		return at.UTC().Format("2006-01-02T15:04:05")
	}
	return at.In(time.FixedZone("", -7*3600)).Format("2006-01-02T15:04:05.0000000-07:00")
}
