from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor import i18n, users
from monitor.cli.app import now, run
from monitor.cli.watchlist import watchlist
from monitor.models import UserRole
from monitor.settings import load
from monitor.startup import open_all
from watchlist.entries import active_entries

YES = ("--given-on", f"{now():%Y-%m-%d}", "--how", "form", "--text-version", "1")
SIGNE = ("add", "e-1", "--name", "Signe Abildtorp-Vang", "--center", "havnelyst")
HEAD = "employee_id;full_name;aliases;email;linkedin_url;center\n"


class Said(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    """The command as typed by somebody who may do everything, on an own database."""
    monkeypatch.setenv("MONITOR_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("MONITOR_CONFIG", raising=False)
    before = i18n.current()
    i18n.use("en")
    with open_all(load(), now()) as at_hand, at_hand.database.begin() as session:
        roles = [UserRole.WATCHLIST_ADMIN, UserRole.TECHNICAL_ADMIN]
        users.add_user(session, "wla", roles, by="wla", now=now())

    def typed(*words: str, login: str = "wla") -> Said:
        who = () if words[0] == "try-name" else ("--as", login)
        monkeypatch.setattr("sys.argv", ["watchlist", *words, *who])
        code = run(watchlist)
        return Said(code, *capsys.readouterr())

    yield typed
    i18n.use(before)


def looked_for() -> list[str]:
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        return [entry.full_name for entry in active_entries(session)]


def test_entry_with_a_yes_is_looked_for(call: Call) -> None:
    said = call(*SIGNE, "--alias", "Signe AV", *YES)
    assert said.code == 0
    assert "holds until" in said.out
    assert looked_for() == ["Signe Abildtorp-Vang"]


def test_entry_without_a_yes_waits_until_it_is_renewed(call: Call) -> None:
    assert "not looked for" in call(*SIGNE).out
    assert looked_for() == []
    assert call("renew", "e-1", *YES).code == 0
    assert looked_for() == ["Signe Abildtorp-Vang"]


def test_half_a_yes_is_wrong_use(call: Call) -> None:
    said = call(*SIGNE, "--how", "form")
    assert said.code == 2
    assert "--given-on" in said.err


def test_refusal_is_put_into_words(call: Call) -> None:
    said = call("add", "e-1", "--name", "Signe", "--center", "havnelyst")
    assert said.code == 1
    assert "one part only" in said.err
    assert call("pause", "e-9").err.startswith("There is no employee")


def test_stranger_may_do_nothing(call: Call) -> None:
    assert call("list", login="nobody").code == 2


def test_import_reports_each_row(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = "e-1;Åse Møller;;;;havnelyst\ne-2;Bo;;;;nowhere\n"
    file.write_text(HEAD + rows, encoding="cp1252")
    trial = call("import", str(file), "--dry-run")
    assert trial.code == 1
    assert "nothing was changed" in trial.out
    assert "old Windows encoding" in trial.err
    assert json.loads(call("list", "--json").out) == []
    said = call("import", str(file), "--json")
    assert [row["result"] for row in json.loads(said.out)] == ["pending", "refused"]
    assert json.loads(said.out)[1]["codes"] == ["center_unknown", "full_name_single"]
    assert "Åse Møller" in call("list").out


def test_import_without_faults_ends_well(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{HEAD}e-1;Ruth Dahl;;;;havnelyst\n")
    assert call("import", str(file)).code == 0
    assert call("import", str(tmp_path / "none.csv")).code == 2


def test_entry_is_shown_with_its_history(call: Call) -> None:
    call(*SIGNE, *YES)
    call("pause", "e-1")
    shown = call("show", "e-1").out
    assert "Signe Abildtorp-Vang" in shown
    assert "said yes" in shown
    told = json.loads(call("show", "e-1", "--json").out)
    assert [step["kind"] for step in told["history"]] == ["granted", "paused"]
    assert told["state"] == "paused"


def test_pause_and_resume(call: Call) -> None:
    call(*SIGNE, *YES)
    assert "is paused" in call("pause", "e-1").out
    assert looked_for() == []
    assert "looked for again" in call("resume", "e-1").out
    assert looked_for() == ["Signe Abildtorp-Vang"]


def test_withdrawal_shows_what_it_erases_and_asks(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(*SIGNE, *YES)
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    refused = call("withdraw", "e-1")
    assert (refused.code, refused.err) == (1, "Nothing was changed.\n")
    assert "Erase this for good? [y/N]" in refused.out
    assert "Name forms to erase" in refused.out
    assert looked_for() == ["Signe Abildtorp-Vang"]
    done = call("withdraw", "e-1", "--yes")
    assert done.code == 0
    assert looked_for() == []
    assert call("show", "e-1").code == 1


@pytest.mark.parametrize("answer", ["j", "Ja ", "y", "YES"])
def test_a_yes_is_understood_in_both_languages(
    call: Call, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    call(*SIGNE, *YES)
    monkeypatch.setattr("sys.stdin", StringIO(f"{answer}\n"))
    i18n.use("da")
    done = call("withdraw", "e-1")
    assert (done.code, "[j/N]" in done.out) == (0, True)
    assert looked_for() == []


@pytest.mark.parametrize("answer", ["", "\n", "nej\n", "måske\n"])
def test_all_but_a_yes_changes_nothing(
    call: Call, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    call(*SIGNE, *YES)
    monkeypatch.setattr("sys.stdin", StringIO(answer))
    i18n.use("da")
    assert call("withdraw", "e-1").code == 1
    assert looked_for() == ["Signe Abildtorp-Vang"]


def test_export_is_for_the_owner_and_overwrites_nothing(
    call: Call, tmp_path: Path
) -> None:
    call(*SIGNE, *YES)
    file = tmp_path / "out.csv"
    assert call("export", str(file)).code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    written = file.read_bytes()
    assert b"Signe Abildtorp-Vang" in written
    again = call("export", str(file))
    assert (again.code, "there already" in again.err) == (2, True)
    assert file.read_bytes() == written
    said = call("import", str(file), "--json")
    assert [row["result"] for row in json.loads(said.out)] == ["unchanged"]


def test_name_is_judged_without_a_database(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_DATA", os.devnull)
    assert "very common" in call("try-name", "Mette Nielsen").out
    told = json.loads(call("try-name", "Signe Abildtorp-Vang", "--json").out)
    assert told["rarity"] == "rare"
    assert call("try-name", "123").code == 1


def test_keys_are_rotated_and_everything_stays_readable(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(*SIGNE, *YES)
    before = load().key_file.read_bytes()
    monkeypatch.setattr("sys.stdin", StringIO())
    refused = call("rotate-keys")
    assert (refused.code, refused.err) == (1, "Nothing was changed.\n")
    assert load().key_file.read_bytes() == before
    assert call("rotate-keys", "--yes").code == 0
    after = load().key_file.read_bytes()
    assert before not in after
    assert after.count(b"\n") == 1
    assert looked_for() == ["Signe Abildtorp-Vang"]
