"""Worker processes that search documents; one lost over a document is replaced.

A document that ends its process, or takes too long, is refused; the rest goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue

from monitor.read.pool import Limits, ReaderLost, Worker
from monitor.scan.inputs import Item
from monitor.scan.work import Done, Search, hold, work
from monitor.types import Reason

_AHEAD = 3  # batches under way for each process
_LIMITS = Limits(seconds=60, memory=2_000_000_000)  # for a batch, with the names


@dataclass(slots=True)
class Crew:
    """Worker processes, each asked by a thread of its own; use as a context."""

    jobs: int
    _search: Search | None = None
    _workers: set[Worker] = field(default_factory=set)
    _free: SimpleQueue[Worker | None] = field(default_factory=SimpleQueue)
    _threads: ThreadPoolExecutor = field(init=False)
    _ended: bool = False

    def __enter__(self) -> Crew:
        self._threads = ThreadPoolExecutor(self.jobs, "scan")
        for _ in range(self.jobs):
            self._free.put(self._begin())
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        for worker in tuple(self._workers):
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.end()

    def hold(self, search: Search) -> None:
        """Give every process what to look for."""
        self._search = search
        workers = [self._free.get() for _ in range(self.jobs)]
        for worker in self._threads.map(self._ready, workers):
            self._free.put(worker)

    def results(self, batches: Iterable[Sequence[Item]]) -> Iterator[tuple[int, Done]]:
        """The bytes gone through and what came of each batch, in order."""
        waiting: deque[tuple[int, Future[Done]]] = deque()
        for batch in batches:
            size = sum(item.size for item in batch)
            waiting.append((size, self._threads.submit(self._do, batch)))
            while len(waiting) > self.jobs * _AHEAD:
                first, done = waiting.popleft()
                yield first, done.result()
        for size, done in waiting:
            yield size, done.result()

    def _do(self, batch: Sequence[Item]) -> Done:
        try:
            return self._ask(batch)
        except ReaderLost:
            return _together([self._do_one(item) for item in batch])

    def _do_one(self, item: Item) -> Done:
        try:
            return self._ask([item])
        except ReaderLost as lost:
            code = "scan_too_slow" if lost.slow else "scan_too_heavy"
            return Done(refused=((item.place, Reason(code)),))

    def _ask(self, items: Sequence[Item]) -> Done:
        worker = self._free.get()
        try:
            if worker is None:
                worker = self._ready(self._begin())
            done: Done = worker.ask(work, (items,))
            return done
        finally:
            if worker is not None and worker.gone:
                self._workers.discard(worker)
                worker.end()
                worker = None
            self._free.put(worker)

    def _begin(self) -> Worker:
        if self._ended:
            raise ReaderLost(slow=False)
        worker = Worker(_LIMITS)
        self._workers.add(worker)
        return worker

    def _ready(self, worker: Worker | None) -> Worker:
        worker = worker or self._begin()
        worker.wait_until_ready()
        worker.ask(hold, (self._search,))
        return worker


def _together(parts: Sequence[Done]) -> Done:
    return Done(
        b"".join(part.matches for part in parts),
        b"".join(part.texts for part in parts),
        sum(part.documents for part in parts),
        sum(part.found for part in parts),
        tuple(one for part in parts for one in part.refused),
    )
