"""Who may act: users, their roles and their centre; asked by every room that acts.

Logging in and the choice of who is asking are left to the edges.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import history
from monitor.errors import BadInput, Refused
from monitor.models import User, UserRole


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks for something; ``center`` None means all centres."""

    login: str
    roles: frozenset[UserRole]
    center: str | None = None


def actor(session: Session, login: str) -> Actor:
    """The user who acts; BadInput when unknown or no longer active."""
    user = session.get(User, login)
    if user is None:
        raise BadInput("user_unknown", login=login)
    if user.ended_at is not None:
        raise BadInput("user_ended", login=login)
    return Actor(login, frozenset(UserRole(r) for r in user.roles), user.center)


def require(actor: Actor, *roles: UserRole, center: str | None = None) -> None:
    """Refuse unless the actor has one of the roles, and the centre if one is named."""
    if actor.roles.isdisjoint(roles):
        raise Refused("not_allowed", login=actor.login, roles=_words(roles))
    if center is not None and actor.center not in {None, center}:
        raise Refused("not_allowed_center", login=actor.login, center=center)


def add_user(
    session: Session,
    login: str,
    roles: Collection[UserRole],
    *,
    center: str | None = None,
    by: str,
    now: datetime,
) -> User:
    """Let somebody act; an ended user may come back, with new roles.

    Technical administrators add users. While there is none – in an empty table –
    whoever runs the command line may add the first: a shell that reaches the key
    file sees everything anyway. Only the login is noted, as for every other act.
    """
    _may_change(session, by, roles)
    _check(login, roles, center)
    user = session.get(User, login)
    if user is not None and user.ended_at is None:
        raise BadInput("user_exists", login=login)
    if user is None:
        user = User(login=login)
        session.add(user)
    user.roles, user.center = sorted(roles), center
    user.added_at, user.ended_at = now, None
    session.flush()
    _note(session, user, "user_added", by=by, now=now)
    return user


def end_user(session: Session, login: str, *, by: str, now: datetime) -> User:
    """Let somebody act no more; what was done under the login stays readable."""
    actor(session, login)
    require(actor(session, by), UserRole.TECHNICAL_ADMIN)
    user = session.get_one(User, login)
    user.ended_at = now
    session.flush()
    _note(session, user, "user_ended", by=by, now=now)
    return user


def list_users(session: Session, *, ended: bool = False) -> list[User]:
    """All who may act, by login; with ``ended`` also those who may no more."""
    users = select(User).order_by(User.login)
    return list(
        session.scalars(users if ended else users.where(User.ended_at.is_(None)))
    )


def _may_change(session: Session, by: str, roles: Collection[UserRole]) -> None:
    if any(UserRole.TECHNICAL_ADMIN in user.roles for user in list_users(session)):
        require(actor(session, by), UserRole.TECHNICAL_ADMIN)
    elif UserRole.TECHNICAL_ADMIN not in roles:
        raise BadInput("user_first_is_admin")


def _check(login: str, roles: Collection[UserRole], center: str | None) -> None:
    if not re.fullmatch(r"[\w.@\\+-]{1,64}", login) or login == history.SYSTEM:
        raise BadInput("user_login_bad", login=login)
    if not roles:
        raise BadInput("user_without_role", login=login)
    if UserRole.CENTER_MANAGER in roles and center is None:
        raise BadInput("user_without_center", login=login)


def _note(session: Session, user: User, kind: str, *, by: str, now: datetime) -> None:
    payload: dict[str, str | int | float | bool | None] = dict.fromkeys(
        user.roles, True
    )
    history.record(
        session,
        actor=by,
        kind=kind,
        object_type="user",
        object_id=user.login,
        now=now,
        payload=payload | {"center": user.center},
    )


def _words(roles: Collection[UserRole]) -> str:
    return ", ".join(sorted(roles))
