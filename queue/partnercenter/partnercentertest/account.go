package partnercentertest

import "net/http"

// An Account is what the partner is to Microsoft.
type Account string

// The accounts.
const (
	// AccountDirect sells to its customers itself.
	AccountDirect Account = "direct"
	// AccountProvider sells through resellers. It may act for their customers,
	// whatever its own relationship is.
	AccountProvider Account = "indirect-provider"
	// AccountReseller has no API: every call is refused.
	AccountReseller Account = "indirect-reseller"
)

// Accounts are all of them.
func Accounts() []Account { return []Account{AccountDirect, AccountProvider, AccountReseller} }

// The codes of refusals that are about the caller.
const (
	codeDenied    = "2032"   // also for what the account has no right to
	codeNoRole    = "900150" // the person has not the role
	codeNoAccount = "900149" // the account has no API
)

// welcome refuses, with a status, whoever may do nothing at all. A token
// without a user has no roles and needs none.
func (s *Server) welcome(who caller) reply {
	switch {
	case s.opts.Account == AccountReseller:
		return s.refuse(http.StatusForbidden, codeNoAccount, "The programme of this account has no access to this API.")
	case !who.application && !who.admin && !who.sales:
		return s.noRole()
	default:
		return reply{}
	}
}

// forAdmins refuses, with a status, whoever may not manage profiles.
func (s *Server) forAdmins(who caller) reply {
	if who.sales && !who.admin {
		return s.noRole()
	}
	return reply{}
}

func (s *Server) noRole() reply {
	return s.refuse(http.StatusForbidden, codeNoRole, "The role has no right to do this.")
}

// forUsers refuses, with a status, a token without a user.
func (s *Server) forUsers(who caller) reply {
	switch {
	case !who.application:
		return reply{}
	case s.opts.AppOnlyStatus == http.StatusUnauthorized:
		return s.fail(FaultSignIn)
	default:
		return s.refuse(s.opts.AppOnlyStatus, codeDenied, "Access denied: this needs a user.")
	}
}

// forProviders refuses, with a status, every other account.
func (s *Server) forProviders() reply {
	if s.opts.Account == AccountProvider {
		return reply{}
	}
	return s.refuse(http.StatusForbidden, codeDenied, "Access denied: the account is no indirect provider.")
}
