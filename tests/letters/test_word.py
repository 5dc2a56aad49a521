"""The Word file says the same words with real headings, lists and a language."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.letters.document import Document, text_of
from monitor.letters.template import BlockKind
from monitor.letters.word import to_docx
from tests.letters.builders import LETTERS, NOW, make_document


def opened(document: Document) -> WordFile:
    return docx.Document(BytesIO(to_docx(document, now=NOW)))


def words_of(file: WordFile) -> list[str]:
    return " ".join(p.text for p in file.paragraphs).split()


def styled(file: WordFile, style: str) -> list[str]:
    return [p.text for p in file.paragraphs if p.style and p.style.name == style]


@pytest.mark.parametrize(("template_id", "language"), LETTERS)
def test_every_letter_says_the_words_of_its_text(
    template_id: str, language: str
) -> None:
    document = make_document(template_id, language)
    assert words_of(opened(document)) == text_of(document).replace("• ", "").split()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=140))
def test_any_content_stays_text(text: str) -> None:
    value = f"x<w:p>&amp;{text}"
    document = make_document(recipient_name=value, reason=value, request=value)
    expected = text_of(document).replace("• ", "").split()
    assert words_of(opened(document)) == expected


def test_headings_lists_and_quotes_use_built_in_styles() -> None:
    document = make_document()
    file = opened(document)
    texts = {
        kind: [t for b in document.blocks if b.kind is kind for t in b.texts]
        for kind in BlockKind
    }
    assert styled(file, "Heading 1") == [document.subject]
    assert styled(file, "Heading 2") == texts[BlockKind.HEADING]
    assert styled(file, "List Bullet") == texts[BlockKind.BULLETS]
    assert styled(file, "Quote") == texts[BlockKind.QUOTE]


@pytest.mark.parametrize(("language", "tag"), [("da", "da-DK"), ("en", "en-GB")])
def test_language_and_properties_are_stated(language: str, tag: str) -> None:
    document = make_document(language=language)
    file = opened(document)
    (lang,) = file.styles.element.iter(qn("w:lang"))
    assert lang.get(qn("w:val")) == tag
    about = file.core_properties
    assert about.title == document.subject
    assert about.author == "Tågeby Kommune"
    assert about.language == tag
    assert about.created == datetime(2026, 11, 22, 13, 35, tzinfo=UTC)
    assert about.comments == ""


def test_pages_are_numbered_by_word_itself() -> None:
    footer = opened(make_document()).sections[0].footer.paragraphs[0]
    codes = [f.get(qn("w:instr")) for f in footer._p.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]
    texts = [t.text for t in footer._p.iter(qn("w:t"))]
    assert "".join(texts) == "Side 1 af 1"
