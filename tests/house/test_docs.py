"""What the documents promise is there, and what is there is documented."""

from __future__ import annotations

import re
import tomllib

from tests.house.tree import CODE, ROOT, files


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"].values()
    direct = [*project["dependencies"], *(name for extra in extras for name in extra)]
    names = {re.split(r"[\[=<>~!;]", requirement)[0] for requirement in direct}
    reasons = read("docs/decisions/dependencies.md")
    given = {
        name.strip().partition(" ")[0]
        for row in re.findall(r"^\| (.+?) \|", reasons, re.MULTILINE)
        for name in row.split(",")
    }
    assert names - given == set()
    assert given - names == {"Package"}


def test_every_environment_variable_is_documented() -> None:
    used = {v for f in files(*CODE) for v in re.findall(r"\bMONITOR_[A-Z_]+", f.text)}
    told = set(
        re.findall(r"^\| `(MONITOR_[A-Z_]+)`", read("docs/operations.md"), re.MULTILINE)
    )
    assert used == told


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in documents
        for link in re.findall(
            r"\]\((?!https?://|#|mailto:)([^)#\s]+)", document.read_text()
        )
        if not (document.parent / link).exists()
    ]
    assert not broken
