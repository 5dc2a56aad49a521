"""Shows what the matcher misses and wrongly tells on pages made for tuning.

    python -m benchmarks.matching.tune --people 1000 --pages 2000 --kind fold

Reporting has other people, pages and sentences: never tune on its seeds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from benchmarks.matching.finders import ours
from benchmarks.matching.pages import Draw, labelled
from benchmarks.matching.people import watchlist
from benchmarks.matching.score import Scorer, Tally

_AROUND = 40  # characters shown on either side


def main() -> None:
    wanted = _arguments()
    draw = Draw(wanted.seed, tuning=True)
    people = watchlist(draw.seed, wanted.people, tuning=True)
    finder, scorer = ours(people), Scorer(people)
    spent = 0.0
    for page in labelled(people, draw, wanted.pages, only=wanted.kind):
        begun = time.process_time()
        alerts = finder(page)
        spent += time.process_time() - begun
        scorer.count(page, alerts)
    sys.stdout.write(f"{draw.name}, {wanted.people} people, {wanted.pages} pages\n")
    for line in (*_figures(scorer.tally), *_examples(scorer, wanted.misses)):
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{1000 * spent / wanted.pages:.2f} ms CPU a page\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--kind", default="", help="such as fold or fuzzy.typo_given")
    parser.add_argument("--misses", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, choices=range(1, 1000))
    return parser.parse_args()


def _figures(tally: Tally) -> Iterator[str]:
    yield (
        f"precision {tally.precision:.4f}  recall {tally.core_recall:.4f}  "
        f"F1 {tally.f1:.4f}  offsets {tally.offsets:.4f}"
    )
    for group in sorted({kind.split(".")[0] for kind in tally.planted}):
        yield f"{group:34} recall {tally.recall(group):.4f}"
        for kind in sorted(k for k in tally.planted if k.startswith(f"{group}.")):
            yield (
                f"  {kind:32} recall {tally.recall(kind):.4f}"
                f" of {tally.planted[kind]:4}  full hits {tally.hit_share(kind):.3f}"
            )
    for kind in sorted(k for k in tally.pages if k.startswith(("trap", "near"))):
        yield f"  {kind:32} alerts {tally.alerts(kind):.4f} of {tally.pages[kind]:4}"
    yield f"pages alerting: traps {tally.alerts('trap'):.4f}"
    yield f"pages alerting: near-names {tally.alerts('near'):.4f}"
    yield f"false alerts per 1,000 clean pages {tally.per_thousand_clean:.2f}"
    yield f"wrong pairs by sort of page {dict(tally.wrong)}"


def _examples(scorer: Scorer, number: int) -> Iterator[str]:
    for page, truth in scorer.tally.misses[:number]:
        person = scorer.people[truth.person]
        around = page.text[max(0, truth.start - _AROUND) : truth.end + _AROUND]
        lost = " (not in the text read)" if truth.start < 0 else ""
        yield f"MISS  {page.kind}: {person.name} as {truth.writing.text!r}{lost}"
        yield f"      {around!r}"
    for page, alert in scorer.tally.false[:number]:
        person = scorer.people[alert.person]
        around = page.text[max(0, alert.start - _AROUND) : alert.end + _AROUND]
        quote = page.text[alert.start : alert.end]
        yield (
            f"FALSE {page.kind}: {person.name} {person.aliases or ''} "
            f"seen in {quote!r} {alert.score} {alert.band}"
        )
        yield f"      {around!r}"


if __name__ == "__main__":
    main()
