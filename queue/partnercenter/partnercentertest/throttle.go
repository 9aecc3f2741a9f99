package partnercentertest

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// writes are a customer's in the running window.
type writes struct {
	since time.Time
	count int
}

// throttleWrite refuses, with a status, what is more than a customer has in
// Options.RetryAfter. A refused request counts too, but does not make the
// window longer.
func (s *Server) throttleWrite(c *customer) reply {
	if s.opts.ThrottleWrites <= 0 {
		return reply{}
	}
	if s.at.Sub(c.writes.since) >= s.opts.RetryAfter {
		c.writes = writes{since: s.at}
	}
	c.writes.count++
	if c.writes.count <= s.opts.ThrottleWrites {
		return reply{}
	}
	left := c.writes.since.Add(s.opts.RetryAfter).Sub(s.at)
	seconds := strconv.Itoa(int((left + time.Second - 1) / time.Second))
	return throttle("Rate limit is exceeded. Try again in "+seconds+" seconds.").with("Retry-After", seconds)
}

// seconds is what a 429 asks for; less than one is 0, which says nothing.
func (s *Server) seconds() string { return strconv.Itoa(int(s.opts.RetryAfter.Seconds())) }

// throttle is the gateway's 429, which has a body of its own shape.
func throttle(sentence string) reply {
	body := fmt.Appendf(nil, `{ "statusCode": 429, "message": %q }`, sentence)
	return reply{status: http.StatusTooManyRequests, body: body}.with("Content-Type", "application/json")
}

func (s *Server) throttleWords() reply {
	return throttle("Rate limit is exceeded. Try again in " + s.seconds() + " seconds.")
}

func (s *Server) throttleSeconds() reply { return s.throttleWords().with("Retry-After", s.seconds()) }

func (s *Server) throttleDate() reply {
	now := s.at.UTC()
	until := now.Add(s.opts.RetryAfter)
	return throttle("Rate limit is exceeded.").with("Date", now.Format(http.TimeFormat)).with("Retry-After", until.Format(http.TimeFormat))
}
