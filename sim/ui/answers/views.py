"""Draw the views of a run, one under the other: the same run on every page that shows one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from sim.charts.look import DARK, LIGHT, Look
from sim.charts.seen import Seen
from sim.charts.view import View
from sim.questions.compare.views.pages import money_page, people_page
from sim.questions.compare.views.retention import rungs_of
from sim.questions.payers.more import who_pays_more_view
from sim.questions.payers.renewal import renewal_view
from sim.questions.payers.until import until_when_view
from sim.ui import navigation, state
from sim.ui.answers import answer as shown
from sim.ui.answers import figures
from sim.ui.answers.run_progress import follow
from sim.ui.question import BASE, Question, called
from sim.ui.reading import Read, read
from sim.ui.server.results import Result
from sim.ui.texts import plain
from sim.words.layout import listed

MONEY, PEOPLE, WHO_PAYS, UNTIL, RENEWAL = "money", "people", "who pays more", "until when", "renewal"
ONE_VIEW: Final[Mapping[str, Callable[[Seen, int], View | None]]] = {
    WHO_PAYS: lambda seen, _: who_pays_more_view(seen),
    UNTIL: until_when_view,
    RENEWAL: renewal_view,
}
BY_RUNG, FLOW = "retention_by_rung", "flow"  # views of one scenario
Run = tuple[str, tuple[str, ...], int]  # key of the question, titles, replications
Shown = Callable[[Read, Result], None]


def of_run(title: str, views: Shown) -> tuple[Question, Read] | None:
    """Draw a page that shows the run which Compare shows, and return what is asked; or say what is in the way."""
    found = asked(title)
    if found is None:
        return None
    question, told = found
    st.markdown(f"The same run as on Compare. Base, if nothing new is decided: **{plain(told.title(BASE))}**")
    follow(question, told, lambda result: _unless_worthless(told, result, views))
    return found


def asked(title: str) -> tuple[Question, Read] | None:
    """Write the title of a page, and return what is asked; where nothing can be run, say why and return nothing."""
    st.title(title)
    question = state.question()
    if question is None:
        st.info("There is no run yet. Choose what to compare first; what this page shows comes from the same run.")
        if st.button("Go to Compare", type="primary"):
            navigation.go("compare")
        return None
    found = read(question)
    if not found.key:
        wrong = [called(place) for place in question.places if found.errors(place)]
        st.error(f"There is no run until this is mended: {listed(wrong)}.")
        navigation.link("build", "Mend it on Build")
        return None
    return question, found


def _unless_worthless(found: Read, result: Result, views: Shown) -> None:
    if result.answer.leaks:
        shown.answer_first(found, result)  # says that nothing here may be used
        return
    views(found, result)


def drawn(views: Sequence[View], heading: Callable[[str], object] = st.header) -> None:
    """Draw views, each under its title."""
    for view in views:
        heading(view.title)
        figures.draw(view)


def money(found: Read, result: Result) -> Sequence[View]:
    """Return the views of money."""
    return _views(_run(found, result), MONEY, BASE, look(), result)


def people(found: Read, result: Result) -> Sequence[View]:
    """Return the views of people that show all scenarios."""
    views = _views(_run(found, result), PEOPLE, BASE, look(), result)
    return [view for view in views if view.key not in (BY_RUNG, FLOW)]


def ladder(found: Read, result: Result, place: int) -> Sequence[View]:
    """Return the views of one scenario's ladder; retention by rung only where there are several."""
    views = _views(_run(found, result), PEOPLE, place, look(), result)
    several = bool(rungs_of(Seen(result.answer, result.views), place))
    return [view for view in views if view.key == FLOW or (several and view.key == BY_RUNG)]


def who_pays_more(found: Read, result: Result) -> View:
    """Return who pays how much more than in the base."""
    return _views(_run(found, result), WHO_PAYS, BASE, look(), result)[0]


def until_when(found: Read, result: Result, place: int) -> View:
    """Return until when the money of one scenario lasts."""
    return _views(_run(found, result), UNTIL, place, look(), result)[0]


def renewal(found: Read, result: Result, place: int) -> Sequence[View]:
    """Return what an award's renewal decides in one scenario; nothing where none is uncertain."""
    return _views(_run(found, result), RENEWAL, place, look(), result)


def _run(found: Read, result: Result) -> Run:
    titles = tuple(one.scenario.title for one in found.sound)
    return found.key, titles, result.answer.settings.replications


def look() -> Look:
    """Return the look of the page."""
    return DARK if state.dark() else LIGHT


@st.cache_resource(max_entries=16, show_spinner=False)
def _views(run: Run, page: str, place: int, look: Look, _result: Result) -> Sequence[View]:  # noqa: ARG001  # run: the cache's key
    seen = Seen(_result.answer, _result.views, look)
    if page in ONE_VIEW:
        view = ONE_VIEW[page](seen, place)
        return [] if view is None else [view]
    return money_page(seen) if page == MONEY else people_page(seen, place)
