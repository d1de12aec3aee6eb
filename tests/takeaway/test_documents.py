"""The brief as PDF, Word and HTML: whole, tagged, two pages, and nothing of what users wrote is ever obeyed."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.evidence.paths import ROOT
from sim.questions.compare import by_kind
from sim.runs.answer import ask, case_names
from sim.runs.identity import data_version, model_version
from sim.runs.replicate import Settings
from sim.scenario.files import load
from sim.takeaway.content import brief
from sim.takeaway.figure import alternative_text
from sim.takeaway.monthly import collector
from sim.takeaway.offer import made
from sim.takeaway.pdf import breakable, displayable, pages_as_pictures
from tests.takeaway.hand_made import HOSTILE, MADE, answer, better, granted, hostile, paths, stamped

CALIBRI = 0.44  # of a letter's size its width; of the briefs' own texts it is 0.41
ASKED = answer(better(), granted())
TOLD = brief(ASKED, stamped(ASKED))


HOSTILE_TOO = answer(hostile())


def anew(ending: str, *, by_a_villain: bool = False) -> bytes:
    asked = HOSTILE_TOO if by_a_villain else ASKED
    return made(ending, asked, stamped(asked), paths(asked))


written = cache(anew)


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".html", ".xlsx", ".csv", ".zip"])
def test_the_same_answer_gives_the_same_bytes(ending: str) -> None:
    assert written(ending) == anew(ending)


# PDF


def test_a_pdf_is_tagged_and_names_language_and_title() -> None:
    data = written(".pdf")
    assert data.startswith(b"%PDF-1.")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang(en-US)", b"/DisplayDocTitle true", b"pdfuaid", b"pdfaid"):
        assert mark in data, mark
    assert b"/Alt" in data


def test_a_pdf_has_two_pages() -> None:
    assert re.findall(rb"/Type/Pages/Count (\d+)", written(".pdf")) == [b"2"]
    assert len(pages_as_pictures(ASKED, stamped(ASKED), paths(ASKED))) == 2


def test_text_of_users_is_no_markup_of_a_pdf() -> None:
    assert written(".pdf", by_a_villain=True).startswith(b"%PDF")


def test_letters_that_no_font_at_hand_shows_are_boxes_and_stop_nothing() -> None:
    assert displayable("Größe → ≥ 🎉 日") == "Größe → ≥ □ □"
    long = breakable({"title": "x" * 60, "rows": [["a b"]]})
    assert long == {"title": "\u200b".join(["x" * 28, "x" * 28, "x" * 4]), "rows": [["a b"]]}


def test_every_document_names_model_and_data() -> None:
    digests = f"model {model_version()}, data {data_version()}"
    assert digests in TOLD.made_by[0]
    assert digests in written(".html").decode()
    assert any(digests in one.text for one in document().paragraphs)
    assert lines(TOLD.made_by[0], 8.5, 516.0) == 1  # a line more may be a third page


# Word


def document(*, by_a_villain: bool = False) -> docx.document.Document:
    return docx.Document(io.BytesIO(written(".docx", by_a_villain=by_a_villain)))


def test_word_has_real_headings_and_says_everything_once() -> None:
    told = document()
    headings = [one.text for one in told.paragraphs if one.style.name == "Heading 1"]
    assert headings[:3] == ["Question", "Answer", "The numbers"]
    assert headings[-1] == "How to reproduce it"
    texts = [one.text for one in told.paragraphs]
    assert [one.text for one in told.paragraphs if one.style.name == "Title"] == [TOLD.title]
    for line in (*TOLD.answers, TOLD.question, TOLD.command, *(item for part in TOLD.parts for item in part.items)):
        assert texts.count(line) == 1, line


def test_words_tables_have_header_rows_and_the_digits_of_the_brief() -> None:
    table = document().tables[0]
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert rows == [TOLD.numbers.heading, *TOLD.numbers.rows]
    xml = table._tbl.xml
    assert xml.count("<w:tblHeader/>") == 1
    order = re.findall(r"<w:(tblW|tblBorders|tblLayout|tblLook|tblDescription)\b", xml)
    assert order == ["tblW", "tblBorders", "tblLayout", "tblLook", "tblDescription"]  # as the schema says


def test_words_figure_is_told_in_words_and_its_file_names_what_made_it() -> None:
    told = document()
    assert told.inline_shapes[0]._inline.docPr.get("descr") == alternative_text(ASKED)
    core = told.core_properties
    assert (core.title, core.language, core.created.isoformat()) == (TOLD.title, "en-US", MADE)
    footer = told.sections[0].footer.paragraphs[0].text
    assert TOLD.footer in footer


def test_word_has_about_two_pages() -> None:
    """There is no Word here: lines are counted as if every letter took 0.52 of its height, more than Calibri's do."""
    assert points(document()) < 2 * (792 - 2 * 48.2)


def points(told: docx.document.Document) -> float:
    """How high a document is, at most: of 48 briefs up to 12 % more than LibreOffice sets with Word's widths."""
    height = told.inline_shapes[0].height.pt
    for one in told.paragraphs:
        size = (one.runs[0].font.size if one.runs and one.runs[0].font.size else one.style.font.size).pt
        width = 516.0 - 18.0 * (one.style.name == "List Bullet")
        height += lines(one.text, size, width) * 1.22 * size + 2.5 + 7.0 * one.style.name.startswith("Heading")
    for table in told.tables:
        widths = [cell.width.pt for cell in table.rows[0].cells]
        for row in table.rows:
            most = max(lines(cell.text, 8.5, width - 11) for cell, width in zip(row.cells, widths, strict=True))
            height += most * 1.22 * 8.5 + 1.0
    return float(height)


def lines(text: str, size: float, width: float) -> int:
    return max(1, -(-int(len(text) * CALIBRI * size) // int(width)))


def test_word_takes_any_text() -> None:
    assert any("HYPERLINK" in one.text for one in document(by_a_villain=True).paragraphs)


# HTML


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_a_page_asks_for_nothing_outside_itself() -> None:
    page = Page(written(".html").decode())
    for _, attributes in page.tags:
        for name in ("src", "href", "action", "data"):
            assert str(attributes.get(name) or "data:").startswith("data:")
    assert not page.all("script")
    assert any("default-src 'none'" in str(one.get("content")) for one in page.all("meta"))
    picture = base64.b64decode(str(page.all("img")[0]["src"]).partition("base64,")[2])
    assert b"href" not in picture.replace(b'xlink:href="#', b"").replace(b'href="#', b"")


def test_a_page_has_language_title_headings_and_a_figure_in_words() -> None:
    page = Page(written(".html").decode())
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == 1
    assert page.all("img")[0]["alt"] == alternative_text(ASKED)
    assert all(one.get("scope") in ("col", "row") for one in page.all("th"))
    for line in (*TOLD.answers, TOLD.footer, TOLD.command):
        assert line in page.text


def test_a_page_shows_what_users_wrote_and_obeys_none_of_it() -> None:
    page = Page(written(".html", by_a_villain=True).decode())
    assert not page.all("script")
    assert "<script>alert(1)</script>" in page.text
    assert "\u202e" not in page.text


def test_no_line_of_a_page_breaks_a_number() -> None:
    told = written(".html").decode()
    assert "overflow-wrap: anywhere" not in told
    assert "$" in told
    assert not re.search(r"<td>[^<]*[+−]\$", told)


def test_every_document_holds_the_name_of_what_made_it() -> None:
    with zipfile.ZipFile(io.BytesIO(written(".docx"))) as packed:
        assert b"peerstay 1.2.3" in packed.read("word/document.xml")
    assert b"peerstay 1.2.3" in written(".html")
    assert HOSTILE not in TOLD.title


@pytest.mark.parametrize(
    "names",
    [
        ("pa_fee_for_service", "pa_wage_25"),
        ("pa_fee_for_service", "pa_wage_25", "pa_ladder"),
        ("pa_fee_for_service", "pa_braided", "pa_ccbhc", "pa_early_termination"),
    ],
)
def test_a_brief_over_futures_has_two_pages(names: tuple[str, ...], tmp_path: Path) -> None:
    """What is printed by default: ranges over futures take more words than the hand-made answer has."""
    to = [tmp_path / f"brief{ending}" for ending in (".pdf", ".docx")]
    asked = ["brief", *names, "--replications", "60", "--no-store", *(f"--to={path}" for path in to)]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0, told.output
    assert re.findall(rb"/Type/Pages/Count (\d+)", to[0].read_bytes()) == [b"2"]
    assert points(docx.Document(str(to[1]))) < 2 * (792 - 2 * 48.2)


def test_a_brief_of_a_portfolio_tells_who_gains_and_who_loses_in_two_pages() -> None:
    names = ("pa_market", "pa_market_one_raise", "pa_market_all_raise")
    everyone = [load(ROOT / "scenarios" / f"{name}.toml", sets=["horizon.months=12"]) for name in names]
    kept = collector(case_names(everyone))
    asked = ask(everyone[0], everyone[1:], Settings(4, 1, jobs=1), kept.keep)
    (part,) = [one for one in brief(asked, stamped(asked)).parts if one.title == by_kind.TITLE]
    said = [line.partition(": ")[2] for line in by_kind.sentences(asked)]
    assert part.items == tuple(f"{name}: {line}" for name, line in zip("AB", said, strict=True))
    assert re.findall(rb"/Type/Pages/Count (\d+)", made(".pdf", asked, stamped(asked), kept)) == [b"2"]


def test_the_longest_comparison_of_the_library_has_two_pages() -> None:
    names = ("pa_fee_for_service", "pa_braided", "pa_ccbhc", "pa_early_termination")
    everyone = [load(ROOT / "scenarios" / f"{name}.toml") for name in names]
    kept = collector(case_names(everyone))
    asked = ask(everyone[0], everyone[1:], Settings(3, 1, jobs=1), kept.keep)
    assert re.findall(rb"/Type/Pages/Count (\d+)", made(".pdf", asked, stamped(asked), kept)) == [b"2"]
