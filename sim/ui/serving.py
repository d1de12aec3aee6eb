"""Begin and end a server of the page, and put a message in the place of what a visitor should never see.

It gets ready before anybody is answered: visitors' threads that import the same modules at once find half of them.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.cli_util import open_browser
from streamlit.web.server.server_util import get_display_address, get_url

import sim.charts
import sim.questions
import sim.takeaway
import sim.ui
import sim.words
from sim.charts.look import LIGHT
from sim.charts.seen import Seen
from sim.charts.view import View
from sim.cli.terminal import say
from sim.questions.compare.views.pages import money_page, people_page
from sim.questions.compare.views.path import PATHS
from sim.questions.compare.views.paths import path_view
from sim.runs.blocks import Task, solved_for
from sim.runs.viewed import run_viewed
from sim.scenario.schema import Scenario
from sim.takeaway.offer import WAYS
from sim.ui.answers.takeaway import file_of
from sim.ui.inputs import examples
from sim.ui.page import FAULT
from sim.ui.question import BASE
from sim.ui.reading import read
from sim.ui.server import shared as server
from sim.ui.server.results import FEWEST, Result, result_of

PUT_OFF: Final = (  # what others import only when it is used
    "packaging.tags", "packaging.utils", "pandas", "plotly.graph_objects", "plotly.graph_objs.layout._shape",
    "plotly.graph_objs.layout.shape._line", "plotly.io", "plotly.offline", "plotly.tools", "pyarrow.compute",
    "pyarrow.pandas_compat", "streamlit.components.v2.manifest_scanner", "streamlit.dataframe_util",
    "streamlit.elements.plotly_chart", "streamlit.emojis", "streamlit.material_icon_names",
    "streamlit.runtime.scriptrunner.magic_funcs",
)  # fmt: skip
SHOWN: Final = (sim.words, sim.charts, sim.questions, sim.takeaway, sim.ui)
REHEARSED: Final = ("pa_fee_for_service", ("pa_ladder", "pa_block_grant"))  # rungs and an award that ends: every view


def warm() -> None:
    """Import and use once, in one thread, what pages need; start the workers. What fails is logged."""
    server.jobs()  # the workers start beside this
    try:
        for name in (*PUT_OFF, *(name for package in SHOWN for name in _modules(package))):
            import_module(name)
        _rehearse()
    except Exception:
        logging.getLogger(__name__).exception("the page could not be rehearsed; its first visitors may wait or fail")
    server.jobs().prepare(_examples())
    gc.collect()
    gc.freeze()  # Streamlit looks through all objects for garbage after every run of a page; these stay anyway


def _modules(package: ModuleType) -> Iterator[str]:
    return (one.name for one in walk_packages(package.__path__, f"{package.__name__}."))


def _examples() -> Iterator[Scenario]:
    """Yield the bases of the examples on Start."""
    for name in dict.fromkeys(example.base for kind in examples.KINDS for example in kind.examples):
        base = read(examples.question_of(name)).scenarios[BASE]
        if base is not None:
            yield base.scenario


def _rehearse() -> None:
    """Answer one small question, draw all of its views and make all of its files."""
    question = replace(examples.question_of(*REHEARSED), replications=FEWEST)
    found = read(question)
    scenarios = tuple(one.scenario for one in found.sound)
    task = Task(scenarios, range(FEWEST), question.seed, solved_for(scenarios[0]), futures=found.futures)
    made = result_of(found.sound, [run_viewed(task)], question.seed, FEWEST)
    for view in _views(made):
        if view.figure is not None:
            view.figure.to_json()
    for ending in WAYS:
        file_of(ending, made)


def _views(made: Result) -> list[View]:
    seen = Seen(made.answer, made.views, LIGHT)
    people = [view for place in range(len(seen.answer.cases)) for view in people_page(seen, place)]
    return [*money_page(seen), *people, *(path_view(seen, series) for series in PATHS)]


# What a browser may do with a page: fetch from this server alone, show it in no other's frame, guess no kind of file,
# and tell no other server the address, which holds the question.
SOURCES: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' blob:",  # Streamlit begins with a script in its page
    "style-src": "'self' 'unsafe-inline'",  # and writes styles there
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
IN_MEMORY: Final = (
    4_000_000  # bytes of an upload, more than are taken: none of it is written to disk, even to be refused
)
HEADERS: Final = {
    "Content-Security-Policy": "; ".join(f"{kind} {sources}" for kind, sources in SOURCES.items()),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Guarded:
    """Send the HEADERS with everything that this server answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, sent)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Get ready before the first answer; whoever came before it waits until then. At the end, end the workers."""
    MultiPartParser.spool_max_size = IN_MEMORY
    warm()
    address = get_url(get_display_address(config.get_option("server.address") or "localhost"))
    say(f"The page is at {address} (Ctrl-C stops it).")  # Streamlit's own words are off: .streamlit/config.toml
    if not config.get_option("server.headless"):
        open_browser(address)
    yield
    server.first_rounds().close()
    server.pool().close()


def went_wrong(fault: Exception) -> bool:
    """Log a fault outside of `page.run` (in a fragment that redraws itself, or after a click) and show a message."""
    logging.getLogger(__name__).error("a page stopped", exc_info=fault)
    st.error(FAULT)
    return True
