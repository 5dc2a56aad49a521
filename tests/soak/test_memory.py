"""A long crawl needs no more memory than a short one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import MONITOR, NAMES, Installation, fill, sites

LIMIT_MB = 200
# A process counts the memory of the one that started it as its own: a small one
# stands between the crawl and the tests.
MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=sys.stderr)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


@pytest.mark.parametrize("pages", [300, pytest.param(2000, marks=pytest.mark.soak)])
def test_a_long_crawl_stays_small(tmp_path: Path, pages: int) -> None:
    with sites(1) as running:
        installation = Installation(tmp_path / "home", running)
        installation.enrol(*NAMES)
        fill(running[0], pages, posts=20)
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, MONITOR, "crawl", "--all"],
            env=installation.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        asked = {path for path, _status in running[0].log}
        assert asked >= {f"/p{number}/" for number in range(1, pages)}
    peak = int(done.stdout) / 1024
    print(f"{pages} pages, at most {peak:.0f} MB")
    assert peak < LIMIT_MB
