"""Read a question: its scenarios with their defaults, or everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, Final

from sim.runs.answer import check
from sim.runs.futures.rows import Question as Drawn
from sim.runs.futures.rows import question_of as drawn_in
from sim.runs.identity import question_key
from sim.scenario.check.warnings import drawn_from_0, idle_inputs
from sim.scenario.differences import Difference, differences
from sim.scenario.fields import MONTH_PATTERN
from sim.scenario.files import Loaded, load_tables
from sim.scenario.patch import TableDict, leaves
from sim.scenario.problems import Path, Problem, ScenarioError
from sim.scenario.timeline import plans
from sim.ui.links import canonical, question_in
from sim.ui.question import BASE, TITLE, Question, called, file_name
from sim.words.inputs import title_in_words

SEPARATE: Final = re.compile(r"[^a-z0-9]+")
LONGEST_STEM, DIGITS = 40, 4  # characters of a file's name: of what is asked, and of the run's key
KEPT: Final = 64  # questions whose reading is remembered
CHANGE: Final = "change"
UNNAMED: Final = "Your organization"
Problems = tuple[Problem, ...]


@dataclass(frozen=True)
class Read:
    """What reading a question gave, one scenario for each place; None where a scenario has errors."""

    scenarios: tuple[Loaded | None, ...]
    problems: tuple[Problems, ...]  # errors and warnings of each place
    key: str  # of the run; empty while anything is wrong
    futures: Drawn | None  # what every run draws anew; None while anything is wrong
    text: str  # the question, word for word: what is made for one visitor is shown to another only if all words agree
    _idle: dict[int, dict[str, dict[Path, str]]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def sound(self) -> tuple[Loaded, ...]:
        """Return all scenarios that are sound."""
        return tuple(one for one in self.scenarios if one is not None)

    def errors(self, place: int) -> list[Problem]:
        """Return what is wrong with one scenario."""
        return [one for one in self.problems[place] if one.severity == "error"]

    @property
    def file_stem(self) -> str:
        """Return what files of an answer begin with: short, safe on any system, another for another question."""
        last = len(self.scenarios) - 1
        words = f"{last} alternatives" if last > 1 else self.title(last)
        named = SEPARATE.sub("-", words.lower().encode("ascii", "ignore").decode()).strip("-")[:LONGEST_STEM].strip("-")
        return "_".join(filter(None, ("peerstay", named, self.key[:DIGITS])))

    def title(self, place: int) -> str:
        """Return what a scenario is called in words."""
        found = self.scenarios[place]
        return found.scenario.title if found is not None else _said(question_in(self.text), place)

    def idle(self, place: int) -> dict[str, dict[Path, str]]:
        """Return the inputs of one scenario that have no effect, each with the reason, by kind of employer."""
        loaded = self.scenarios[place]
        if place not in self._idle:
            kinds = () if loaded is None else plans(loaded.scenario)
            drawn = {} if loaded is None else drawn_from_0(loaded.raw)
            self._idle[place] = {
                plan.name: idle_inputs(plan.epochs[0][1], loaded.scenario.horizon, drawn) for plan in kinds if loaded
            }
        return self._idle[place]

    def changes(self, place: int) -> tuple[Difference, ...]:
        """Return what differs in an alternative; nothing while it or the base is not sound."""
        base, other = self.scenarios[BASE], self.scenarios[place]
        return () if base is None or other is None else differences(base.scenario, other.scenario)


def read(question: Question) -> Read:
    """Return what a question means; one that lists people is not remembered."""
    text = canonical(question)
    return _read(text) if question.holds_people else _remembered(text)


@lru_cache(KEPT)
def _remembered(text: str) -> Read:
    return _read(text)


def _read(text: str) -> Read:
    question = question_in(text)
    loaded = [_loaded(question, place) for place in question.places]
    scenarios = _titled([one for one, _ in loaded])
    problems = [own if place == BASE else _own(own, loaded[BASE][1]) for place, (_, own) in enumerate(loaded)]
    if None in scenarios:
        return Read(scenarios, tuple(problems), "", None, text)
    for place in question.places[1:]:
        problems[place] += _unlike(scenarios, place)
    if any(one.severity == "error" for own in problems for one in own):
        return Read(scenarios, tuple(problems), "", None, text)
    return Read(scenarios, tuple(problems), *_key_and_futures(scenarios, question.seed), text)


def _key_and_futures(scenarios: Sequence[Loaded | None], seed: int) -> tuple[str, Drawn | None]:
    """What a sound question is kept under, and what futures draw of it."""
    sound = [one for one in scenarios if one is not None]
    futures = drawn_in(sound, seed)
    return question_key([one.scenario for one in sound], seed, futures), futures


def _loaded(question: Question, place: int) -> tuple[Loaded | None, Problems]:
    try:
        loaded = load_tables(question.layers(place), FilePath(file_name(place)))
    except ScenarioError as fault:
        return None, fault.problems
    return loaded, loaded.warnings


def _own(problems: Problems, of_base: Problems) -> Problems:
    """Return the problems of an alternative that are not the base's, on which it lies."""
    return tuple(one for one in problems if one not in of_base)


def _unlike(scenarios: tuple[Loaded | None, ...], place: int) -> Problems:
    """Return what stands in the way of comparing an alternative with the base."""
    try:
        check([one for one in (scenarios[BASE], scenarios[place]) if one is not None])
    except ScenarioError as fault:
        return fault.problems
    return ()


def _titled(scenarios: list[Loaded | None]) -> tuple[Loaded | None, ...]:
    """Return scenarios that all have a title, no two alternatives the same; one without says what differs."""
    base, taken = scenarios[BASE], set[str]()
    titled = list[Loaded | None]()
    for place, one in enumerate(scenarios):
        own = one and _with_title(one, base, place)
        if own is not None and own.scenario.title in taken:
            own = own.titled(f"{own.scenario.title} ({called(place).rpartition(' ')[2]})")
        if own is not None and place != BASE:
            taken.add(own.scenario.title)
        titled.append(own)
    return tuple(titled)


def _said(question: Question, place: int) -> str:
    """Return what a scenario that cannot be read is called: what it says itself, or what it changes over the base."""
    if place == BASE:
        return str(question.base.get(TITLE) or UNNAMED)
    own = question.alternatives[place - 1].tables
    return str(own.get(TITLE) or title_in_words(list(_said_otherwise(question, own))))


def _said_otherwise(question: Question, own: TableDict) -> Iterator[Difference]:
    """Yield what an alternative says, from the start and from later months on, beside what the base says itself."""
    at_once = dict(own)
    at_once.pop(CHANGE, None)
    for at, tables in ((None, at_once), *filter(_is_dated, _entries(own.get(CHANGE)))):
        for path, value in leaves(tables):
            yield Difference(".".join(path), question.said(BASE, tuple(".".join(path).split(".")))[0], value, at)


def _entries(changes: Any) -> list[tuple[Any, Any]]:
    """Return month and tables of each dated change that is a table."""
    found = changes if isinstance(changes, list | tuple) else ()
    return [(one.get("at"), one.get("set")) for one in found if isinstance(one, Mapping)]


def _is_dated(entry: tuple[Any, Any]) -> bool:
    """Whether a dated change can be read."""
    return isinstance(entry[1], Mapping) and re.fullmatch(MONTH_PATTERN, str(entry[0])) is not None


def _with_title(one: Loaded, base: Loaded | None, place: int) -> Loaded:
    own = one.scenario.title
    if own and (place == BASE or base is None or own != base.scenario.title):
        return one
    title = UNNAMED
    if place != BASE and base is not None:
        title = title_in_words(differences(base.scenario, one.scenario))
    return one.titled(title)
