"""What else a brief tells where it is asked: words and figures of `peerstay worth` and `fair`, in two pages."""

from __future__ import annotations

import io
import re
from functools import cache

import docx
import pytest

from sim.charts.printed import Paths
from sim.questions.fair.fair import ASPECTS, Fair
from sim.questions.fair.fair import collector as by_group
from sim.questions.worth.text import sentences
from sim.questions.worth.worth import Spending, Typed, worth_in, worth_of
from sim.questions.worth.worth import collector as spending
from sim.results.groups import EVERYBODY
from sim.runs.answer import Answer, ask, case_names
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings
from sim.scenario.files import load
from sim.takeaway.also import FAIR, WORTH, Also
from sim.takeaway.content import brief
from sim.takeaway.monthly import collector
from sim.takeaway.offer import made
from sim.takeaway.sheets import FAIR_NAME, WORTH_NAME
from tests.takeaway.hand_made import stamped
from tests.takeaway.test_documents import points
from tests.takeaway.test_tables import Book

RAISE = "pa_wage_25"
FUTURES = Settings(20, 1, 1, unknowns=True)
TYPED = Typed(9_000.0, "our claims, 2025")


@cache
def asked(*alternatives: str) -> tuple[Answer, Paths, Also]:
    """An answer, and what else is asked of it, found in the same runs."""
    everyone = [load(name, months=13) for name in ("pa_fee_for_service", *alternatives)]
    kept, spent, groups = collector(case_names(everyone)), spending(everyone), by_group(everyone)

    def keep(piece: Piece) -> None:
        for one in (kept, spent, groups):
            one.keep(piece)

    answer = ask(everyone[0], everyone[1:], FUTURES, keep)
    return answer, kept, Also(worth_in(Spending(answer, spent), typed=TYPED), Fair(answer, groups))


def items(title: str, also: Also) -> list[str]:
    answer, _, _ = asked(RAISE)
    return [line for part in brief(answer, stamped(answer), also).parts if part.title == title for line in part.items]


def test_the_break_even_of_a_brief_is_that_of_the_command() -> None:
    answer, _, also = asked(RAISE)
    told = items(WORTH, also)
    alone = worth_of([case.loaded for case in answer.cases], FUTURES, typed=TYPED)
    assert told[:2] == sentences(alone, ["Base", "Alternative A"])
    assert "Typed, not known to the model: a served client avoids $9,000 a year. Source: our claims, 2025." in told[2]
    assert "Averted less the cost to all payers and the employer: Base +$" in told[2]


def test_groups_of_a_brief_have_the_numbers_of_the_command_and_small_ones_none() -> None:
    _, _, also = asked(RAISE)
    assert also.fair is not None
    everybody, white, hidden = items(FAIR, also)
    cell = also.fair.cell(ASPECTS[0], EVERYBODY, 1)
    assert cell.difference.mean is not None
    assert everybody.startswith(
        f"Everybody ({also.fair.people(EVERYBODY):,.0f} people): pay +${cell.difference.mean:.2f}"
    )
    assert white.startswith("White (")
    assert hidden == "Too few to be told of, or to be found by subtraction: Black and Other non-White."


def test_what_is_not_asked_is_not_told() -> None:
    assert not items(WORTH, Also())
    assert not items(FAIR, Also())


@pytest.mark.parametrize("alternatives", [(), (RAISE,)])
def test_what_else_is_asked_takes_the_room_of_other_parts(alternatives: tuple[str, ...]) -> None:
    answer, kept, also = asked(*alternatives)
    alone, both = (pages(made(".pdf", answer, stamped(answer), kept, told)) for told in (Also(), also))
    assert both <= max(2, alone)
    words = (made(".docx", answer, stamped(answer), kept, told) for told in (Also(), also))
    alone_points, both_points = (points(docx.Document(io.BytesIO(one))) for one in words)
    assert both_points < max(2 * (792 - 2 * 48.2), alone_points + 60.0)


def pages(data: bytes) -> int:
    (found,) = re.findall(rb"/Type/Pages/Count (\d+)", data)
    return int(found)


@pytest.mark.parametrize("ending", [".html", ".docx"])
def test_documents_hold_what_else_is_asked(ending: str) -> None:
    answer, kept, also = asked(RAISE)
    data = made(ending, answer, stamped(answer), kept, also)
    text = (
        data.decode()
        if ending == ".html"
        else "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    )
    assert all(line in text for title in (WORTH, FAIR) for line in items(title, also))


def test_a_workbook_has_a_sheet_of_each_with_numbers_and_none_of_small_groups() -> None:
    answer, kept, also = asked(RAISE)
    book, without = (Book(made(".xlsx", answer, stamped(answer), kept, one)) for one in (also, Also()))
    assert {WORTH_NAME, FAIR_NAME} <= set(book.names)
    assert not {WORTH_NAME, FAIR_NAME} & set(without.names)
    assert also.worth is not None
    assert also.fair is not None
    needed = [row for row in book.rows(WORTH_NAME) if row[1].startswith("What a served client must avoid a year, by")]
    assert [row[0] for row in needed] == ["Base", "Alternative A"][: len(needed)]
    assert needed[0][3] == pytest.approx(also.worth.cases[0].needed.mean)
    groups = book.rows(FAIR_NAME)[1:]
    assert {row[2] for row in groups} == {"Everybody", "White"}
    pay = next(row for row in groups if row[:3] == ["Alternative A", "Pay an hour", "White"])
    cell = also.fair.cell(ASPECTS[0], "white", 1)
    assert pay[5:7] == pytest.approx([cell.value.mean, cell.difference.mean])
