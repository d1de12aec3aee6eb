"""One person's story: any peer of any projected future, as a dated career; which one is part of the page's address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from sim.charts.look import DARK, LIGHT
from sim.questions.story.privacy import about
from sim.questions.story.story import in_post
from sim.questions.story.text import Picked, chosen
from sim.questions.story.view import person_view
from sim.questions.story.words import name_of
from sim.results.careers import Career
from sim.scenario.schema import Scenario
from sim.scenario.timeline import EmployerPlan, plans
from sim.ui import choices, state
from sim.ui.answers import figures
from sim.ui.answers.views import asked
from sim.ui.question import BASE, Question, called
from sim.ui.reading import Read
from sim.ui.server import shared as server
from sim.ui.server.limits import limits, too_much
from sim.ui.studies.progress import Studied, follow_study
from sim.ui.studies.rounds import Life, Living
from sim.ui.texts import plain
from sim.words.layout import capitalized

PATIENCE: Final = 1.5  # seconds that the page waits before it says that it takes longer
SCENARIO, FUTURE, EXAMPLE = "story.scenario", "story.future", "story.example"
EMPLOYER, POST, OCCUPANT = "story.employer", "story.post", "story.occupant"
NOBODY: Final = "Nobody is ever in this post in this future. Choose another post or another future."
WRITTEN: Final = re.compile(r"\d{1,9}\.\d{1,9}(?:\.\d{1,9}){0,3}", re.ASCII)


def page() -> None:
    """Draw the page."""
    found = asked("One person's story")
    if found is None:
        return
    state.arrive_at_story()
    question, read = found
    st.info(plain(about(read.sound[BASE].scenario)))
    now = story_address(state.story()).within(len(read.sound), question.replications)
    _future(question, read, now)
    _lived(question, read, now)
    state.write_story()


def _take(now: StoryAddress) -> None:
    state.tell_of(now.text)


# which future ----------------------------------------------------------------------------------------------------


def _future(question: Question, read: Read, now: StoryAddress) -> None:
    """Ask for the scenario and one of its futures."""
    scenario, number, button = st.columns([5, 2, 2], vertical_alignment="bottom")
    with scenario:
        choices.selectbox(
            "Scenario", range(len(read.sound)), format_func=lambda at: f"{called(at)}: {read.title(at)}",
            key=state.showing(SCENARIO, now.place), on_change=_take_scenario, args=(now,),
        )  # fmt: skip
    with number:
        st.number_input(
            "Projected future", 0, question.replications - 1, step=1, key=state.showing(FUTURE, now.replication),
            on_change=_take_future, args=(now,),
            help="One of the runs that the answer on Compare is made of, counted from 0; on the command line, "
            "--replication names it.",
        )  # fmt: skip
    with button:
        st.button("Another future", on_click=_take_next, args=(now, question.replications), width="stretch")


def _take_scenario(now: StoryAddress) -> None:
    _take(replace(now, place=int(state.entered(SCENARIO))))


def _take_future(now: StoryAddress) -> None:
    _take(replace(now, replication=int(state.entered(FUTURE)), occupant=None))


def _take_next(now: StoryAddress, futures: int) -> None:
    _take(replace(now, replication=(now.replication + 1) % futures, occupant=None))


# who in it -------------------------------------------------------------------------------------------------------


def _lived(question: Question, read: Read, now: StoryAddress) -> None:
    """Live the future again, as long as that takes, and tell of a person in it."""
    scenarios = [one.scenario for one in read.sound]
    refused = list(too_much([scenarios[BASE], scenarios[now.place]], 1, limits()))
    if refused:
        for why in refused:
            st.error(plain(why))
        return
    solved = server.jobs().solved(scenarios[BASE])
    life = Life(scenarios[now.place], scenarios[BASE], now.replication, question.seed, solved)
    one = Studied("story", f"{read.text} {now.place} {now.replication}", Living(life), 0.0, PATIENCE)
    follow_study(one, lambda careers: _told(scenarios[now.place], careers, now), server.futures())


def _told(scenario: Scenario, careers: Sequence[Career], now: StoryAddress) -> None:
    examples = chosen(careers, None, None)
    if now.post is None and examples:
        first = examples[0][1]
        now = replace(now, employer=first.employer, post=first.post, occupant=first.occupant)
    now = now.inside(scenario)
    held = now.held(careers)
    one = now.holder(held)
    _example(examples, scenario, one, now)
    _post(scenario, now, one, held)
    if one is None:
        st.warning(NOBODY)
        return
    view = person_view(scenario, one, now.replication, DARK if state.dark() else LIGHT)
    told = view.title.partition(": ")[2]
    st.header(plain(capitalized(told)))
    figures.draw(view)


def _example(examples: Picked, scenario: Scenario, one: Career | None, now: StoryAddress) -> None:
    """Offer careers that show different fates."""
    known = {known_by(career): f"{capitalized(why)}: {name_of(career, scenario)}" for why, career in examples}
    at = known_by(one) if one is not None and known_by(one) in known else None
    choices.radio(
        "A telling example", list(known), format_func=lambda key: known[key], key=state.showing(EXAMPLE, at),
        on_change=_take_example, args=(now,),
    )  # fmt: skip


def _take_example(now: StoryAddress) -> None:
    entered = state.entered(EXAMPLE)
    if entered is not None:
        employer, post, occupant = entered
        _take(replace(now, employer=employer, post=post, occupant=occupant))


def _post(scenario: Scenario, now: StoryAddress, one: Career | None, held: Sequence[Career]) -> None:
    """Ask for any post, and for one of those who held it."""
    employers = employers_of(scenario)
    columns = iter(st.columns(3 if employers > 1 else 2, vertical_alignment="bottom"))
    if employers > 1:
        with next(columns):
            choices.selectbox(
                "Employer", range(employers), format_func=lambda at: _employer(scenario, at),
                key=state.showing(EMPLOYER, now.employer or 0), on_change=_take_employer, args=(now,),
            )  # fmt: skip
    with next(columns):
        st.number_input(
            "Or any post, counted from 0", 0, posts_of(scenario, now.employer or 0) - 1, step=1,
            key=state.showing(POST, now.post or 0), on_change=_take_post, args=(now,),
        )  # fmt: skip
    if one is not None and len(held) > 1:
        with next(columns):
            choices.selectbox(
                "Who held it", [career.occupant for career in held], format_func=lambda at: f"occupant {at}",
                key=state.showing(OCCUPANT, one.occupant), on_change=_take_occupant, args=(now,),
            )  # fmt: skip


def _employer(scenario: Scenario, at: int) -> str:
    return f"{kind_of(scenario, at).name.replace('_', ' ')} {at}"


def _take_employer(now: StoryAddress) -> None:
    _take(replace(now, employer=int(state.entered(EMPLOYER)), occupant=None))


def _take_post(now: StoryAddress) -> None:
    _take(replace(now, employer=now.employer or 0, post=int(state.entered(POST)), occupant=None))


def _take_occupant(now: StoryAddress) -> None:
    _take(replace(now, occupant=int(state.entered(OCCUPANT))))


@dataclass(frozen=True)
class StoryAddress:
    """Name a person: scenario, future, employer, post, occupant, each by its number.

    Without a post the first telling example is meant; without an occupant whoever held the post first.
    """

    place: int = 0
    replication: int = 0
    employer: int | None = None
    post: int | None = None
    occupant: int | None = None

    @property
    def text(self) -> str:
        """Return the numbers as an address holds them."""
        numbers = (self.place, self.replication, self.employer, self.post, self.occupant)
        return ".".join(str(one) for one in numbers if one is not None)

    def within(self, scenarios: int, replications: int) -> StoryAddress:
        """Return the same, as far as there are so many scenarios and futures."""
        return replace(self, place=min(self.place, scenarios - 1), replication=min(self.replication, replications - 1))

    def inside(self, scenario: Scenario) -> StoryAddress:
        """Return the same, as far as there are such employers and posts."""
        employer = min(self.employer or 0, employers_of(scenario) - 1)
        return replace(self, employer=employer, post=min(self.post or 0, posts_of(scenario, employer) - 1))

    def holder(self, held: Sequence[Career]) -> Career | None:
        """Return who is meant among those who held the post; nobody where nobody is."""
        return next((one for one in held if one.occupant == self.occupant), held[0] if held else None)

    def held(self, found: Sequence[Career]) -> list[Career]:
        """Return who held the post, one after another."""
        return in_post(found, self.employer or 0, self.post or 0)


def story_address(text: str | None) -> StoryAddress:
    """Return what an address says; where it says nothing that can be read, the beginning."""
    if text is None or not WRITTEN.fullmatch(text):
        return StoryAddress()
    return StoryAddress(*map(int, text.split(".")))


def known_by(one: Career) -> tuple[int, int, int]:
    """Return the numbers by which a career is known in its future."""
    return one.employer, one.post, one.occupant


def kind_of(scenario: Scenario, employer: int) -> EmployerPlan:
    """Return the kind of an employer; that of the last where there are fewer."""
    kinds = plans(scenario)
    return next((kind for kind in kinds if employer < kind.first + kind.count), kinds[-1])


def employers_of(scenario: Scenario) -> int:
    """Return how many employers there are."""
    return sum(kind.count for kind in plans(scenario))


def posts_of(scenario: Scenario, employer: int) -> int:
    """Return how many posts an employer has at most."""
    return max(tables.posts.number for _, tables in kind_of(scenario, employer).epochs)


if __name__ == "__main__":
    page()
