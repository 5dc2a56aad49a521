"""Sentences about users and what they may do."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "user_unknown": N_(
        "Nobody with the login {login} may act here, so nothing was done. A technical "
        "administrator can add the login: monitor users add {login} --role …"
    ),
    "user_ended": N_(
        "The login {login} was ended and may no longer act, so nothing was done. A "
        "technical administrator can add it again: monitor users add {login} --role …"
    ),
    "user_exists": N_(
        "The login {login} may already act; nothing was changed. To give it other "
        "roles, end it first (monitor users end {login}), then add it again."
    ),
    "user_login_bad": N_(
        "{login} cannot be a login. Use up to 64 letters, digits and the signs "
        ". @ \\ + - _; the word system is kept for the program itself."
    ),
    "user_without_role": N_(
        "{login} was given no role and could do nothing. Name at least one: "
        "watchlist_admin, center_manager, central, technical_admin, auditor."
    ),
    "user_without_center": N_(
        "A centre manager sees the cases of one centre only. Name the centre of "
        "{login} with --center."
    ),
    "user_first_is_admin": N_(
        "There is no technical administrator yet. Add one first: "
        "monitor users add LOGIN --role technical_admin"
    ),
    "not_allowed": N_(
        "{login} may not do this; it takes one of these roles: {roles}. Nothing was "
        "changed. Ask a technical administrator if the role is missing by mistake."
    ),
    "not_allowed_center": N_(
        "This belongs to the centre {center}, and {login} acts for another one. "
        "Nothing was shown or changed. Ask the manager of that centre."
    ),
}
