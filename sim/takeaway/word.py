"""Write the brief as a Word document: real headings, header rows, the figure in words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sim.charts.printed import Paths
from sim.runs.answer import Answer
from sim.takeaway.also import NOTHING_ELSE, Also
from sim.takeaway.content import brief
from sim.takeaway.figure import alternative_text, caption, figure_bytes
from sim.takeaway.parts import Brief, Part, Table
from sim.takeaway.plain import settled
from sim.words.provenance import Stamp

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as DocxTable

BLUE: Final = "005A9C"
GREY: Final = "C8CCD2"
FONT: Final = "Calibri"
SIZES: Final = {"Title": 18.0, "Heading 1": 12.0, "Normal": 9.5, "List Bullet": 9.5, "Caption": 8.5}
SMALL: Final = 8.5  # points
ABOVE: Final = 5.0  # points between a table and the figure, which would hide its lowest line
MARGIN_CM: Final = 1.7
PICTURE_SHARE: Final = 0.6  # of the text's width: a brief is two pages
LETTER_CM: Final = (21.59, 27.94)
FIRST_COLUMN: Final = 1.35  # of the width of the others
LANGUAGE: Final = "en-US"


def word(answer: Answer, stamp: Stamp, paths: Paths, also: Also = NOTHING_ELSE) -> bytes:
    """Return the brief as a Word document."""
    import docx  # noqa: PLC0415  # a fifth of a second

    told, document = brief(answer, stamp, also), docx.Document()
    set_up(document, Head(told.title, told.about, told.footer, stamp.made))
    _first_page(document, told)
    _picture(document, figure_bytes(answer, paths, "png"), alternative_text(answer))
    document.add_paragraph(caption(answer), style="Caption")
    _rest(document, told)
    return saved(document)


def saved(document: Document) -> bytes:
    """Return a document as a file, the same bytes for the same words."""
    content = io.BytesIO()
    document.save(content)
    return settled(content.getvalue())


def _first_page(document: Document, told: Brief) -> None:
    small(document, told.organization)
    document.add_heading("Question", 1)
    document.add_paragraph(told.question)
    document.add_heading("Answer", 1)
    for answer in told.answers:
        document.add_paragraph(answer)
    document.add_heading("The numbers", 1)
    table(document, told.numbers)
    if told.payers is not None:
        small(document, "")
        table(document, told.payers)


def _rest(document: Document, told: Brief) -> None:
    small(document, told.how_to_read)
    if told.results is not None:
        document.add_heading("What changed most", 1)
        table(document, told.results)
    if told.undetected:
        small(document, told.undetected)
    for part in told.parts:
        listed(document, part)
    again(document, told.command, told.made_by)


def again(document: Document, told: str, made_by: Sequence[str]) -> None:
    """Add how to make an answer again."""
    document.add_heading("How to reproduce it", 1)
    command = document.add_paragraph().add_run(told)
    command.font.name = "Consolas"
    command.font.size = _points(SMALL)
    for made in made_by:
        small(document, made)


def listed(document: Document, part: Part) -> None:
    """Add a list under its title."""
    document.add_heading(part.title, 1)
    if part.lead:
        small(document, part.lead)
    for item in part.items:
        document.add_paragraph(item, style="List Bullet")
    if part.table is not None:
        table(document, part.table)


def small(document: Document, text: str) -> None:
    """Add a paragraph in small letters."""
    document.add_paragraph().add_run(text).font.size = _points(SMALL)


# set-up ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """What a document is called, what it is, what stands at the foot of its pages, and when it was made (ISO 8601)."""

    title: str
    about: str
    footer: str
    made: str


def set_up(document: Document, head: Head) -> None:
    """Set pages, styles, footer and properties of a document, and its title."""
    from docx.shared import Cm  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = (Cm(size) for size in LETTER_CM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    section.footer_distance = Cm(0.8)
    _styles(document)
    _footer(section.footer.paragraphs[0], head.footer)
    made, core = datetime.fromisoformat(head.made).replace(tzinfo=None), document.core_properties
    core.title, core.subject, core.author, core.language = head.title, head.about, "peerstay", LANGUAGE
    core.created = core.modified = made
    core.last_modified_by, core.comments, core.keywords = "peerstay", head.footer, "projection"
    document.add_paragraph(head.title, style="Title")
    small(document, head.about)


def _styles(document: Document) -> None:
    from docx.shared import RGBColor  # noqa: PLC0415

    for name, size in SIZES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, _points(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme would win over the name
            fonts.attrib.pop(_qualified(f"w:{theme}"), None)
        spacing, heading = style.paragraph_format, name in ("Title", "Heading 1")
        spacing.space_before, spacing.space_after = _points(7.0 if name == "Heading 1" else 0.0), _points(2.5)
        spacing.line_spacing = 1.0
        style.font.color.rgb = RGBColor.from_string(BLUE if heading else "16191D")
        style.font.bold = heading
    _without_rule(document.styles["Title"])
    language = document.styles.element.find(f".//{_qualified('w:lang')}")
    if language is not None:
        language.set(_qualified("w:val"), LANGUAGE)


def _without_rule(title: Any) -> None:
    """Take away the line that the template draws under a title."""
    rule = title.element.pPr.find(_qualified("w:pBdr"))
    if rule is not None:
        title.element.pPr.remove(rule)


def _footer(paragraph: Any, text: str) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    paragraph.add_run(f"{text} · page ").font.size = _points(7.5)
    for field, between in (("PAGE", " of "), ("NUMPAGES", "")):
        size = '<w:rPr><w:sz w:val="15"/></w:rPr>'
        run = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r>{size}<w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(run))  # noqa: SLF001  # fields have no other way in
        paragraph.add_run(between).font.size = _points(7.5)


def _points(size: float) -> Any:
    from docx.shared import Pt  # noqa: PLC0415

    return Pt(size)


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    return str(qn(name))


# tables and the figure ---------------------------------------------------------------------------------------------


def _picture(document: Document, picture: bytes, words: str) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    shape = document.add_picture(io.BytesIO(picture), width=Cm(PICTURE_SHARE * (LETTER_CM[0] - 2 * MARGIN_CM)))
    document.paragraphs[-1].paragraph_format.space_before = _points(ABOVE)
    shape._inline.docPr.set("descr", words)  # noqa: SLF001  # python-docx has no name for it
    shape._inline.docPr.set("title", "Projection month by month")  # noqa: SLF001
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def table(document: Document, told: Table) -> None:
    """Add a table with a header row that repeats."""
    made = document.add_table(rows=0, cols=len(told.heading))
    for row in (told.heading, *told.rows):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.font.bold = _points(SMALL), row is told.heading
            cell.paragraphs[0].paragraph_format.space_after = _points(0.5)
    _widths(made, len(told.heading))
    _describe(made, told.about)


def _widths(table: DocxTable, columns: int) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    table.autofit = False
    unit = (LETTER_CM[0] - 2 * MARGIN_CM) / (FIRST_COLUMN + columns - 1)
    for place, column in enumerate(table.columns):
        column.width = Cm(unit * (1.0 if place else FIRST_COLUMN))
        for cell in column.cells:
            cell.width = column.width


def _describe(table: DocxTable, about: str) -> None:
    """Make the first row a header that repeats, draw thin rules, and say what the table shows."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    namespace, properties = nsdecls("w"), table._tbl.tblPr  # noqa: SLF001
    thin = f'w:val="single" w:sz="4" w:color="{GREY}"'
    borders = f"<w:tblBorders {namespace}><w:bottom {thin}/><w:insideH {thin}/></w:tblBorders>"
    properties.find(_qualified("w:tblLayout")).addprevious(parse_xml(borders))  # the schema has an order
    words = parse_xml(f"<w:tblDescription {namespace}/>")
    words.set(_qualified("w:val"), about)
    properties.append(words)
    for row in table.rows:
        inside = row._tr.get_or_add_trPr()  # noqa: SLF001
        inside.append(parse_xml(f"<w:cantSplit {namespace}/>"))
        if row._index == 0:  # noqa: SLF001
            inside.append(parse_xml(f"<w:tblHeader {namespace}/>"))
