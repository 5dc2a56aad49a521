"""Write the word lists of ``monitor/match/data`` anew from their sources.

Run in a throw-away environment with ``faker`` and ``wordfreq`` installed:
``python tools/make_lexicon.py``. The bands of the most common names are kept by
hand in ``given.txt`` and ``family.txt``; this adds the names the sources know beyond
them to the last band, and writes ``everyday.txt``, ``given-abroad.txt`` and
``family-abroad.txt``.
"""

from __future__ import annotations

from pathlib import Path

from faker.providers.person.da_DK import Provider
from faker.providers.person.de_DE import Provider as German
from faker.providers.person.no_NO import Provider as Norwegian
from faker.providers.person.pl_PL import Provider as Polish
from faker.providers.person.sv_SE import Provider as Swedish
from faker.providers.person.tr_TR import Provider as Turkish
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


ABROAD = {
    "given-abroad.txt": ("first_names", (Norwegian, Swedish, Polish, Turkish)),
    "family-abroad.txt": ("last_names", (Norwegian, Swedish, German, Turkish)),
}


def write_abroad(words: set[str]) -> None:
    """Write names of other countries that are no words of Danish."""
    for file, (kind, providers) in ABROAD.items():
        lists = [
            names
            for provider in providers
            for key, names in vars(provider).items()
            if key.startswith(kind)
        ]
        found = {name for names in lists for name in simple(names) if len(name) > 2}
        head = "# Derived from Faker's lists of other countries (MIT); see README.md\n"
        (DATA / file).write_text(
            head + "\n".join(sorted(found - words)) + "\n", "utf-8"
        )


def main() -> None:
    """Write all lists that have a source."""
    given = simple(Provider.first_names_male) | simple(Provider.first_names_female)
    add_names(DATA / "given.txt", given)
    add_names(DATA / "family.txt", simple(Provider.last_names))
    lists = [(DATA / f).read_text("utf-8") for f in ("given.txt", "family.txt")]
    known = {name for text in lists for name in text.split()}
    words = [w for w in top_n_list("da", 40_000) if len(w) > 2 and w.isalpha()]
    chosen = sorted(w for w in words if w not in known)
    head = "# Derived from wordfreq's Danish list, CC BY-SA 4.0; see README.md\n"
    write_abroad(known | set(words))
    (DATA / "everyday.txt").write_text(head + "\n".join(chosen) + "\n", "utf-8")


if __name__ == "__main__":
    main()
