"""A scan from its inputs to its output, in the order of the inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from monitor.scan.crew import Crew
from monitor.scan.inputs import Item, files_of, items_of
from monitor.scan.work import Search
from monitor.types import Reason

_BATCH = 400_000  # bytes handed over at once: long enough that handing over is cheap

Tell = Callable[[str, Reason], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What to read, how many processes, and where the lines go."""

    inputs: Sequence[Path]
    jobs: int
    output: BinaryIO
    output_text: BinaryIO | None = None
    written: Sequence[Path] = ()


@dataclass(slots=True)
class Totals:
    """What a scan has come to so far; ``size`` in bytes of input."""

    documents: int = 0
    found: int = 0
    refused: int = 0
    size: int = 0


Progress = Callable[[Totals], None]


def scan(
    job: Job, search: Callable[[], Search], *, tell: Tell, progress: Progress
) -> Totals:
    """Search everything; ``tell`` hears of each document refused and why.

    ``search`` is called once, while the processes start. The lines do not depend
    on the number of processes.
    """
    totals = Totals()
    with Crew(job.jobs) as crew:
        crew.hold(search())
        for size, done in crew.results(_batches(_items(job))):
            for place, reason in done.refused:
                tell(place, reason)
            job.output.write(done.matches)
            job.output.flush()
            if job.output_text is not None:
                job.output_text.write(done.texts)
            totals.documents += done.documents
            totals.found += done.found
            totals.refused += len(done.refused)
            totals.size += size
            progress(totals)
    return totals


def _items(job: Job) -> Iterator[Item]:
    for path in files_of(job.inputs, but=job.written):
        yield from items_of(path)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in lots of about the same number of bytes."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.body) + 1_000  # an empty one costs something too
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
