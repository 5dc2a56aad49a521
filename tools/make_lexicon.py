"""Write the word lists of ``monitor/match/data`` anew from their sources.

Run in a throw-away environment with ``faker`` and ``wordfreq`` installed:
``python tools/make_lexicon.py``. The bands of the most common names are kept by
hand in ``given.txt`` and ``family.txt``; this adds the names the sources know beyond
them to the last band, and writes ``everyday.txt``.
"""

from __future__ import annotations

from pathlib import Path

from faker.providers.person.da_DK import Provider
from wordfreq import top_n_list

DATA = Path(__file__).parents[1] / "monitor" / "match" / "data"


def add_names(path: Path, names: set[str]) -> None:
    """Append the names a banded list lacks to its last band, sorted."""
    text = path.read_text("utf-8").rstrip("\n")
    known = set(text.lower().split())
    added = sorted(n for n in names if n not in known)
    if added:
        path.write_text(f"{text}\n{chr(10).join(added)}\n", "utf-8")


def simple(names: object) -> set[str]:
    """Single words of a provider's list, in small letters."""
    found = {str(n).lower() for n in names}  # type: ignore[attr-defined]
    return {n for n in found if n.isalpha()}


def main() -> None:
    """Write the three lists."""
    given = simple(Provider.first_names_male) | simple(Provider.first_names_female)
    add_names(DATA / "given.txt", given)
    add_names(DATA / "family.txt", simple(Provider.last_names))
    lists = [(DATA / f).read_text("utf-8") for f in ("given.txt", "family.txt")]
    known = {name for text in lists for name in text.split()}
    words = [w for w in top_n_list("da", 40_000) if len(w) > 2 and w.isalpha()]
    chosen = sorted(w for w in words if w not in known)
    head = "# Derived from wordfreq's Danish list, CC BY-SA 4.0; see README.md\n"
    (DATA / "everyday.txt").write_text(head + "\n".join(chosen) + "\n", "utf-8")


if __name__ == "__main__":
    main()
