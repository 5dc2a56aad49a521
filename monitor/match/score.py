"""Judge a candidate: reasons with weights, their sum, and the band it falls in.

``score = min(0.99, max(0, sum of weights))``; names that alone say little (an
initial, one word) are capped at ``weak_cap``. Without a context word near them such
names, and full names that very many people bear, are refused. See ``WEIGHTS``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.match.candidate import Candidate, Way
from monitor.match.index import Form, How, Reading
from monitor.match.lexicon import Rarity, lexicon
from monitor.match.neighbours import refusal
from monitor.match.page import Gap, Page
from monitor.types import Band, MatchReason, Param

# What each reason adds. Two exact parts make .90; one typo leaves a hit, a longer
# different name does not; context and rarity only tip the balance.
WEIGHTS: Mapping[str, float] = {
    "given_exact": 0.45,
    "given_folded": 0.44,
    "given_disguised": 0.42,
    "given_sounds": 0.38,
    "given_typo": 0.30,
    "given_masked": 0.36,
    "given_nickname": 0.22,
    "given_initial": 0.20,
    "family_exact": 0.45,
    "family_folded": 0.44,
    "family_disguised": 0.42,
    "family_sounds": 0.38,
    "family_typo": 0.30,
    "family_masked": 0.36,
    "family_initial": 0.18,
    "single_name": 0.55,
    "given_alone": 0.50,
    "joined": 0.86,
    "joined_disguised": -0.04,
    "joined_inside": 0.80,
    "handle": 0.90,
    "email": 0.97,
    "profile_url": 0.95,
    "alias": 0.0,
    "genitive": 0.0,
    "middle_found": 0.03,
    "middle_initial": 0.01,
    "middle_missing": -0.02,
    "middle_added": -0.10,
    "initial_added": -0.04,
    "given_half": -0.10,
    "family_half": -0.28,
    "surname_first": -0.02,
    "swapped": -0.15,
    "line_break": -0.04,
    "context_word": 0.06,
    "source_of_center": 0.03,
    "rare_name": 0.04,
    "common_name": -0.05,
    "very_common_name": -0.18,
}
_PER_EDIT = -0.05  # added to a typo's weight for the second letter that differs
_PER_HIDDEN = -0.02  # added to a masked part's weight for each further letter


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where bands begin; all between 0 and 1, ``cutoff <= weak_cap < threshold``."""

    cutoff: float = 0.50
    threshold: float = 0.70
    weak_cap: float = 0.69


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its score and reasons; no ``band`` but a ``refusal`` if out."""

    found: Candidate
    score: float
    reasons: tuple[MatchReason, ...]
    band: Band | None = None
    refusal: MatchReason | None = None


def judge(
    found: Candidate,
    page: Page,
    *,
    context_word: str | None,
    of_center: bool,
    thresholds: Thresholds,
) -> Judged:
    """Sum up a candidate. ``context_word`` stands near it; ``of_center`` tells
    whether the text comes from a source of the employee's centre.
    """
    reasons = [*_of_name(found, page)]
    if context_word:
        reasons.append(_reason("context_word", word=context_word))
    if of_center:
        reasons.append(_reason("source_of_center"))
    score = round(min(0.99, max(0.0, sum(r.weight for r in reasons))), 3)
    if found.says_little:
        score = min(score, thresholds.weak_cap)
    out = refusal(found, page, context_word)
    if out is None and context_word is None and _needs_context(found):
        out = "no_context"
    if out is None and score < thresholds.cutoff:
        out = "below_cutoff"
    if out is not None:
        return Judged(found, score, tuple(reasons), refusal=MatchReason(out, 0.0))
    band = Band.HIT if score >= thresholds.threshold else Band.WEAK
    return Judged(found, score, tuple(reasons), band=band)


def _reason(code: str, **params: Param) -> MatchReason:
    return MatchReason(code, WEIGHTS[code], params)


def _needs_context(found: Candidate) -> bool:
    if found.form is None:
        return False
    return found.says_little or rarity(found) is Rarity.VERY_COMMON


def rarity(found: Candidate) -> Rarity:
    """How common the name is that was found; a middle name makes it rare."""
    form = found.form
    if form is None or found.middle_used():
        return Rarity.RARE
    half = found.missing()
    given = form.words[0] if any(n < form.given for n in half) else form.given_name
    family = form.family_name
    read = found.family
    if (
        read is not None
        and read.how is not How.INITIAL
        and any(n >= form.given for n in half)
    ):
        family = read.part
    return lexicon().rarity(given, family)


def _of_name(found: Candidate, page: Page) -> Iterator[MatchReason]:
    if found.way in (Way.EMAIL, Way.PROFILE_URL):
        yield _reason(found.way.value)
        return
    form, given = found.form, found.given
    assert form is not None
    assert given is not None
    if found.way is Way.SINGLE:
        yield _reason("single_name")
    elif found.way is Way.INSIDE:
        yield _reason("joined_inside")
    elif found.way is Way.GIVEN:
        yield _reason("given_alone")
    elif found.way is Way.JOINED:
        yield _reason("handle" if page.before(found.first) in ("@", "#") else "joined")
        if given.how is How.DISGUISED:
            yield _reason("joined_disguised")
    else:
        assert found.family is not None
        yield part_reason("given", given)
        yield part_reason("family", found.family)
        yield from _rest(found, form)
    if form.alias:
        yield _reason("alias")
    if any(r is not None and r.genitive for r in (given, found.family)):
        yield _reason("genitive")
    yield from _bearers(found, form)


def part_reason(which: str, reading: Reading) -> MatchReason:
    """How one of the two parts was read, as a reason."""
    code = f"{which}_{reading.how}"
    if not reading.edits:
        return _reason(code)
    per_edit = _PER_HIDDEN if reading.how is How.MASKED else _PER_EDIT
    weight = round(WEIGHTS[code] + per_edit * (reading.edits - 1), 3)
    return MatchReason(code, weight, {"edits": reading.edits})


def _rest(found: Candidate, form: Form) -> Iterator[MatchReason]:
    """Middle names, halves of double names, order and line breaks."""
    missing = found.missing()
    family = len(form.words) - form.family
    if found.middle_used():
        yield _reason("middle_initial" if found.middle_initials else "middle_found")
    if not found.says_little and any(form.given <= n < family for n in missing):
        yield _reason("middle_missing")
    by_initial = found.given is not None and found.given.how is How.INITIAL
    if not by_initial and any(n < form.given for n in missing):
        yield _reason("given_half")
    initial = found.family is not None and found.family.how is How.INITIAL
    if not initial and any(n >= family for n in missing):
        yield _reason("family_half")
    if found.added:
        yield _reason("middle_added")
    if found.added_initials:
        yield _reason("initial_added")
    if found.way in (Way.SURNAME_FIRST, Way.SWAPPED):
        yield _reason(found.way.value)
    if Gap.LINE in found.gaps:
        yield _reason("line_break")


def _bearers(found: Candidate, form: Form) -> Iterator[MatchReason]:
    if len(form.words) == 1 or found.way is Way.GIVEN:
        return
    band = rarity(found)
    if band is Rarity.VERY_COMMON:
        yield _reason("very_common_name")
    elif band is Rarity.COMMON:
        yield _reason("common_name")
    elif not form.alias:
        yield _reason("rare_name")
