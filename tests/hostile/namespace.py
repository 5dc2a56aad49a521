"""A network of our own, in which an inner network lies open and keeps watch."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time

from tests.hostile.web import INSIDE, HostileWeb, Place
from tests.house.tree import ROOT

_ADDRESSES = (
    *("10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.100.100.200"),
    *("198.18.0.1", "192.0.0.8", "93.184.215.14", "2606:4700:4700::1111"),
    *("fd00:ec2::254", "fd00::1", "fec0::1", "2001:db8::1", "64:ff9b::7f42:1"),
    *("2002:7f42:1::1", "2002:7f42:1::", "2001:0:7f42:1::1", "64:ff9b:1::7f42:1"),
)
_PORTS = (80, 443, 22, 5432, 6379, 8080)
_SIGN = "UDKIG_TEST_NAMESPACE"


def possible() -> bool:
    """Whether this user may make a network of one's own."""
    return os.geteuid() == 0 and bool(shutil.which("unshare") and shutil.which("ip"))


def inside() -> bool:
    """Whether these tests run in one."""
    return _SIGN in os.environ


def traps() -> list[Place]:
    """Every inner place to keep watch on, besides those on loopback."""
    own = [*_ADDRESSES, INSIDE, "127.0.0.1", "::1"] if inside() else []
    return [(address, port) for address in own for port in _PORTS]


def try_out(web: HostileWeb) -> None:
    """Knock at every trap once: one that does not notice would prove nothing."""
    places = web.inside()
    for place in places:
        socket.create_connection(place, timeout=10).close()
    ends = time.monotonic() + 30
    while len(web.caught) < len(places) and time.monotonic() < ends:
        time.sleep(0.01)
    assert len(web.caught) == len(places)
    web.caught.clear()


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run tests in a namespace that has all these addresses on its loopback."""
    steps = ["ip link set lo up"]
    for address in _ADDRESSES:
        bits, more = (128, " nodad") if ":" in address else (32, "")
        steps.append(f"ip address add {address}/{bits} dev lo{more}")
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider"]
    return subprocess.run(
        ["unshare", "--net", "sh", "-ec", "\n".join([*steps, 'exec "$@"']), "sh",
         *command, *words],
        cwd=ROOT,
        env=os.environ | {_SIGN: "yes"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
