"""Who may act, as typed."""

from __future__ import annotations

from tests.cli.keyboard import Type


def test_a_user_is_added_listed_and_ended(typed: Type) -> None:
    role = ("--role", "center_manager", "--center", "havnelyst")
    assert typed("users", "add", "stine", *role, login="drift").code == 0
    rows = {
        row["login"]: row for row in typed("users", "list", "--json", login=None).json
    }
    assert rows["stine"]["roles"] == ["center_manager"]
    assert "stine" in typed("users", "list", login=None).out
    assert typed("users", "end", "stine", login="drift").code == 0
    assert "stine" not in typed("users", "list", login=None).out
    assert "stine" in typed("users", "list", "--ended", login=None).out
    assert typed("hits", "list", login="stine").code == 2


def test_only_technical_administrators_add_users(typed: Type) -> None:
    role = ("--role", "auditor")
    assert typed("users", "add", "stine", *role, login="bente").code == 1
    assert typed("users", "end", "jura", login="bente").code == 1


def test_wrong_use_is_told(typed: Type) -> None:
    far = ("--role", "center_manager", "--center", "atlantis")
    assert typed("users", "add", "stine", *far, login="drift").code == 2
    assert typed("users", "add", "stine", login="drift").code == 2
    assert typed("users", "add", "stine", "--role", "boss", login="drift").code == 2
