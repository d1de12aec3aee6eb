"""Ask a question of few runs on the page: followed in the pool that all share, drawn, handed out, made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import streamlit as st

from sim.runs.blocks import seconds
from sim.runs.replicate import Settings
from sim.runs.workers.work import Executor
from sim.scenario.files import Loaded
from sim.scenario.problems import ScenarioError
from sim.ui.answers import figures
from sim.ui.answers.takeaway import TYPES, files
from sim.ui.question import Question, called
from sim.ui.reading import Read
from sim.ui.server.searches import Tell
from sim.ui.studies.progress import Studied, follow_study
from sim.ui.studies.solve import wrong
from sim.ui.texts import plain
from sim.words.layout import Told, command_lines, counted

RUNS: Final = 100  # results are kept whole for these, so no more
WRITTEN: Final = {".docx": "Word document", ".xlsx": "Excel workbook, with live formulas"}


@dataclass(frozen=True)
class Asking:
    """A question of a few runs, asked in the pool that all visitors share."""

    made: Callable[[Settings], Any]
    settings: Settings

    def __call__(self, executor: Executor, tell: Tell) -> Iterator[Any]:
        """Yield the answer."""

        def progress(done: int, of: int) -> None:
            tell(f"{done:,} of {counted(of, 'run')}", done / (of + 1))

        yield self.made(replace(self.settings, executor=executor, progress=progress))


def settings_of(question: Question) -> Settings:
    """Return with how many futures, and with which luck, a question is asked."""
    return Settings(min(RUNS, question.replications), question.seed, unknowns=True)


def named(found: Read) -> tuple[Loaded, ...]:
    """Return the scenarios under the names that the page calls them by."""
    return tuple(replace(one, path=Path(f"{called(place)}.toml")) for place, one in enumerate(found.sound))


def followed(place: str, key: str, study: Asking, found: Read, draw: Callable[[Any], None]) -> None:
    """Go through a question as far as it is not answered yet, and draw its answer; `place` is of its own on a page."""
    work = study.settings.as_long * seconds([one.scenario for one in found.sound], study.settings.replications)
    try:
        follow_study(Studied(place, key, study, work), draw)
    except ScenarioError as fault:
        wrong(fault.problems)


def table(told: Told, title: str, first: str = "Line") -> None:
    """Draw a table of plain cells under its title; `first` heads the column of names."""
    heading, rows = told
    st.subheader(plain(title))
    figures.table([first, *heading[1:]], [[plain(cell) for cell in row] for row in rows], title)


def documents(name: str, made: dict[str, Callable[[], bytes]]) -> None:
    """Offer an answer as files, by their endings."""
    for column, (ending, write) in zip(st.columns(len(made)), made.items(), strict=True):
        with column:
            st.download_button(
                WRITTEN[ending], write, f"{figures.stem()}_{name}{ending}", TYPES[ending], key=f"payers.{name}{ending}",
                on_click="ignore", width="stretch",
            )  # fmt: skip


def again(question: Question, found: Read, command: str, key: str) -> None:
    """Show the command and the files that make an answer again; `key` tells its buttons from others on the page."""
    with st.expander("Reproduce this", icon=":material/replay:"):
        st.markdown("The same answer comes out on any machine with peerstay: save these files in one folder and run")
        st.code(command_lines(command), language=None, wrap_lines=True)
        files(question, found, key)
