"""Hands pages to worker processes, any of which may be lost without harm.

What a process does stands in ``worker``; what becomes of a page that ends one is
decided by ``pipeline``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Pipe
from typing import Any, TypeVar

from monitor.match import Index, Thresholds
from monitor.read import Found
from monitor.read.worker import Named, Names, Part
from monitor.types import Context, Post

T = TypeVar("T")
_START = "import sys; from monitor.read.worker import main; main(sys.argv[1:])"
_STARTING = 60.0  # seconds a process may take to start, or to load the names
# The limit counts processor time. Where a machine is so busy, or a process so stuck,
# that it never gets there, this many times as long ends the wait.
_PATIENCE = 6
# Of our surroundings: no address of a database, no file of keys.
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL", "TZ", "HOME")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many processes, and what one page may cost each.

    ``seconds`` of processor time, ``memory`` in bytes. Without ``workers`` all is
    done in this process and nothing is limited.
    """

    workers: int = 0
    seconds: int = 5
    memory: int = 256_000_000


_UNLIMITED = Limits()


class ReaderLost(Exception):  # noqa: N818  the page's fault, not a defect
    """The process that was at this page is gone; ``slow`` if it took too long."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__("too slow" if slow else "died")
        self.slow = slow


class ReaderFault(Exception):  # noqa: N818  carries another process's traceback
    """What another process raised, as text."""


class Readers:
    """A bounded number of worker processes; use as an async context.

    They start when first needed and again when one was lost. Who asks while all
    are at work waits.
    """

    def __init__(self, limits: Limits = _UNLIMITED) -> None:
        self._limits = limits
        self._names: Names | None = None
        self._threads = ThreadPoolExecutor(max(1, limits.workers), "reader")
        # The last one used is the first used again: few pages need few processes.
        self._free: asyncio.LifoQueue[Worker | None] = asyncio.LifoQueue()
        self._started: set[Worker] = set()
        for _ in range(max(1, limits.workers)):
            self._free.put_nowait(None)

    async def __aenter__(self) -> Readers:
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in list(self._started):  # one may be starting in its thread
            worker.kill()
        await asyncio.to_thread(self._threads.shutdown)
        for worker in self._started:
            worker.end()

    async def call(self, work: Callable[..., T], *given: object) -> T:
        """The result of a module's function; its arguments and result travel.

        Raises ReaderLost when the process ended or was ended over it.
        """
        if not self._limits.workers:
            return await asyncio.to_thread(work, *given)
        result: T = await self._ask(lambda worker: worker.ask(work, given))
        return result

    async def search(
        self,
        parts: Sequence[tuple[int, Sequence[Post]]],
        index: Index,
        *,
        context: Context,
        thresholds: Thresholds,
    ) -> tuple[Found, ...]:
        """Everybody named in some posts, each looked for since a generation."""
        texts = [Part(g, tuple(p.searched_text for p in posts)) for g, posts in parts]
        asked = (texts, context, thresholds)
        if self._limits.workers:
            named = await self._ask(lambda worker: worker.search(index, asked))
        else:
            if self._names is None or self._names.index is not index:
                self._names = Names(index)
            named = await asyncio.to_thread(self._names.search, *asked)
        return tuple(_found(parts, named))

    async def _ask(self, ask: Callable[[Worker], Any]) -> Any:
        worker = await self._free.get()
        try:
            loop = asyncio.get_running_loop()
            if worker is None:
                worker = await loop.run_in_executor(self._threads, self._start)
            return await loop.run_in_executor(self._threads, ask, worker)
        except asyncio.CancelledError:
            if worker is not None:
                worker.kill()
            raise
        finally:
            if worker is not None and worker.gone:
                self._started.discard(worker)
                self._threads.submit(worker.end)
                worker = None
            self._free.put_nowait(worker)

    def _start(self) -> Worker:
        worker = Worker(self._limits)
        self._started.add(worker)
        try:
            worker.wait_until_ready()
        except ReaderFault:
            self._started.discard(worker)
            worker.end()
            raise
        return worker


def _found(
    parts: Sequence[tuple[int, Sequence[Post]]], named: Sequence[Sequence[Named]]
) -> Sequence[Found]:
    return [
        Found(post, employee_id, matches)
        for (_, posts), found in zip(parts, named, strict=True)
        for post, people in zip(posts, found, strict=True)
        for employee_id, matches in people
    ]


class Worker:
    """One process, as seen from here; every method blocks, so call it in a thread."""

    def __init__(self, limits: Limits) -> None:
        self._patience = float(limits.seconds * _PATIENCE)
        self._index: Index | None = None
        self.gone = False
        self._connection, theirs = Pipe()
        told = (str(theirs.fileno()), str(limits.seconds), str(limits.memory))
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own words
                [sys.executable, "-P", "-c", _START, *told],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C is for us
                env={k: os.environ[k] for k in _PASSED_ON if k in os.environ},
            )

    def wait_until_ready(self) -> None:
        """Until it has started; no page is to blame when it does not."""
        try:
            self._answer(_STARTING)
        except ReaderLost:
            raise ReaderFault("a process to read pages could not start") from None

    def search(self, index: Index, asked: tuple[Any, ...]) -> Any:
        """Search with these names, which travel only when they are others."""
        if self._index is not index:
            self._take_up(index)
        return self.ask(None, asked)

    def _take_up(self, index: Index) -> None:
        """Send the names; no page is to blame when they do not fit."""
        try:
            self._send(index)
            self._answer(_STARTING)
        except ReaderLost:
            raise ReaderFault("the names do not fit into parse_memory") from None
        self._index = index

    def ask(self, work: Callable[..., Any] | None, given: tuple[Any, ...]) -> Any:
        """What the work comes to in the other process."""
        self._send((work, given))
        return self._answer(self._patience)

    def kill(self) -> None:
        """End the process, whatever it is at; whoever waits for it is told."""
        self.gone = True
        self._process.kill()

    def end(self) -> None:
        """Kill, and leave nothing behind."""
        self.kill()
        self._process.wait()
        self._connection.close()

    def _send(self, message: object) -> None:
        try:
            self._connection.send(message)
        except OSError:
            raise self._lost() from None

    def _answer(self, patience: float) -> Any:
        try:
            if not self._connection.poll(patience):
                self.gone = True
                raise ReaderLost(slow=True)
            result, fault = self._connection.recv()
        except (EOFError, OSError):
            raise self._lost() from None
        if fault is not None:
            raise ReaderFault(fault)
        return result

    def _lost(self) -> ReaderLost:
        self.gone = True
        return ReaderLost(slow=self._process.wait() == -signal.SIGXCPU)
