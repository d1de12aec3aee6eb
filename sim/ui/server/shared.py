"""What all visitors of a server share: the workers, and the latest answers."""

from __future__ import annotations

import atexit
from contextlib import AbstractContextManager
from typing import Final

import streamlit as st

from sim.charts.look import Look
from sim.charts.seen import Seen
from sim.charts.view import View
from sim.questions.compare.views.paths import path_view
from sim.runs.processes import Processes
from sim.runs.work import Executor
from sim.ui.reading import Read
from sim.ui.server.jobs import Jobs
from sim.ui.server.limits import limits
from sim.ui.server.pool import Pool
from sim.ui.server.results import Result, result_of
from sim.ui.server.searches import Searches

MOST_FUTURES: Final = 8


def opened() -> AbstractContextManager[Executor]:
    """Open the workers of this server."""
    return Processes(limits().workers)


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
def jobs() -> Jobs:
    """Return the runs of all visitors."""
    return Jobs(pool())


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


def view(found: Read, made: Result, series: str, look: Look) -> View:
    """Return one series month by month."""
    runs = made.answer.settings.replications
    return _view(found.text, runs, series, look, made)


@st.cache_resource(max_entries=32, show_spinner=False)
def _view(text: str, runs: int, series: str, look: Look, _made: Result) -> View:  # noqa: ARG001  # key of the cache
    return path_view(Seen(_made.answer, _made.views, look), series)
