package signin

import "time"

// Hurry gives a person in the browser less time.
func (s *Source) Hurry(patience time.Duration) { s.patience = patience }

// AccountOf reads tokens as a Source does.
func AccountOf(access, identity string) Account { return accountOf(access, identity) }
