"""How fast names are found, as ratios to flashtext on the same text in the same run.

Times are CPU seconds of one process and medians of rounds in which all take turns.
The text is of pages whose people are drawn as they come, listed or not.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.matching import sentences
from benchmarks.matching.adversarial import FAMILIES
from benchmarks.matching.finders import FUZZY, compiled, keywords
from benchmarks.matching.pages import Draw, Labelled, Pages
from benchmarks.matching.people import CENTERS, Person, watchlist
from monitor.match import find
from monitor.types import Context

CONTEXT = Context(None, CENTERS)
_MEGABYTE = 1_000_000
_NAMED = 0.07  # of sentences: a full name in about a hundred words, as in life


@dataclass(frozen=True, slots=True)
class Speeds:
    """Megabytes of UTF-8 a second at one size of the watchlist."""

    people: int
    flashtext: float
    cold: float
    warm: float
    scan: float | None = None


def corpus(draw: Draw, megabytes: float) -> list[Labelled]:
    """Pages of so much text that know nothing of any watchlist."""
    pages = Pages((), draw)
    pages.named = _NAMED
    found: list[Labelled] = []
    size = 0
    while size < megabytes * _MEGABYTE:
        page = pages.page(len(found), "clean")
        found.append(
            replace(page, text=sentences.with_rare_words(pages.rng, page.text))
        )
        size += len(found[-1].text.encode())
    return found


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of this process that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def library(people: list[Person], texts: list[str], rounds: int) -> Speeds:
    """Our matcher on text it has never seen and on the same again, beside flashtext."""
    size = sum(len(text.encode()) for text in texts) / _MEGABYTE
    processor = keywords(people)
    times: dict[str, list[float]] = {"flashtext": [], "cold": [], "warm": []}
    for _ in range(rounds):
        index = compiled(people)

        def search(index=index) -> None:  # type: ignore[no-untyped-def]
            for text in texts:
                find(index, text, CONTEXT)

        times["cold"].append(spent(search))
        times["flashtext"].append(
            spent(lambda: [processor.extract_keywords(text) for text in texts])
        )
        times["warm"].append(spent(search))
    told = {name: size / median(seconds) for name, seconds in times.items()}
    return Speeds(len(people), told["flashtext"], told["cold"], told["warm"])


def against_fuzzy(people: list[Person], pages: list[Labelled]) -> dict[str, float]:
    """How many times the CPU of ours the fuzzy libraries take on some pages."""
    index = compiled(people)
    mine = spent(lambda: [find(index, page.text, CONTEXT) for page in pages])
    found = {}
    for name, make in FUZZY.items():
        if name.startswith("spaczz"):
            continue  # far too slow for this many people; see its own row
        finder = make(people)
        found[name] = spent(lambda finder=finder: [finder(p) for p in pages]) / mine  # type: ignore[misc]
    return found


def scan(people: list[Person], texts: list[str]) -> float | None:
    """Megabytes a second of ``monitor scan`` without its start; None without it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_watchlist(folder / "people.csv", people)
        _write_texts(folder / "few.jsonl", texts[:1])
        _write_texts(folder / "all.jsonl", texts)
        start = _scanned(folder, "few.jsonl")
        whole = _scanned(folder, "all.jsonl")
    if start is None or whole is None:
        return None
    size = sum(len(text.encode()) for text in texts[1:]) / _MEGABYTE
    return size / (whole - start)


def write_watchlist(path: Path, people: Iterable[Person]) -> None:
    """The people as the CSV that ``monitor scan --watchlist`` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow("employee_id full_name aliases email linkedin_url center".split())
        for person in people:
            rows.writerow(
                (
                    person.id,
                    person.name,
                    ";".join(person.aliases),
                    person.email,
                    person.profile,
                    person.center,
                )
            )


def _write_texts(path: Path, texts: list[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            line = {"doc_id": str(number), "url": "", "text": text}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _scanned(folder: Path, texts: str) -> float | None:
    """CPU seconds of one ``monitor scan``, children included."""
    monitor = Path(sys.executable).with_name("monitor")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [
            monitor, "scan", "--watchlist", folder / "people.csv", "--jobs", "1",
            "--output", folder / "found.jsonl", folder / texts,
        ],
        check=False,
        capture_output=True,
        env={**os.environ, "MONITOR_DATA": str(folder / "data")},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.stderr.write(done.stderr.decode()[-500:] + "\n")
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fresh(size: int, draw: Draw) -> dict[str, float]:
    """Seconds and megabytes that an index of that size takes in a new process."""
    done = subprocess.run(
        [
            sys.executable, "-m", "benchmarks.matching.fresh",
            str(size), str(draw.seed), str(int(draw.tuning)),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def doubling(people: list[Person], length: int, rounds: int) -> dict[str, float]:
    """How many times the CPU twice the text takes, for each adversarial family."""
    found = {}
    for name, make in FAMILIES.items():
        once, twice = make(people, length), make(people, 2 * length)
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(rounds):
            for many, text in ((1, once), (2, twice)):
                index = compiled(people)
                times[many].append(spent(lambda: find(index, text, CONTEXT)))  # noqa: B023
        found[name] = min(times[2]) / min(times[1])
    return found


def people_of(size: int, draw: Draw) -> list[Person]:
    """The watchlist of a draw."""
    return watchlist(draw.seed, size, tuning=draw.tuning)
