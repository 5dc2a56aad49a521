"""The shipped configuration works and explains every key; mistakes are told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from monitor.errors import BadInput
from monitor.i18n import say
from monitor.paths import default_config
from monitor.settings import CentersToml, MatchingToml, MonitorToml, load, read
from monitor.signals.config import SignalsFile
from monitor.sources import KINDS
from monitor.sources.config import SourcesFile, parse_sources
from monitor.tomlcheck import ConfigInvalid, validate

SHIPPED: dict[str, type[BaseModel]] = {
    "monitor.toml": MonitorToml,
    "centers.toml": CentersToml,
    "matching.toml": MatchingToml,
    "sources.toml": SourcesFile,
    "signals.toml": SignalsFile,
}
CENTERS = {"centers": ("havnelyst", "engdraget")}
DEFAULT = re.compile(r"^# (?=[a-z_]+ = )", re.MULTILINE)


def text(name: str) -> str:
    return (default_config() / name).read_text("utf-8")


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those its fields hold, at any depth."""
    yield model
    for field in model.model_fields.values():
        yield from (inner for kind in kinds(field.annotation) for inner in models(kind))


def kinds(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from kinds(part)


def folder(tmp_path: Path, **changed: str) -> dict[str, str]:
    """A copy of the shipped files with some replaced, as an environment."""
    config = tmp_path / "config"
    shutil.copytree(default_config(), config)
    for stem, content in changed.items():
        (config / f"{stem}.toml").write_text(content, "utf-8")
    return {"MONITOR_CONFIG": str(config), "MONITOR_DATA": str(tmp_path / "data")}


@pytest.mark.parametrize("name", SHIPPED)
def test_lines_commented_out_show_the_defaults(name: str) -> None:
    model = SHIPPED[name]
    shipped = validate(model, text(name), file=name, context=CENTERS)
    uncommented, count = DEFAULT.subn("", text(name))
    assert count
    assert validate(model, uncommented, file=name, context=CENTERS) == shipped


@pytest.mark.parametrize("name", SHIPPED)
def test_every_key_stands_in_the_shipped_files(name: str) -> None:
    lines = text(name).splitlines()
    keys = {line.removeprefix("# ").split(" = ")[0].strip("[]") for line in lines}
    wanted = {
        f"{model.__name__}.{key}"
        for model in models(SHIPPED[name])
        for key in model.model_fields
        if key not in {k.rpartition(".")[2] for k in keys}
    }
    assert not wanted


@pytest.mark.parametrize("name", SHIPPED)
def test_every_key_is_explained_where_it_first_stands(name: str) -> None:
    seen: set[str] = set()
    silent = []
    block = ""
    for line in text(name).splitlines():
        key = re.match(r"(?:# )?([a-z_]+) = ", line)
        if key and key[1] not in seen:
            seen.add(key[1])
            if not block.startswith("# "):
                silent.append(key[1])
        block = line if line.startswith("#") or not line.strip() else block
    assert not silent


def test_the_shipped_configuration_is_ready_to_run(tmp_path: Path) -> None:
    settings = load(folder(tmp_path))
    assert settings.monitor.municipality.name == "Tågeby Kommune"
    assert [c.id for c in settings.centers] == ["havnelyst", "engdraget"]
    assert settings.center("engdraget").manager == "Torkild Amstrup"
    assert settings.evidence_dir == tmp_path / "data" / "evidence"
    assert settings.backup_dir == tmp_path / "data" / "backups"


def test_the_shipped_sources_are_of_every_kind_and_approved() -> None:
    ids = CENTERS["centers"]
    sources = parse_sources(text("sources.toml"), file="sources.toml", centers=ids)
    assert {source.kind for source in sources} == set(KINDS)
    today = date(2026, 11, 22)
    for one in sources:
        assert one.approved_on, one.id
        assert one.expires_on, one.id
        assert one.approved_on <= today < one.expires_on


def test_an_unknown_centre_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load(folder(tmp_path)).center("nowhere")
    assert "havnelyst, engdraget" in say(caught.value.reason, "en")


def test_the_environment_comes_before_the_files(tmp_path: Path) -> None:
    keys = '[keys]\nfile = "/etc/udkig/keys"\n[database]\nurl = "sqlite:////a.db"\n'
    changed = re.sub(r"\[(keys|database)\]", "", text("monitor.toml")) + keys
    env = folder(tmp_path, monitor=changed)
    assert load(env).database_url == "sqlite:////a.db"
    assert load(env).key_file == Path("/etc/udkig/keys")
    told = {"MONITOR_DATABASE_URL": "sqlite:////b.db", "MONITOR_KEY_FILE": "/run/k"}
    assert load(env | told).database_url == "sqlite:////b.db"
    assert load(env | told).key_file == Path("/run/k")


def test_without_a_word_all_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = load(folder(tmp_path))
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'udkig.db'}"
    assert settings.key_file == tmp_path / "data" / "udkig.keys"


def problems(tmp_path: Path, **changed: str) -> list[tuple[str, int]]:
    with pytest.raises(ConfigInvalid) as caught:
        load(folder(tmp_path, **changed))
    assert caught.value.exit_code == 2
    for reason in caught.value.problems:
        assert "{" not in say(reason, "en")
    return [(r.code, int(r.params["line"])) for r in caught.value.problems]


def line_of(name: str, start: str) -> int:
    lines = text(f"{name}.toml").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


def test_an_unknown_key_is_named_with_line_and_suggestion(tmp_path: Path) -> None:
    broken = text("monitor.toml").replace("# deadline =", "dedline =")
    with pytest.raises(ConfigInvalid) as caught:
        load(folder(tmp_path, monitor=broken))
    told = say(caught.value.problems[0], "en")
    line = line_of("monitor", "# deadline")
    assert "monitor.toml" in told
    assert f"line {line}" in told
    assert "“deadline”" in told


def test_two_mistakes_are_told_at_once(tmp_path: Path) -> None:
    broken = text("monitor.toml").replace('# delay = "10s"', "delay = 10")
    broken = broken.replace("# concurrency = 8", 'concurrency = "many"')
    assert problems(tmp_path, monitor=broken) == [
        ("config_duration", line_of("monitor", "# delay")),
        ("config_not_integer", line_of("monitor", "# concurrency")),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("https://www.taageby.example/udkig", "us@taageby.example", "config_not_url"),
        (
            "# allow_private = []",
            'allow_private = ["10.0.0.1"]',
            "config_not_host_port",
        ),
        ('# keep = "35d"', 'keep = "36d"', "config_backup_too_long"),
        ("# attempts = 3", "attempts = 0", "config_out_of_range"),
        ('# language = "da"', 'language = "dk"', "config_not_one_of"),
        ('name = "Tågeby Kommune"', "", "config_missing"),
        ("[backup]", "[backup", "config_not_toml"),
        ('name = "Tågeby Kommune"', "name = 5", "config_not_string"),
    ],
)
def test_each_mistake_in_monitor_toml_has_its_sentence(
    tmp_path: Path, *, old: str, new: str, code: str
) -> None:
    assert old in text("monitor.toml")
    found = problems(tmp_path, monitor=text("monitor.toml").replace(old, new, 1))
    assert [c for c, _ in found] == [code]


def test_a_centre_may_stand_once(tmp_path: Path) -> None:
    twice = text("centers.toml").replace('id = "engdraget"', 'id = "havnelyst"')
    line = line_of("centers", 'id = "engdraget"')
    assert problems(tmp_path, centers=twice) == [("config_twice", line)]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    env = folder(tmp_path)
    (tmp_path / "config" / "centers.toml").unlink()
    with pytest.raises(BadInput) as caught:
        load(env)
    assert caught.value.reason.code == "config_file_missing"
    assert "centers.toml" in say(caught.value.reason, "en")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "monitor.toml"
    path.write_bytes(text("monitor.toml").encode("latin-1", "replace"))
    with pytest.raises(BadInput) as caught:
        read(path, MonitorToml)
    assert caught.value.reason.code == "config_not_utf8"


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, MonitorToml)
    assert caught.value.reason.code == "config_unreadable"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "monitor.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text("monitor.toml").encode())
    assert read(path, MonitorToml).language == "da"


@pytest.mark.parametrize(
    "values",
    [
        "cutoff = 0.7\nthreshold = 0.8",
        "weak_cap = 0.75",
        "weak_cap = 0.7",
        "threshold = 0.6",
        "cutoff = 0.6\nweak_cap = 0.55",
    ],
)
def test_thresholds_that_cross_each_other_are_refused(values: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        validate(MatchingToml, values, file="matching.toml")
    told = " ".join(say(reason, "en") for reason in caught.value.problems)
    assert "weak_cap must be below threshold" in told


@pytest.mark.parametrize("version", ['""', '"' + "x" * 17 + '"', '"a b"'])
def test_a_version_that_no_hit_can_keep_is_refused(version: str) -> None:
    with pytest.raises(ConfigInvalid):
        validate(MatchingToml, f"version = {version}", file="matching.toml")
