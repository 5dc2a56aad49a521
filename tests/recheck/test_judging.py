"""What one answer says of a post, and what several of them say together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.extract import Extracted
from monitor.models import RecheckOutcome
from monitor.recheck.judging import (
    Earlier,
    Finding,
    Known,
    Sight,
    conclude,
    find,
)
from monitor.types import Answer, Fetched, Post, ReadState, Reason

URL = "https://forum.example/traad"
TEXT = "Signe Abildtorp-Vang er den koldeste sagsbehandler i hele Tågeby, skam jer."
NAME = "Signe Abildtorp-Vang"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HALF_DAY = timedelta(hours=12)
ABSENT = Finding(Sight.ABSENT, Reason("recheck_not_found"))


def known(**over: Any) -> Known:
    values: dict[str, Any] = {"url": URL, "text": TEXT, "quotes": (NAME,)}
    return Known(**(values | over))


def fetched(final_url: str = URL) -> Fetched:
    return Fetched(ReadState.READ, Answer(URL, final_url, 200, (), b"", b"", NOW))


def sight(page: Extracted, *, final_url: str = URL, **over: Any) -> tuple[Sight, str]:
    finding = find(known(**over), fetched(final_url), page)
    return finding.sight, finding.reason.code if finding.reason else ""


def page(*texts: str, **over: Any) -> Extracted:
    posts = tuple(Post(URL, text) for text in texts)
    values: dict[str, Any] = {"posts": posts, "text": "\n".join(texts)}
    return Extracted(URL, **(values | over))


def test_white_space_and_case_are_no_change() -> None:
    shown = TEXT.upper().replace(" ", " \n ")
    assert sight(page("Hej.", shown)) == (Sight.THERE, "")


def test_covered_names_of_others_are_no_change() -> None:
    both = f"{TEXT} Og Malthe Kringelbæk er lige så slem."
    covered = both.replace("Malthe Kringelbæk", "▮▮▮▮▮▮ ▮▮▮▮▮▮▮▮▮▮")
    assert sight(page(both), text=covered) == (Sight.THERE, "")


def test_a_post_is_known_by_its_address_whatever_it_says() -> None:
    own = f"{URL}#p7"
    moved = Extracted(URL, posts=(Post(URL, "Slettet af moderator", permalink=own),))
    found = sight(moved, permalink=own)
    assert found == (Sight.CHANGED, "recheck_name_removed")


def test_words_outside_any_post_still_stand_there() -> None:
    assert sight(page(posts=(), text=f"Menu {TEXT} Bund")) == (Sight.THERE, "")


def test_the_name_in_another_post_is_not_the_post() -> None:
    other = f"{NAME} åbner i dag en ny svømmehal sammen med borgmesteren."
    assert sight(page("Hej.", other)) == (Sight.ABSENT, "recheck_not_found")


def test_an_empty_post_is_none() -> None:
    own = f"{URL}#p7"
    emptied = Extracted(URL, posts=(Post(URL, " ", permalink=own),), text="Hej")
    assert sight(emptied, permalink=own, own=True)[0] is Sight.ABSENT


def test_a_post_without_an_address_may_have_moved_on() -> None:
    further = page("Hej.", next_links=(f"{URL}?side=2",))
    assert sight(further) == (Sight.UNCLEAR, "recheck_may_have_moved")
    assert sight(further, own=True)[0] is Sight.ABSENT


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({"wall": Reason("wall_login")}, Sight.LOGIN),
        ({"wall": Reason("soft_404")}, Sight.ABSENT),
        ({"wall": Reason("wall_bot")}, Sight.UNCLEAR),
        ({"wall": Reason("wall_consent")}, Sight.UNCLEAR),
        ({"wall": Reason("empty_shell")}, Sight.UNCLEAR),
        ({"tdm_reserved": True}, Sight.UNCLEAR),
        ({"reason": Reason("page_unreadable")}, Sight.UNCLEAR),
    ],
)
def test_what_stands_in_the_way_is_not_taken_for_absence(
    over: dict[str, Any], found: Sight
) -> None:
    assert sight(page("Hej.", **over))[0] is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("http_gone", Sight.ABSENT),
        ("http_not_found", Sight.ABSENT),
        ("http_login_required", Sight.LOGIN),
        ("http_forbidden", Sight.UNCLEAR),
        ("http_unavailable", Sight.UNCLEAR),
        ("timeout", Sight.UNCLEAR),
        ("robots_disallowed", Sight.UNCLEAR),
    ],
)
def test_what_was_not_read_says_little(code: str, found: Sight) -> None:
    failed = Fetched(ReadState.FAILED, reason=Reason(code))
    assert find(known(), failed, None).sight is found


def test_another_page_than_asked_for_says_nothing() -> None:
    found = sight(page("Forside"), final_url="https://forum.example/")
    assert found == (Sight.UNCLEAR, "recheck_redirected")
    assert sight(page(TEXT), final_url="https://forum.example/p")[0] is Sight.THERE


def look(hours: float, outcome: RecheckOutcome, *, absent: bool = False) -> Earlier:
    return Earlier(NOW - timedelta(hours=hours), outcome, absent)


def outcome(*earlier: Earlier, answers: bool = True) -> tuple[RecheckOutcome, bool]:
    verdict = conclude(
        ABSENT, earlier, site_answers=answers, now=NOW, gone_after=HALF_DAY
    )
    return verdict.outcome, verdict.absent


UNSURE = RecheckOutcome.CANNOT_TELL


def test_gone_takes_two_absences_far_enough_apart() -> None:
    assert outcome() == (UNSURE, True)
    assert outcome(look(11.9, UNSURE, absent=True)) == (UNSURE, True)
    gone = (RecheckOutcome.GONE, True)
    assert outcome(look(12, UNSURE, absent=True)) == gone
    assert outcome(look(24, UNSURE, absent=True), look(1, UNSURE, absent=True)) == gone
    assert outcome(look(24, UNSURE, absent=True), look(1, UNSURE)) == gone


@pytest.mark.parametrize("seen", [RecheckOutcome.VISIBLE, RecheckOutcome.CHANGED])
def test_a_sight_of_the_post_starts_the_count_anew(seen: RecheckOutcome) -> None:
    assert outcome(look(48, UNSURE, absent=True), look(24, seen)) == (UNSURE, True)


def test_an_absence_without_an_answering_site_does_not_count() -> None:
    assert outcome(look(24, UNSURE, absent=True), answers=False) == (UNSURE, False)
