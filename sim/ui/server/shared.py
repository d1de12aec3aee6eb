"""What all visitors of a server share: the workers, and the latest answers."""

from __future__ import annotations

import atexit
from contextlib import AbstractContextManager
from typing import Final

import streamlit as st

from sim.charts.look import Look
from sim.charts.seen import Seen
from sim.charts.view import View
from sim.questions.compare.find_out import find_out_lines
from sim.questions.compare.share_of_spread import spread_lines
from sim.questions.compare.views.paths import path_view
from sim.runs.workers.processes import Processes
from sim.runs.workers.work import Executor
from sim.takeaway.named import named_in_full
from sim.ui.reading import Read
from sim.ui.server.jobs import Jobs
from sim.ui.server.limits import limits
from sim.ui.server.pool import Pool
from sim.ui.server.results import Result, result_of
from sim.ui.server.searches import Searches

MOST_FUTURES: Final = 8
FIRST_WORKERS: Final = 2  # whoever changes the question again finds one free, while the other ends what it has
YIELDING: Final = 10  # of the niceness of a Unix process: about a tenth of what an equal would get


def opened() -> AbstractContextManager[Executor]:
    """Open the workers of this server; they yield to what pages are drawn with, and to first rounds."""
    return Processes(limits().workers, YIELDING)


def opened_first() -> AbstractContextManager[Executor]:
    """Open the workers that are kept for first rounds, so that none stands behind a long one or one given up."""
    return Processes(FIRST_WORKERS)


@st.cache_resource(show_spinner=False)
def pool() -> Pool:
    """Return the workers that all visitors share.

    Raises:
        ValueError: when an environment variable for a limit holds no number.
    """
    made = Pool(opened, most=limits().waiting)
    atexit.register(made.close)
    return made


@st.cache_resource(show_spinner=False)
def first_rounds() -> Pool:
    """Return the workers of first rounds, which wait under the same lock as the others."""
    made = Pool(opened_first, change=pool().change)
    atexit.register(made.close)
    return made


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """Return the runs of all visitors."""
    return Jobs(pool(), first_rounds())


@st.cache_resource(show_spinner=False)
def searches() -> Searches:
    """Return the studies of all visitors."""
    return Searches(pool())


@st.cache_resource(show_spinner=False)
def futures() -> Searches:
    """Return the single futures that visitors look at; careers are large, so few are kept."""
    return Searches(pool(), MOST_FUTURES)


def result(found: Read, seed: int, replications: int) -> Result:
    """Return the answer over the first replications of a run."""
    return _result(found.text, seed, replications, found)


@st.cache_resource(max_entries=8, show_spinner=False)
def _result(text: str, seed: int, replications: int, _found: Read) -> Result:  # noqa: ARG001  # text: key of the cache
    return result_of(_found.sound, jobs().finished(_found.key), seed, replications)


def to_find_out(found: Read, made: Result) -> list[str]:
    """Return which assumptions move an answer most."""
    return _to_find_out(found.text, made.answer.settings.replications, made)


@st.cache_data(max_entries=32, show_spinner=False)
def _to_find_out(text: str, runs: int, _made: Result) -> list[str]:  # noqa: ARG001  # key of the cache
    names = named_in_full(_made.answer)
    return [*find_out_lines(_made.answer, names), *spread_lines(_made.answer, names)]


def view(found: Read, made: Result, series: str, look: Look) -> View:
    """Return one series month by month."""
    runs = made.answer.settings.replications
    return _view(found.text, runs, series, look, made)


@st.cache_resource(max_entries=32, show_spinner=False)
def _view(text: str, runs: int, series: str, look: Look, _made: Result) -> View:  # noqa: ARG001  # key of the cache
    return path_view(Seen(_made.answer, _made.views, look), series)
