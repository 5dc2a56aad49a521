"""Fields go where the template says, as they are, or there is no letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Refused
from monitor.i18n import say
from monitor.letters.document import compose, text_of
from monitor.letters.fields import clean
from monitor.letters.template import BlockKind, load
from tests.letters.builders import LETTERS, make_document, make_fields


@pytest.mark.parametrize(("template_id", "language"), LETTERS)
def test_no_field_is_left_unfilled(template_id: str, language: str) -> None:
    text = text_of(make_document(template_id, language))
    assert "{" not in text
    for name in load(template_id, language).fields:
        for line in make_fields()[name].split("\n"):
            assert line in text


@pytest.mark.parametrize(("template_id", "language"), LETTERS)
def test_an_empty_mapping_names_every_field(template_id: str, language: str) -> None:
    template = load(template_id, language)
    with pytest.raises(Refused) as refusal:
        compose(template, {})
    named = str(refusal.value.reason.params["fields"]).split(", ")
    assert set(named) == template.fields
    assert named[0] in say(refusal.value.reason, "en")


def test_a_value_that_names_a_field_stays_as_it_is() -> None:
    text = text_of(make_document(recipient_name="{quote} {url}"))
    assert "Kære {quote} {url}\n" in text


def test_a_sentence_ends_in_one_stop() -> None:
    text = text_of(make_document(reason="fotoet gør hende utryg.", request="vente"))
    assert "fordi fotoet gør hende utryg.\n" in text
    assert "bede dig om at vente. Vil du" in text


def test_an_addresss_lines_stay_lines_and_a_sentences_do_not() -> None:
    document = make_document(reason="fotoet\ngør hende utryg")
    assert document.sender[-2:] == ("Havnepladsen 999", "9999 Tågeby")
    assert "fordi fotoet gør hende utryg." in text_of(document)


def test_a_blank_line_begins_a_paragraph() -> None:
    document = make_document("t3", reason="Det ene.\n\nDet andet.")
    assert any(b.texts == ("Det ene.", "Det andet.") for b in document.blocks)


def test_each_line_of_the_evidence_is_an_item() -> None:
    blocks = make_document("t3").blocks
    items = next(b.texts for b in blocks if b.kind is BlockKind.BULLETS)
    assert items == ("Skærmbillede af opslaget", "Kopi af siden")


def test_a_subject_is_one_line() -> None:
    assert make_document(platform="Det\nstore\tforum").subject == (
        "Om dit opslag på Det store forum"
    )


@given(st.text(max_size=250).filter(lambda t: "\n" not in clean(t)))
def test_a_quote_stands_word_for_word(quote: str) -> None:
    if not clean(quote).strip("\u200c\u200d "):
        return
    block = next(b for b in make_document(quote=quote).blocks if b.kind == "quote")
    assert block.texts == (f"”{clean(quote)}”",)


def test_text_is_read_in_the_order_of_the_letter() -> None:
    text = text_of(make_document())
    order = ("Tågeby Kommune", "Åge Æbeltoft", "22. november", "Om dit opslag", "Kære")
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "\n• Oplysningerne kommer fra opslaget på Tågebysnak.\n" in text
