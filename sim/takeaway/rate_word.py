"""Write a rate build-up as a Word document: what it comes to, the table, what turnover adds, what it leans on."""

from __future__ import annotations

from sim.questions.rate.lines import leans_on
from sim.questions.rate.rate import RateStudy
from sim.questions.rate.text import Told, differences_told, how, lines_told, sentences, turnover_told
from sim.scenario.files import Loaded
from sim.takeaway.content import made_by
from sim.takeaway.parts import Part, Table
from sim.takeaway.plain import on_day, one_line
from sim.takeaway.word import Head, again, listed, saved, set_up, small, table
from sim.words.layout import counted
from sim.words.provenance import stamp

TITLE_LENGTH = 110


def rate_word(study: RateStudy, loaded: Loaded, command: str) -> bytes:
    """Return a study as a Word document; `loaded` is the base before it was made neutral."""
    import docx  # noqa: PLC0415  # a fifth of a second

    told, document = stamp(study.answer, command), docx.Document()
    runs = counted(told.replications, "run")
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
    for heading, rows in tables.items():
        document.add_heading(heading, 1)
        table(document, _table(rows, heading))
    leaning = tuple(leans_on(loaded, study.columns[0].prices.organization))
    listed(document, Part("What the simulated lines lean on", leaning))
    document.add_heading("How to read it", 1)
    small(document, " ".join(how(study)))
    again(document, told.command, made_by(told))
    return saved(document)


def _table(told: Told, about: str) -> Table:
    heading, rows = told
    return Table(heading, tuple(rows), f"{about}.")
