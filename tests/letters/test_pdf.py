"""The PDF keeps both standards, says exactly the approved words, and stays the same."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page import validate_pdf_bytes
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from monitor.errors import Refused
from monitor.letters.document import Document, text_of
from monitor.letters.fields import FIELDS
from monitor.letters.pdf import to_pdf
from tests.letters.builders import LETTERS, NOW, make_document, make_fields

_PAGE_NUMBER = re.compile(r"(?:Side|Page) \d+ (?:af|of) \d+\s*$")
_STREAM = re.compile(rb"/Length (\d+)(?:(?!endobj).)*?>>\s*stream\n", re.DOTALL)
_MARKUP = "#$*_`@<>[]{}\\\"'/=-+~&;:%()|^"
_SPOILED = st.text(
    st.sampled_from("abcæøåÆØÅéüğ 0123456789.,!?«»”–§€" + _MARKUP)
    | st.sampled_from("\x00\x07\x1b\t\n\r\u202e\u2066\u200f\ufeff\u2028\ud800\ufffe"),
    max_size=200,
).map(lambda text: f"x{text}".replace("\n", " ").replace("\r", " "))


def faults(pdf: bytes) -> list[str]:
    found = [
        failure
        for profile in ("ua1", "2a")
        for failure in validate_pdf_bytes(pdf, profile=profile).failures
    ]
    if lengths_hold(pdf):
        # A stream whose data ends in a carriage return is counted one byte short.
        found = [f for f in found if f.rule_id != "PDFA2A-STREAM-LENGTH-001"]
    return [failure.message for failure in found]


def lengths_hold(pdf: bytes) -> bool:
    """Whether every stream ends, to the byte, where its dictionary says."""
    stated = [*_STREAM.finditer(pdf)]
    assert len(stated) == pdf.count(b"\nendstream")
    ends = (found.end() + int(found[1]) for found in stated)
    return all(pdf[end:].startswith(b"\nendstream") for end in ends)


def words_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return squeezed("".join(_PAGE_NUMBER.sub("", text) for text in pages))


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_sound(document: Document) -> None:
    pdf = to_pdf(document, now=NOW)
    assert faults(pdf) == []
    assert words_of(pdf) == squeezed(text_of(document))


@pytest.mark.parametrize(("template_id", "language"), LETTERS)
def test_every_letter_keeps_both_standards_and_its_words(
    template_id: str, language: str
) -> None:
    assert_sound(make_document(template_id, language))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(LETTERS),
    st.fixed_dictionaries(dict.fromkeys(FIELDS["t1"].known - {"quote"}, _SPOILED)),
    _SPOILED,
)
def test_no_content_becomes_markup_or_breaks_the_file(
    letter: tuple[str, str], values: dict[str, str], quote: str
) -> None:
    assert_sound(make_document(*letter, **values, quote=quote))


def test_typst_in_a_value_is_text() -> None:
    spoiled = '#read("/etc/passwd") $x^2$ *fed* #panic() \\ // ud'
    document = make_document(quote=spoiled, reason=spoiled, recipient_name=spoiled)
    assert squeezed(spoiled) in words_of(to_pdf(document, now=NOW))


def test_the_same_letter_gives_the_same_bytes() -> None:
    digests = {
        hashlib.sha256(to_pdf(make_document(), now=NOW)).hexdigest() for _ in range(3)
    }
    assert len(digests) == 1
    later = to_pdf(make_document(), now=NOW + timedelta(seconds=1))
    assert hashlib.sha256(later).hexdigest() not in digests


@pytest.mark.parametrize(("language", "tag"), [("da", "da-DK"), ("en", "en-GB")])
def test_title_language_and_date_are_stated(language: str, tag: str) -> None:
    document = make_document(language=language)
    reader = PdfReader(BytesIO(to_pdf(document, now=NOW)))
    assert reader.metadata is not None
    assert reader.metadata.title == document.subject
    assert reader.metadata.author == "Tågeby Kommune"
    assert reader.metadata.creation_date == NOW
    assert str(reader.root_object["/Lang"]) == tag


def test_parts_of_the_letter_are_tagged_as_what_they_are() -> None:
    reader = PdfReader(BytesIO(to_pdf(make_document(), now=NOW)))
    tags = _tags(reader.root_object["/StructTreeRoot"].get_object())
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/BlockQuote"} <= tags


def _tags(node: object) -> set[str]:
    if isinstance(node, list):
        return set().union(*(_tags(child.get_object()) for child in node), set())
    if not isinstance(node, DictionaryObject):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (_tags(node["/K"].get_object()) if "/K" in node else set())


@pytest.mark.parametrize("word", ["x" * 290, "w" * 290, "a-b." * 70, "/?" * 140])
def test_no_word_runs_over_the_edge(word: str) -> None:
    pdf = to_pdf(make_document(quote=word, recipient_name=word), now=NOW)
    assert faults(pdf) == []
    widths = [len(line) for p in PdfReader(BytesIO(pdf)).pages for line in lines_of(p)]
    assert max(widths) < 200


def lines_of(page: object) -> list[str]:
    return page.extract_text().split("\n")  # type: ignore[attr-defined,no-any-return]


def test_emoji_and_arabic_are_shown() -> None:
    document = make_document(
        quote="Hæng hende ud 👇 👨‍👩‍👧 مرحبا", recipient_name="Żółć Ğül"
    )
    pdf = to_pdf(document, now=NOW)
    assert faults(pdf) == []
    assert "👇" in words_of(pdf)


def test_signs_the_fonts_lack_are_refused_by_name() -> None:
    with pytest.raises(Refused) as refusal:
        to_pdf(make_document(quote="Se 漢字 her", recipient_name="漢"), now=NOW)
    assert refusal.value.reason.code == "letter_signs_not_shown"
    assert refusal.value.reason.params["signs"] == "漢 字"


def test_a_long_letter_goes_on_over_pages() -> None:
    reason = "\n\n".join(f"{n}. " + make_fields()["reason"] * 4 for n in range(30))
    exhibits = "\n".join(f"Bilag {n} med en lang forklaring" * 3 for n in range(60))
    document = make_document("t3", reason=reason, exhibits=exhibits)
    assert_sound(document)
    reader = PdfReader(BytesIO(to_pdf(document, now=NOW)))
    assert len(reader.pages) > 3
    last = reader.pages[-1].extract_text()
    assert f"Side {len(reader.pages)} af {len(reader.pages)}" in last


@pytest.mark.parametrize("template_id", ["t2", "t3"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_short_letter_stands_on_one_page(template_id: str, language: str) -> None:
    pdf = to_pdf(make_document(template_id, language), now=NOW)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
