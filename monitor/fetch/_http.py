"""Names the HTTP client in one place: httpx's maintained fork where it is installed.

Both are used through these two names alone; sending requests is left to ``client``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the declared dependency is what the types are checked against
    import httpcore
    import httpx
else:
    try:
        import httpx2 as httpx
    except ImportError:
        import httpx
    try:
        import httpcore2 as httpcore
    except ImportError:
        import httpcore

__all__ = ["httpcore", "httpx"]
