"""Tries every line of the tables in ``cases/``: what matches and what does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.extract import read_page
from monitor.extract.flat import flat_text
from monitor.match import build, find
from monitor.types import Context, Entry, Match

FOLDER = Path(__file__).with_name("cases")
URL = "https://blog.example/indlæg/1"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONTEXT = Context(
    center_words={
        "havnelyst": ("Jobcenter Havnelyst", "Havnelyst", "Tågeby", "Tågeby Kommune"),
        "engdraget": ("Jobcenter Engdraget",),
    }
)
# Whom the tables are about: a name, and what the person added to it.
PEOPLE: dict[str, dict[str, Any]] = {
    "Malthe Kringelbæk": {"emails": ("malthe@taageby.example",)},
    "Signe Abildtorp-Vang": {
        "aliases": ("Signe AV",),
        "profile_urls": ("https://www.linkedin.example/in/signe-av/",),
    },
    "Ruth Ellemose Dahl": {"aliases": ("Rutinen",)},
    "Mette Nielsen": {"emails": ("mn@taageby.example",)},
    "Jens Bæk": {"role_words": ("mentorordningen",)},
    "Vibe Stenager": {"aliases": ("Vibe Klokkerholm", "Vibsen")},
    "Johan Mosegren (Engdraget)": {"center": "engdraget"},
}


@dataclass(frozen=True)
class Case:
    """One line of a table; ``quotes`` holds a band and a quote for each find."""

    place: str
    people: frozenset[str]
    text: str
    found: tuple[str, str] | None
    is_page: bool


def read_cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.md")):
        is_page = False
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
            if line.startswith("| On the list"):
                is_page = cells[1] == "Page"
            elif line.startswith("| ") and len(cells) == 4:
                people = frozenset(cells[0].split(" & "))
                text = plain(cells[1].removeprefix("`").removesuffix("`"))
                place = f"{file.stem}:{number}"
                yield Case(place, people, text, expected(cells[2]), is_page)


def expected(cell: str) -> tuple[str, str] | None:
    if cell == "nothing":
        return None
    band, _, quote = cell.partition(" ")
    return band, plain(quote.strip("`"))


def plain(cell: str) -> str:
    """A cell with its escapes as the signs they stand for."""
    cell = cell.replace(r"\n", "\n").replace(r"\t", "\t")
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), cell)


CASES = tuple(read_cases())
NAMES = sorted(set(PEOPLE) | {name for case in CASES for name in case.people})
INDEX = build(
    Entry(
        number,
        **{
            "center": "havnelyst",
            "full_name": name.partition(" (")[0],
            **PEOPLE.get(name, {}),
        },
    )
    for number, name in enumerate(NAMES)
)


def texts_of(case: Case) -> list[str]:
    if not case.is_page:
        return [case.text]
    kind = "text/html; charset=utf-8"
    read = read_page(case.text.encode(), content_type=kind, url=URL, now=NOW)
    return [post.searched_text for post in read.posts]


def matches_of(texts: list[str]) -> list[Match]:
    return [match for text in texts for match in find(INDEX, text, CONTEXT)]


def outcome(matches: list[Match]) -> set[tuple[str, str, str]]:
    return {(NAMES[m.employee_id], m.band.value, m.quote) for m in matches}


def wanted(case: Case) -> set[tuple[str, str, str]]:
    return {(name, *case.found) for name in case.people} if case.found else set()


@pytest.mark.parametrize("case", CASES, ids=[case.place for case in CASES])
def test_a_line_comes_out_as_it_says(case: Case) -> None:
    matches = matches_of(texts_of(case))
    assert outcome(matches) == wanted(case)
    assert all(m.ambiguous for m in matches) == (len(case.people) > 1 or not matches)


@pytest.mark.parametrize("case", [case for case in CASES if case.is_page])
def test_a_page_in_a_file_comes_out_as_it_says(case: Case) -> None:
    assert outcome(matches_of([flat_text(case.text, URL)])) == wanted(case)


def test_hard_negatives_are_as_many_as_positives() -> None:
    found = [case for case in CASES if case.found]
    assert len(found) >= 150
    assert len(CASES) == 2 * len(found)
