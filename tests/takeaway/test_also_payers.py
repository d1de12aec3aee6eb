"""What a brief tells of payers where it is asked: the figures of `peerstay rate` and `fiscal`, in two pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import docx
import pytest

from sim.charts.printed import Paths
from sim.questions.fair.fair import Fair
from sim.questions.fair.fair import collector as by_group
from sim.questions.fiscal.note import Note, Wanted, collector, fiscal_note, note_in
from sim.questions.fiscal.text import PAYERS
from sim.questions.rate.rate import RateStudy, rate_study
from sim.questions.rate.rate import Wanted as RateWanted
from sim.questions.rate.tables import lines_told
from sim.questions.rate.text import sentences
from sim.questions.worth.worth import Spending, worth_in
from sim.questions.worth.worth import collector as spending
from sim.results.budget import TOTAL
from sim.runs.answer import Answer, ask, case_names
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load
from sim.takeaway.also import FISCAL, RATE, Also
from sim.takeaway.content import brief
from sim.takeaway.figure import figure_bytes
from sim.takeaway.fiscal_note import SHEETS
from sim.takeaway.fiscal_tables import in_short, over_all_years, tables_of
from sim.takeaway.monthly import collector as monthly
from sim.takeaway.named import called_in_full
from sim.takeaway.offer import made
from sim.takeaway.parts import Part
from sim.takeaway.rate.workbook import SHEET
from sim.takeaway.sheets import RATE_RANGES
from tests.takeaway.hand_made import stamped
from tests.takeaway.test_also import pages
from tests.takeaway.test_documents import points
from tests.takeaway.test_tables import Book

RISE = "pa_rate_rise_pass_through"
FUTURES = Settings(20, 1, 1, unknowns=True)
WANTED = Wanted(members=3_000)
FIGURES: dict[tuple[int, int, str], bytes] = {}
FLAGS = ("rate", "fiscal", "worth", "fair")


@pytest.fixture(autouse=True)
def _figure_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is asked, the figure of an answer is the same: it is drawn once for all documents."""
    monkeypatch.setattr("sim.takeaway.pdf.figure_bytes", drawn_once)
    monkeypatch.setattr("sim.takeaway.word.figure_bytes", drawn_once)


def drawn_once(answer: Answer, paths: Paths, ending: Literal["svg", "png"]) -> bytes:
    key = id(answer), id(paths), ending  # answers live as long as this module
    if key not in FIGURES:
        FIGURES[key] = figure_bytes(answer, paths, ending)
    return FIGURES[key]


def scenarios(*alternatives: str) -> list[Loaded]:
    return [load(name) for name in ("pa_fee_for_service", *alternatives)]


@cache
def asked(*alternatives: str) -> tuple[Answer, Paths, Also]:
    """An answer, and all that else can be asked of it, in the same runs but for the rate."""
    everyone = scenarios(*alternatives)
    kept, noted, spent, groups = (
        monthly(case_names(everyone)),
        collector(everyone, WANTED),
        spending(everyone),
        by_group(everyone),
    )

    def keep(piece: Piece) -> None:
        for one in (kept, noted, spent, groups):
            one.keep(piece)

    answer = ask(everyone[0], everyone[1:], FUTURES, keep)
    names = called_in_full(len(everyone))
    named = [replace(one, path=Path(f"{name}.toml")) for one, name in zip(everyone, names, strict=True)]
    rate = rate_study(named, FUTURES, RateWanted())
    also = Also(worth_in(Spending(answer, spent)), Fair(answer, groups), rate, note_in(answer, noted, WANTED))
    return answer, kept, also


def sets_as_word_does() -> bool:
    """Whether a Word document can be set here in letters as wide as Word's."""
    if shutil.which("soffice") is None or shutil.which("fc-match") is None:
        return False
    return "Carlito" in subprocess.run(["fc-match", "Calibri"], check=True, capture_output=True, text=True).stdout


def only(also: Also, *flags: str) -> Also:
    return Also(**{flag: getattr(also, flag) for flag in flags})


def part(title: str, *alternatives: str) -> Part:
    answer, _, also = asked(*alternatives)
    (found,) = (one for one in brief(answer, stamped(answer), only(also, "rate", "fiscal")).parts if one.title == title)
    return found


@cache
def rate_alone(*alternatives: str) -> tuple[RateStudy, Loaded]:
    everyone = scenarios(*alternatives)
    return rate_study(everyone, FUTURES, RateWanted()), everyone[0]


@cache
def note_alone(*alternatives: str) -> Note:
    return fiscal_note(scenarios(*alternatives), FUTURES, WANTED)


def test_the_rate_of_a_brief_is_that_of_the_command_to_the_cent() -> None:
    study, base = rate_alone("pa_wage_25")
    told = part(RATE, "pa_wage_25")
    names = dict(zip(("pa_fee_for_service:", "pa_wage_25:"), ("Base:", "Alternative A:"), strict=True))
    expected = [line.replace(file, name) for file, name in names.items() for line in sentences(study) if file in line]
    assert set(expected) <= set(told.items)
    assert told.table is not None
    whole = {row[0].strip(): row[2:] for row in lines_told(study, base)[1]}
    assert [row[0] for row in told.table.rows] == [
        "Wage of a newcomer", "Cost of a peer's hour", "Billable hours", "Cost of an hour paid",
        "Cost of a billable hour", "RATE OF A UNIT",
    ]  # fmt: skip
    assert {row[0]: row[1:] for row in told.table.rows} == {row[0]: whole[row[0]] for row in told.table.rows}


def test_the_fiscal_note_of_a_brief_is_that_of_the_command_to_the_cent() -> None:
    note, (_, _, also) = note_alone(RISE), asked(RISE)
    assert also.fiscal is not None
    for case in (0, 1):
        for payer in (*PAYERS, TOTAL):
            usd = [one.spending[case].of("accrual")[payer] for one in (also.fiscal, note)]
            assert usd[0].tolist() == usd[1].tolist()
    told = part(FISCAL, RISE)
    assert list(told.items) == in_short(note)
    (whole,) = tables_of(note, "accrual")
    assert told.table is not None
    assert set(told.table.rows) <= set(whole.rows)
    assert [row[0] for row in told.table.rows if "All payers" in row[0] or "member" in row[0]] == [
        "Base: All payers",
        "Base: per member per month",
        "A less the base: All payers",
    ]
    added = sum(one.mean or 0.0 for one in note.told_differences("accrual", TOTAL, 1))
    assert added == pytest.approx(over_all_years(note, "accrual", TOTAL, 1).mean)


def test_a_rate_says_which_changes_it_leaves_out() -> None:
    assert "Changes dated 2028-07 are left out" in part(RATE, RISE).lead
    assert "left out" not in part(RATE, "pa_wage_25").lead


@pytest.mark.parametrize("alternatives", [(), ("pa_wage_25",), ("pa_wage_25", RISE)])
def test_whatever_else_is_asked_takes_no_third_page(alternatives: tuple[str, ...]) -> None:
    answer, kept, also = asked(*alternatives)
    in_word = 3 if len(alternatives) > 1 else len(FLAGS)  # all four are set below
    for flags in (*((flag,) for flag in FLAGS), *combinations(FLAGS, 2), FLAGS[:3], FLAGS):
        told = only(also, *flags)
        assert pages(made(".pdf", answer, stamped(answer), kept, told)) == 2, flags
        document = docx.Document(io.BytesIO(made(".docx", answer, stamped(answer), kept, told)))
        assert len(flags) > in_word or points(document) < 2 * (792 - 2 * 48.2), flags


@pytest.mark.skipif(not sets_as_word_does(), reason="needs LibreOffice Writer, and Carlito for Word's letters")
@pytest.mark.parametrize(("alternatives", "count"), [(("pa_wage_25", RISE), 2), (("pa_wage_25", RISE, "pa_ladder"), 3)])
def test_all_four_parts_fit_two_pages_of_word_beside_two_alternatives(
    alternatives: tuple[str, ...], count: int, tmp_path: Path
) -> None:
    """Beside three it is three pages, as docs/takeaway.md says."""
    answer, kept, also = asked(*alternatives)
    (tmp_path / "a.docx").write_bytes(made(".docx", answer, stamped(answer), kept, also))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages_of = re.findall(rb"/Type/Pages.*?/Count (\d+)", (tmp_path / "a.pdf").read_bytes(), re.DOTALL)
    assert pages_of == [str(count).encode()]


def test_of_many_parts_the_tables_are_left_to_the_workbook() -> None:
    _, _, also = asked("pa_wage_25")
    assert [one.table is not None for one in only(also, "rate", "fiscal").parts] == [True, True]
    assert not any(one.table for one in also.parts)
    assert [one.title for one in also.parts][:2] == [RATE, FISCAL]


def test_documents_and_workbook_hold_what_is_told() -> None:
    answer, kept, also = asked("pa_wage_25")
    told = only(also, "rate", "fiscal")
    cells: dict[str, Any] = {
        ".html": made(".html", answer, stamped(answer), kept, told).decode(),
        ".docx": "\n".join(
            cell.text
            for table in docx.Document(io.BytesIO(made(".docx", answer, stamped(answer), kept, told))).tables
            for row in table.rows
            for cell in row.cells
        ),
    }
    for one in told.parts:
        assert one.table is not None
        for text in cells.values():
            plain = unescape(text).replace("\u2060", "")
            assert all(row[0] in plain and row[-1] in plain for row in one.table.rows)
    book = Book(made(".xlsx", answer, stamped(answer), kept, told))
    without = Book(made(".xlsx", answer, stamped(answer), kept))
    added = {SHEET, RATE_RANGES, *SHEETS.values()}
    assert added <= set(book.names)
    assert not added & set(without.names)
