"""Both HTTP clients, the declared one and its fork, do the same work."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from monitor.fetch._http import httpcore, httpx
from tests.house.tree import ROOT

CLIENT = os.environ.get("UDKIG_TEST_CLIENT", "httpx2")
ON_THE_NETWORK = (
    *("test_client", "test_guard", "test_lines"),
    *("test_permission", "test_polite", "test_reservation"),
)


def test_client_of_this_run_is_the_one_asked_for() -> None:
    assert httpx.__name__ == CLIENT
    assert httpcore.__name__ == CLIENT.replace("httpx", "httpcore")


@pytest.mark.skipif(CLIENT == "httpx", reason="this is the run on the other client")
def test_everything_works_on_the_declared_client_too() -> None:
    tests = [f"tests/fetch/{name}.py" for name in ON_THE_NETWORK]
    words = ["-q", "-x", "-k", "not postgresql", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, __file__, *tests],
        cwd=ROOT,
        env=os.environ | {"UDKIG_TEST_CLIENT": "httpx"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
