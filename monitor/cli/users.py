"""``monitor users``: who may act, in which role and centre."""

from __future__ import annotations

import click

from monitor.cli.app import LazyGroup, acting, listing, now, opened, show
from monitor.cli.typed import meanings
from monitor.i18n import N_, _

_HERE = "monitor.cli.users"
COMMANDS = {
    "add": (f"{_HERE}:add", N_("Let somebody act.")),
    "end": (f"{_HERE}:end", N_("Let somebody act no more.")),
    "list": (f"{_HERE}:list_", N_("Everybody who may act.")),
}
ROLES = (
    "watchlist_admin",
    "center_manager",
    "central",
    "technical_admin",
    "auditor",
)


def role_words() -> dict[str, str]:
    """What each role may do."""
    return {
        "watchlist_admin": _("enrols employees, keeps their names"),
        "center_manager": _("hits, cases and letters of a centre"),
        "central": _("hits and cases, advice on the police"),
        "technical_admin": _("users, keys and sources"),
        "auditor": _("checks evidence and history, sees no content"),
    }


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("Who may act, and as what."))
def users() -> None:
    """Hold the commands."""


@click.command(
    help=_(
        "Let somebody act under a login. The very first must be a technical "
        "administrator; after that only those add others."
    )
    + meanings(role_words())
)
@click.argument("new_login", metavar="LOGIN")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    help=_("What the person may do; repeat."),
)
@click.option("--center", help=_("The one centre it counts for; all without."))
@acting
def add(
    new_login: str, *, roles: tuple[str, ...], center: str | None, login: str
) -> None:
    """Add one user."""
    from monitor.models import UserRole
    from monitor.users import add_user

    with opened() as at_hand:
        if center is not None:
            at_hand.settings.center(center)
        with at_hand.database.begin() as session:
            wanted = [UserRole(role) for role in dict.fromkeys(roles)]
            add_user(session, new_login, wanted, center=center, by=login, now=now())
    click.echo(_("{login} may act from now on.").format(login=new_login))


@click.command(help=_("Let somebody act no more; what was done stays on record."))
@click.argument("old_login", metavar="LOGIN")
@acting
def end(old_login: str, login: str) -> None:
    """End one user."""
    from monitor.users import end_user

    with opened() as at_hand, at_hand.database.begin() as session:
        end_user(session, old_login, by=login, now=now())
    click.echo(_("{login} may no longer act.").format(login=old_login))


@click.command(help=_("Everybody who may act, with roles and centre."))
@click.option("--ended", is_flag=True, help=_("Also those who may no more."))
@listing
def list_(*, ended: bool, as_json: bool) -> None:
    """Print one row for each user."""
    from monitor.users import list_users

    with opened() as at_hand, at_hand.database.read() as session:
        rows = [
            {
                "login": user.login,
                "roles": list(user.roles) if as_json else ", ".join(user.roles),
                "center": user.center,
                "added_at": user.added_at,
                "ended_at": user.ended_at,
            }
            for user in list_users(session, ended=ended)
        ]
    headers = {
        "login": _("Login"),
        "roles": _("Roles"),
        "center": _("Centre"),
        "added_at": _("Added"),
    }
    if ended:
        headers["ended_at"] = _("Ended")
    show(rows, headers, as_json=as_json)
