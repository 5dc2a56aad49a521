"""Shipped wording is complete; a municipality's own is held to the same rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import BadInput
from monitor.i18n import say
from monitor.letters.fields import FIELDS
from monitor.letters.template import BlockKind, check_folder, load
from monitor.tomlcheck import ConfigInvalid
from tests.letters.builders import LETTERS, shipped_text, write_template


def problem_of(text: str, tmp_path: Path, name: str = "t1/da.toml") -> ConfigInvalid:
    write_template(tmp_path, text, name)
    with pytest.raises(ConfigInvalid) as failure:
        load(name[:2], "da", folder=tmp_path)
    return failure.value


@pytest.mark.parametrize(("template_id", "language"), LETTERS)
def test_shipped_templates_load(template_id: str, language: str) -> None:
    template = load(template_id, language)
    assert (template.template_id, template.language) == (template_id, language)
    assert template.version
    assert FIELDS[template_id].needed <= template.fields <= FIELDS[template_id].known


@pytest.mark.parametrize("template_id", FIELDS)
def test_both_languages_have_the_same_blocks_fields_and_version(
    template_id: str,
) -> None:
    danish, english = load(template_id, "da"), load(template_id, "en")
    assert [b.kind for b in danish.blocks] == [b.kind for b in english.blocks]
    assert danish.fields == english.fields
    assert danish.version == english.version


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("template_id", ["t1", "t2"])
def test_letters_to_an_author_neither_order_nor_threaten(
    template_id: str, language: str
) -> None:
    text = " ".join(load(template_id, language).texts()).lower()
    for word in ("politi", "police", "kræve", "krav", "retssag", "advokat", "demand"):
        assert word not in text
    assert "kritisere" in text or "criticise" in text
    assert "borgerrådgiver" in text


def test_a_notice_holds_the_four_elements_of_article_16() -> None:
    template = load("t3", "en")
    assert {"reason", "url", "contact_name", "contact_email"} <= template.fields
    assert any("good faith" in text for text in template.texts())


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_notice_says_nothing_of_the_author(language: str) -> None:
    assert not load("t3", language).fields & {"recipient_name", "data_source"}
    assert "klient" not in " ".join(load("t3", language).texts())


def test_the_centres_wording_beats_the_municipalitys_which_beats_ours(
    tmp_path: Path,
) -> None:
    ours = shipped_text()
    write_template(tmp_path, ours.replace('version = "1"', 'version = "town"'))
    write_template(
        tmp_path, ours.replace('version = "1"', 'version = "hus"'), "hus/t1/da.toml"
    )
    versions = {
        center: load("t1", "da", folder=tmp_path, center=center).version
        for center in (None, "hus", "elsewhere")
    }
    assert versions == {None: "town", "hus": "hus", "elsewhere": "town"}
    assert load("t1", "en", folder=tmp_path, center="hus").version == "1"


def test_an_unknown_field_is_reported_with_file_line_and_a_proposal(
    tmp_path: Path,
) -> None:
    text = shipped_text().replace("{deadline}", "{dedline}")
    error = problem_of(text, tmp_path)
    (reason,) = error.problems
    assert reason.code == "letter_field_unknown_like"
    assert reason.params["name"] == "dedline"
    assert reason.params["hint"] == "deadline"
    line = next(n for n, row in enumerate(text.split("\n"), 1) if "{dedline}" in row)
    assert text.split("\n")[int(reason.params["line"]) - 1].startswith("paragraph")
    assert 0 <= line - int(reason.params["line"]) <= 1
    sentence = say(reason, "en")
    assert "t1/da.toml" in sentence
    assert "{dedline}" in sentence


def test_wording_that_leaves_out_what_the_law_asks_is_refused(tmp_path: Path) -> None:
    text = shipped_text().replace("{dpo_contact}", "os")
    error = problem_of(text.replace("{retention}", "snart"), tmp_path)
    assert error.problems[0].code == "letter_field_left_out"
    assert error.problems[0].params["fields"] == "dpo_contact, retention"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("Kære {recipient_name}", "Kære {recipient_name"), "letter_brace"),
        (("Kære {recipient_name}", "Kære {{recipient_name}}"), "letter_brace"),
        (("Kære {recipient_name}", "Kære {}"), "letter_brace"),
        (("Kære {recipient_name}", "  "), "letter_text_empty"),
        (("paragraph = ", 'quote = "x"\nparagraph = '), "letter_block_not_one"),
        (("subject = ", "about = "), "config_unknown_key"),
        (('version = "1"', 'version = ""'), "config_pattern"),
        (("version = ", "version "), "config_not_toml"),
    ],
)
def test_other_faults_are_named(
    tmp_path: Path, change: tuple[str, str], code: str
) -> None:
    error = problem_of(shipped_text().replace(*change, 1), tmp_path)
    assert code in {p.code for p in error.problems}
    assert all(say(p, "en") != p.code for p in error.problems)


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t1" / "da.toml"
    path.parent.mkdir()
    path.write_bytes(shipped_text().encode("latin-1", "replace"))
    with pytest.raises(BadInput, match="letter_template_not_utf8"):
        load("t1", "da", folder=tmp_path)


def test_unknown_letters_and_languages_are_refused() -> None:
    with pytest.raises(BadInput, match="letter_template_unknown"):
        load("../t1", "da")
    with pytest.raises(BadInput, match="letter_language_unknown"):
        load("t1", "sv")


def test_a_folder_is_checked_whole(tmp_path: Path) -> None:
    write_template(tmp_path, shipped_text())
    write_template(tmp_path, shipped_text("t2", "en"), "hus/t2/en.toml")
    assert len(check_folder(tmp_path)) == 2
    write_template(tmp_path, shipped_text(), "t4/da.toml")
    with pytest.raises(BadInput, match="letter_template_misplaced"):
        check_folder(tmp_path)


def test_blocks_keep_their_order_and_kind() -> None:
    kinds = [block.kind for block in load("t1", "da").blocks]
    assert kinds[:3] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.QUOTE]
    assert kinds[-1] is BlockKind.BULLETS
