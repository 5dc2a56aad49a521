"""The ``monitor`` command as it is, in surroundings of which a test writes the rules.

Names are looked up in a table instead of the internet, and the certificates that are
trusted are those of the test. Nothing of the program is replaced.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

if os.environ.get("UDKIG_TEST_CLIENT") == "httpx":  # as where the extra is missing
    sys.modules.update(dict.fromkeys(("httpx2", "httpcore2")))  # type: ignore[arg-type]

import certifi

from monitor.cli import main

system = socket.getaddrinfo


def serve_names(table: dict[str, list[list[str]]]) -> None:
    """Answer each question about a name with the next list of the table."""

    def getaddrinfo(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name not in table:
            named["flags"] = socket.AI_NUMERICHOST
            return system(host, port, **named)
        left = table[name]
        found = left.pop(0) if len(left) > 1 else left[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [
            entry
            for address in found
            for entry in system(address, port, type=socket.SOCK_STREAM)
        ]

    socket.getaddrinfo = getaddrinfo


if __name__ == "__main__":
    surroundings = Path(sys.argv.pop(1))
    serve_names(json.loads((surroundings / "names.json").read_text("utf-8")))
    trusted = str(surroundings / "trusted.pem")
    certifi.where = lambda: trusted
    main()
