"""What a case study is made of, and how its numbers get into its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from sim.charts.printed import Paths, write_paths
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.runs.answer import Answer, ask, case_names
from sim.runs.paired import Paired
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load
from sim.scenario.read.what_if import what_ifs
from sim.words.differences import verdict_in_futures
from sim.words.numbers import short
from sim.words.rounding import rounding_of

REPLICATIONS: Final = 200  # as many as the command line takes
SLOT: Final = re.compile(r"\{(\w+)(?: (\w+) (\w+))?\}")  # {name}, or {scenario measure what}


@dataclass(frozen=True)
class Claim:
    """Something that the text says and the numbers have to bear out."""

    says: str
    holds: Callable[[Told], bool]


@dataclass(frozen=True)
class Study:
    """One case study: who asks, what is compared, the page with slots for numbers, the claims it makes."""

    name: str
    base: str  # a scenario of the library
    files: tuple[str, ...]  # alternatives of the library
    typed: tuple[str, ...]  # alternatives as --with takes them
    page: str
    claims: tuple[Claim, ...]
    titles: dict[str, str]  # of typed alternatives, in the figure

    @property
    def figure(self) -> str:
        """The name of its figure in docs/figures."""
        return f"case_{self.name}.svg"

    def command(self) -> str:
        """Return the command that asks the same question."""
        typed = "".join(f' \\\n    --with "{one}"' for one in self.typed)
        return f"peerstay compare {' '.join((self.base, *self.files))}{typed}"


class Told:
    """The answer of a case, told measure by measure."""

    def __init__(self, answer: Answer) -> None:
        """Take an answer."""
        self._cases = {case.name: case for case in answer.cases}
        self.answer = answer

    def mean(self, scenario: str, key: str) -> float:
        """Return a scenario's mean of a measure."""
        return self._cases[scenario].measures[key].mean or 0.0

    def change(self, scenario: str, key: str) -> float:
        """Return the mean difference from the base."""
        return self._difference(scenario, key).mean or 0.0

    def seen(self, scenario: str, key: str) -> bool:
        """Whether a mean difference is more than random variation."""
        return self._difference(scenario, key).excludes_zero

    def better(self, scenario: str, key: str) -> int:
        """Return in how many of 100 futures a scenario is better than the base."""
        side = verdict_in_futures(key, self._compared(scenario, key))
        return int(side.removeprefix("better in ")) if side.startswith("better in ") else 0

    def words(self, scenario: str, key: str, what: str) -> str:
        """Return a number as the table of a comparison tells it: its value, its change, the range of that in futures."""
        unit, value = measure_of(key).unit, self.mean(scenario, key)
        if what == "value":
            return short(value, unit)
        compared = self._compared(scenario, key)
        row = rounding_of(unit, [self.answer.base.measures[key].mean, value], [compared.told])
        if what == "change":
            return row.told(compared.told.mean, signed=True)
        return f"{row.ends(compared.told)}; {verdict_in_futures(key, compared)} of 100 futures"

    def _difference(self, scenario: str, key: str) -> Estimate:
        return self._compared(scenario, key).difference

    def _compared(self, scenario: str, key: str) -> Paired:
        (found,) = (one for one in self.answer.alternatives if one.case.name == scenario)
        return found.measures[key]


def everyone(study: Study) -> list[Loaded]:
    """Return the scenarios of a case, the base first."""
    typed, problems = what_ifs(study.typed)
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return [*map(load, (study.base, *study.files)), *(load(study.base, what_if=one) for one in typed)]


def answered(study: Study, figure: Path) -> Told:
    """Run a case, draw its figure, and return what it comes to."""
    scenarios = everyone(study)
    names = case_names(scenarios)
    paths = Paths(names)
    answer = ask(scenarios[0], scenarios[1:], Settings(REPLICATIONS, 1, 1, unknowns=True), paths.keep)
    titles = {case.name: study.titles.get(case.name) or _title(case.title) for case in answer.cases}
    write_paths(paths, titles, scenarios[0].scenario.horizon.start, figure)
    return Told(answer)


def _title(title: str) -> str:
    return title.partition(": ")[2] or title


def written(study: Study, told: Told) -> str:
    """Return the page of a case with its numbers; raise ValueError for each claim that does not hold."""
    broken = [claim.says for claim in study.claims if not claim.holds(told)]
    if broken:
        raise ValueError(f"{study.name}: the numbers no longer bear out: " + "; ".join(broken))
    return SLOT.sub(partial(_filled, study, told), study.page)


def _filled(study: Study, told: Told, slot: re.Match[str]) -> str:
    first, key, what = slot.groups()
    if key is None:
        return {"command": study.command(), "figure": f"figures/{study.figure}"}[first]
    return told.words(first, key, what)
