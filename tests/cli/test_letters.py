"""A letter's way as typed, on both databases."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from monitor import cases, i18n, users
from monitor.cli.app import now, run
from monitor.cli.letters import letters
from monitor.models import Case, Recheck, UserRole
from monitor.settings import load
from monitor.startup import open_all
from tests.cases.builders import make_ready
from tests.letters.builders import shipped_text, write_template

FIELDS = (
    *("--to", "sandheden_nu", "--quote", "Hæng hende ud!"),
    *("--request", "fjerne billedet", "--reason", "hun ikke kan være i fred hjemme"),
)


class Said(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def case(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case in which a letter was decided; gives its number."""
    monkeypatch.setenv("MONITOR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MONITOR_DATABASE_URL", empty_url)
    monkeypatch.delenv("MONITOR_CONFIG", raising=False)
    with open_all(load(), now()) as at_hand, at_hand.database.begin() as session:
        add = users.add_user
        add(session, "root", [UserRole.TECHNICAL_ADMIN], by="root", now=now())
        for login, center in (("bente", "havnelyst"), ("torkild", "engdraget")):
            roles = [UserRole.CENTER_MANAGER]
            add(session, login, roles, center=center, by="root", now=now())
        return make_ready(session).number


@pytest.fixture
def call(
    case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    before = i18n.current()
    i18n.use("en")

    def typed(*words: str, login: str = "bente") -> Said:
        monkeypatch.setattr("sys.argv", ["monitor letters", *words, "--as", login])
        code = run(letters)
        return Said(code, *capsys.readouterr())

    yield typed
    i18n.use(before)


def draft(call: Call, case: str) -> str:
    said = call("draft", case, "t1", "--language", "da", *FIELDS)
    assert said.code == 0, said.err
    return said.out.split()[1]


def state(number: str) -> str:
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        found = session.query(Case).filter_by(number=number).one()
        return found.state.value


def planned() -> int:
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        return session.query(Recheck).count()


def test_letter_goes_from_draft_to_sent_and_the_case_waits(
    call: Call, case: str, tmp_path: Path
) -> None:
    letter = draft(call, case)
    assert "fjerne billedet" in call("show", letter).out
    file = tmp_path / "look.pdf"
    assert call("preview", letter, str(file)).code == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert call("approve", letter).code == 0
    said = call("export", letter, str(tmp_path / "out"))
    pdf, word = map(Path, said.out.split())
    assert pdf.read_bytes() == file.read_bytes()
    assert word.suffix == ".docx"
    assert state(case) == "decided"
    said = call("sent", letter, "--channel", "digital_post")
    assert "An answer is hoped for by" in said.out
    assert state(case) == "waiting_author"
    assert planned() > 14
    (row,) = json.loads(call("list", "--json").out)
    assert (row["state"], row["channel"]) == ("sent", "digital_post")
    assert "Digital Post" in call("list", case).out


def test_draft_with_gaps_says_what_is_missing_and_what_to_type(
    call: Call, case: str
) -> None:
    said = call("draft", case, "t3", "--platform", "Tågebysnak")
    assert said.code == 1
    for told in ("--quote", "--request", "--field content=…", "--field rule=…"):
        assert told in said.err
    assert "The rule of Danish law" in said.err
    assert "--platform 'Tågebysnak'" in said.err  # what was typed is kept
    assert json.loads(call("list", "--json").out) == []


def test_what_forbids_a_letter_is_said_before_any_words_are_asked_for(
    call: Call, case: str
) -> None:
    said = call("draft", case, "t2")
    assert said.code == 1
    assert "nothing to remind of" in said.err
    assert "still needs" not in said.err


def test_field_that_no_letter_has_is_wrong_use(call: Call, case: str) -> None:
    said = call("draft", case, "t1", "--field", "recipient=Bo")
    assert said.code == 2
    assert "recipient_name" in said.err
    assert call("draft", case, "t9").code == 2


def test_letter_of_another_centre_does_not_exist(call: Call, case: str) -> None:
    letter = draft(call, case)
    for words in (("show", letter), ("approve", letter), ("show", "99")):
        said = call(*words, login="torkild")
        assert said.code == 1
        assert "There is no letter" in said.err
    assert json.loads(call("list", "--json", login="torkild").out) == []
    assert call("list", case, login="torkild").code == 1


def test_reading_a_letter_is_noted_in_the_case(call: Call, case: str) -> None:
    letter = draft(call, case)
    told = json.loads(call("show", letter, "--json").out)
    assert told["document"]["recipient"] == ["sandheden_nu"]
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        who = users.actor(session, "bente")
        found = cases.get(session, case, actor=who)
        assert "viewed" in [e.kind for e in cases.story(session, found, actor=who)]


def test_letter_that_was_given_up_cannot_be_sent(call: Call, case: str) -> None:
    letter = draft(call, case)
    assert call("sent", letter, "--channel", "post").code == 1
    assert call("void", letter).code == 0
    assert call("approve", letter).code == 1
    assert "given up" in call("list").out


def test_unknown_channel_and_a_file_in_the_way_are_refused(
    call: Call, case: str, tmp_path: Path
) -> None:
    letter = draft(call, case)
    call("approve", letter)
    assert call("sent", letter, "--channel", "pigeon").code == 2
    file = tmp_path / "there.pdf"
    file.write_text("mine")
    said = call("preview", letter, str(file))
    assert (said.code, "there already" in said.err) == (2, True)
    assert call("preview", letter, str(tmp_path / "no" / "x.pdf")).code == 2
    assert file.read_text() == "mine"


def test_own_wording_is_used(
    call: Call, case: str, tmp_path: Path, *, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "config"
    shutil.copytree(load().config_dir, folder)
    own = shipped_text().replace('subject = "', 'subject = "Fra os: ', 1)
    write_template(folder / "letters", own)
    monkeypatch.setenv("MONITOR_CONFIG", str(folder))
    assert "Fra os: " in call("show", draft(call, case)).out
