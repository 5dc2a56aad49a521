"""Only known users act, within their roles and their centre."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from monitor import history, users
from monitor.errors import BadInput, Problem, Refused
from monitor.models import User, UserRole

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ADMIN, MANAGER = UserRole.TECHNICAL_ADMIN, UserRole.CENTER_MANAGER


def add(session: Session, login: str, *roles: UserRole, **over: str) -> User:
    values = {"by": "root"} | over
    by = values.pop("by")
    center = values.get("center")
    return users.add_user(session, login, roles, center=center, by=by, now=NOW)


def code(refused: pytest.ExceptionInfo[Problem]) -> str:
    return refused.value.reason.code


def test_an_unknown_login_may_not_act(session: Session) -> None:
    with pytest.raises(BadInput) as refused:
        users.actor(session, "nobody")
    assert code(refused) == "user_unknown"
    assert refused.value.exit_code == 2


def test_the_first_user_is_added_from_the_shell(session: Session) -> None:
    add(session, "root", ADMIN)
    assert users.actor(session, "root") == users.Actor("root", frozenset({ADMIN}))


def test_the_first_user_must_be_an_administrator(session: Session) -> None:
    with pytest.raises(BadInput, match="user_first_is_admin"):
        add(session, "ankj", MANAGER, center="soenderby")


def test_only_an_administrator_adds_and_ends_users(session: Session) -> None:
    add(session, "root", ADMIN)
    add(session, "ankj", MANAGER, center="soenderby")
    with pytest.raises(Refused, match="not_allowed"):
        add(session, "other", ADMIN, by="ankj")
    with pytest.raises(Refused, match="not_allowed"):
        users.end_user(session, "root", by="ankj", now=NOW)
    with pytest.raises(BadInput, match="user_unknown"):
        add(session, "other", ADMIN, by="stranger")


def test_an_ended_user_may_not_act_and_may_come_back(session: Session) -> None:
    add(session, "root", ADMIN)
    add(session, "ankj", MANAGER, center="soenderby")
    users.end_user(session, "ankj", by="root", now=NOW)
    with pytest.raises(BadInput, match="user_ended"):
        users.actor(session, "ankj")
    assert [user.login for user in users.list_users(session)] == ["root"]
    assert len(users.list_users(session, ended=True)) == 2
    add(session, "ankj", UserRole.AUDITOR)
    assert users.actor(session, "ankj").roles == {UserRole.AUDITOR}


@pytest.mark.parametrize(
    ("login", "roles", "expected"),
    [
        ("", [ADMIN], "user_login_bad"),
        ("a b", [ADMIN], "user_login_bad"),
        ("x" * 65, [ADMIN], "user_login_bad"),
        ("system", [ADMIN], "user_login_bad"),
        ("root", [ADMIN], "user_exists"),
        ("ankj", [], "user_without_role"),
        ("ankj", [MANAGER], "user_without_center"),
    ],
)
def test_a_user_that_makes_no_sense_is_refused(
    session: Session, *, login: str, roles: list[UserRole], expected: str
) -> None:
    add(session, "root", ADMIN)
    with pytest.raises(BadInput) as refused:
        add(session, login, *roles)
    assert code(refused) == expected


def test_roles_and_centres_are_enforced() -> None:
    manager = users.Actor("ankj", frozenset({MANAGER}), "soenderby")
    users.require(manager, MANAGER, UserRole.CENTRAL)
    users.require(manager, MANAGER, center="soenderby")
    with pytest.raises(Refused, match="not_allowed"):
        users.require(manager, ADMIN)
    with pytest.raises(Refused, match="not_allowed_center"):
        users.require(manager, MANAGER, center="vestby")
    central = users.Actor("cf", frozenset({UserRole.CENTRAL}))
    users.require(central, UserRole.CENTRAL, center="vestby")


def test_every_change_of_users_is_noted(session: Session) -> None:
    add(session, "root", ADMIN)
    add(session, "ankj", MANAGER, center="soenderby")
    users.end_user(session, "ankj", by="root", now=NOW)
    told = history.of(session, "user", "ankj", opened=True)
    assert [(e.actor, e.kind) for e in told] == [
        ("root", "user_added"),
        ("root", "user_ended"),
    ]
    assert told[0].payload == {"center_manager": True, "center": "soenderby"}
