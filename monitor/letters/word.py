"""Sets a letter as a Word file with built-in styles, for people to edit.

An edited file comes back as a new draft; the PDF stays what was approved.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from monitor.letters.document import Document
from monitor.letters.template import Block, BlockKind

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

_LOCALES = {"da": "da-DK", "en": "en-GB"}
_PAGE_WORDS = {"da": ("Side ", " af "), "en": ("Page ", " of ")}
_FONT = "Calibri"
_ACCENT = RGBColor(0x1F, 0x4E, 0x79)
_STYLES = {
    BlockKind.HEADING: "Heading 2",
    BlockKind.QUOTE: "Quote",
    BlockKind.BULLETS: "List Bullet",
}


def to_docx(document: Document, *, now: datetime) -> bytes:
    """The letter as a Word file with the same text as its PDF.

    ``now`` is the time of creation that the file states.
    """
    file = docx.Document()
    _set_page(file)
    _set_styles(file, _LOCALES[document.language])
    _set_properties(file, document, now)
    _set_footer(file, document.language)
    _write_head(file, document)
    for block in document.blocks:
        _write_block(file, block)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _set_page(file: WordFile) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(30)
    section.top_margin, section.bottom_margin = Mm(20), Mm(25)


def _set_styles(file: WordFile, locale: str) -> None:
    for name, size in (("Normal", 11), ("Heading 1", 15), ("Heading 2", 12)):
        style: ParagraphStyle = file.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = _ACCENT
    file.styles["Normal"].paragraph_format.space_after = Pt(8)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    for language in file.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), locale)


def _set_properties(file: WordFile, document: Document, now: datetime) -> None:
    about = file.core_properties
    about.title = document.subject
    about.author = about.last_modified_by = document.sender[0]
    about.language = _LOCALES[document.language]
    about.version = document.version
    about.keywords = f"{document.template_id} {document.language} {document.version}"
    about.comments = ""
    about.created = about.modified = now.astimezone(UTC).replace(tzinfo=None)


def _set_footer(file: WordFile, language: str) -> None:
    line = file.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page, of = _PAGE_WORDS[language]
    line.add_run(page)
    _add_field(line, "PAGE")
    line.add_run(of)
    _add_field(line, "NUMPAGES")


def _add_field(line: Paragraph, code: str) -> None:
    """A number that Word works out itself; 1 stands there until it does.

    python-docx has no fields of its own, hence the elements below it.
    """
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = line.add_run("1")
    line._p.remove(run._r)
    field.append(run._r)
    line._p.append(field)


def _write_head(file: WordFile, document: Document) -> None:
    name, *rest = document.sender
    sender = file.add_paragraph()
    sender.add_run(name).bold = True
    for text in rest:
        sender.add_run().add_break()
        sender.add_run(text)
    sender.paragraph_format.space_after = Pt(24)
    _write_lines(file, document.recipient).paragraph_format.space_after = Pt(48)
    if document.details:
        details = _write_lines(file, document.details)
        details.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_paragraph(document.subject, style="Heading 1")


def _write_block(file: WordFile, block: Block) -> None:
    if block.kind in (BlockKind.ADDRESS, BlockKind.SIGNATURE, BlockKind.QUOTE):
        _write_lines(file, block.texts, style=_STYLES.get(block.kind))
        return
    for text in block.texts:
        file.add_paragraph(text, style=_STYLES.get(block.kind))


def _write_lines(
    file: WordFile, texts: tuple[str, ...], style: str | None = None
) -> Paragraph:
    return file.add_paragraph("\n".join(texts), style=style)
