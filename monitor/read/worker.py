"""The other end of ``pool``: a process that reads one page at a time for another.

It opens nothing, knows no key and no database, and ends with the process that
started it. A page that takes more processor time or memory than allowed ends it.
"""

from __future__ import annotations

import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from monitor.match import Index, Thresholds, only_since
from monitor.read import named_in
from monitor.types import Context, Match

Named = tuple[tuple[int, tuple[Match, ...]], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Texts to search for the names added after a generation; 0 for all names."""

    generation: int
    texts: tuple[str, ...]


@dataclass(slots=True)
class Names:
    """The compiled names a process holds, and those of them that are newer."""

    index: Index
    newer: dict[int, Index] = field(default_factory=dict)

    def search(
        self, parts: Sequence[Part], context: Context, thresholds: Thresholds
    ) -> list[list[Named]]:
        """For each part and each of its texts, everybody named in it."""
        return [
            [
                named_in(
                    text,
                    self._since(part.generation),
                    context=context,
                    thresholds=thresholds,
                )
                for text in part.texts
            ]
            for part in parts
        ]

    def _since(self, generation: int) -> Index:
        if not generation:
            return self.index
        if generation not in self.newer:
            self.newer[generation] = only_since(self.index, generation)
        return self.newer[generation]


# What travels: an index to hold from now on, or something to call (None: a search);
# back comes the result, or the traceback of what was raised.
Call = tuple[Callable[..., Any] | None, tuple[Any, ...]]
Reply = tuple[Any, str | None]


def serve(connection: Connection, seconds: int, memory: int) -> None:
    """Do what is asked for until the other end is gone.

    ``seconds`` of processor time and ``memory`` bytes are what one page may take.
    """
    names: Names | None = None
    reply: Reply = (None, None)
    _limit_memory(memory)
    while True:
        try:
            connection.send(reply)
            asked: Index | Call = connection.recv()
        except (EOFError, OSError):
            return
        _limit_time(seconds)
        if isinstance(asked, Index):
            names, reply = Names(asked), (None, None)
            _limit_memory(memory)
            continue
        work, given = asked
        if work is None:
            assert names is not None, "names come before a search"
            work = names.search
        reply = _reply(work, given)


def _reply(work: Callable[..., Any], given: tuple[Any, ...]) -> Reply:
    try:
        return work(*given), None
    except MemoryError:
        os._exit(1)
    except Exception:  # noqa: BLE001  told to the other end, which raises it there
        return None, traceback.format_exc()


def _limit_time(seconds: int) -> None:
    """Processor time, so that a busy machine makes no page look heavy."""
    end = int(time.process_time()) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def _limit_memory(memory: int) -> None:
    """So many bytes more than are in use now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.RLIM_INFINITY))


def main(arguments: Sequence[str]) -> None:
    """Run in a process of its own; takes a descriptor, seconds and bytes.

    A signal to the whole group (Ctrl-C, a service being stopped) is for the
    process at the other end: it finishes the page in hand.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    descriptor, seconds, memory = map(int, arguments)
    serve(Connection(descriptor), seconds, memory)
