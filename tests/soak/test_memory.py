"""A long crawl needs no more memory than a short one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.installation import NAMES, Installation, fill, sites

LIMIT_MB = 200


@pytest.mark.parametrize("pages", [300, pytest.param(2000, marks=pytest.mark.soak)])
def test_a_long_crawl_stays_small(tmp_path: Path, pages: int) -> None:
    with sites(1) as running:
        installation = Installation(tmp_path / "home", running)
        installation.enrol(*NAMES)
        fill(running[0], pages, posts=20)
        process = installation.start("crawl", "--all")
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.communicate()
        assert process.returncode == 0
        assert len({path for path, _status in running[0].log}) == pages + 1
    peak = used.ru_maxrss / 1024
    print(f"{pages} pages, at most {peak:.0f} MB")
    assert peak < LIMIT_MB
