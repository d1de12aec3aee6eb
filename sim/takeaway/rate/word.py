"""Write a rate build-up as a Word document: what it comes to, the table, what turnover adds, what it leans on."""

from __future__ import annotations

from sim.questions.rate.columns import ADDED, CHANGED, LINES
from sim.questions.rate.rate import RateStudy
from sim.questions.rate.remarks import remarks
from sim.questions.rate.tables import differences_told, lines_told, turnover_told
from sim.questions.rate.text import how, leaning, sentences
from sim.scenario.files import Loaded
from sim.takeaway.named import made_by
from sim.takeaway.parts import Part, Table
from sim.takeaway.plain import on_day, one_line
from sim.takeaway.word import Head, again, listed, saved, set_up, small, table
from sim.words.futures import runs_told
from sim.words.layout import Told
from sim.words.provenance import stamp

TITLE_LENGTH = 110


def rate_word(study: RateStudy, loaded: Loaded, command: str) -> bytes:
    """Return a study as a Word document; `loaded` is the base before it was made neutral."""
    import docx  # noqa: PLC0415  # a fifth of a second

    told, document = stamp(study.answer, command), docx.Document()
    runs = runs_told(study.answer)
    footer = f"peerstay {told.version} · seed {told.seed} · {runs} · {told.made[:10]}"
    title = f"Rate build-up: {one_line(study.answer.base.title, TITLE_LENGTH)}"
    set_up(document, Head(title, f"Rate build-up · {on_day(told.made)}", footer, told.made))
    listed(document, Part("What it comes to", tuple(sentences(study))))
    tables = {
        "The rate of a unit, line by line": lines_told(study, loaded),
        "What turnover adds to the rate of a unit, USD": turnover_told(study),
    }
    if len(study.columns) > 1:
        tables["What changes in the rate of a unit, USD"] = differences_told(study)
    told_below = remarks(study)
    for (heading, rows), kind in zip(tables.items(), (LINES, ADDED, CHANGED), strict=False):
        document.add_heading(heading, 1)
        table(document, _table(rows, heading))
        for one in told_below[kind]:
            small(document, one)
    listed(document, Part("What the simulated lines lean on", tuple(leaning(study, loaded))))
    document.add_heading("How to read it", 1)
    small(document, " ".join(how(study)))
    again(document, told.command, made_by(told))
    return saved(document)


def _table(told: Told, about: str) -> Table:
    heading, rows = told
    return Table(heading, tuple(rows), f"{about}.")
