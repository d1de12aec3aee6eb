"""An answer with the data its charts are drawn from, and names for its scenarios that cannot be mixed up."""

from __future__ import annotations

import calendar
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.look import LIGHT, Look
from sim.results.blocks import Floats
from sim.results.fiscal import fiscal_years
from sim.results.summary import Estimate, estimate
from sim.results.views import Views
from sim.runs.answer import Answer, Case
from sim.units import month_number, month_text
from sim.words.futures import told_apart
from sim.words.layout import capitalized, clipped, counted
from sim.words.organization import organization_line
from sim.words.sentences import month_name, over

BASE, BASE_LONG = "Base", "Base: no new decisions"
LABEL_WIDTH, LABEL_LINES, TITLE = 15, 3, 90


@dataclass(frozen=True)
class Seen:
    """An answer, the views of its scenarios (the base first), and the look of the page.

    The views may come from fewer or other replications than the answer: both say how many they rest on.
    """

    answer: Answer
    views: tuple[Views, ...]
    look: Look = LIGHT

    def __post_init__(self) -> None:
        """See that each scenario has its views."""
        if len(self.views) != len(self.answer.cases):
            raise ValueError(f"{len(self.views)} views for {len(self.answer.cases)} scenarios")

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return the scenarios, the base first."""
        return self.answer.cases

    @property
    def runs(self) -> int:
        """Return how many replications the views rest on."""
        return len(self.views[0]["employers"])

    @property
    def months(self) -> list[str]:
        """Return the months of the projection, YYYY-MM."""
        horizon = self.answer.base.loaded.scenario.horizon
        first = month_number(horizon.start)
        return [month_text(first + number) for number in range(horizon.months)]

    @property
    def ends(self) -> list[str]:
        """Return the last day of every month, YYYY-MM-DD."""
        return [f"{one}-{calendar.monthrange(int(one[:4]), int(one[5:]))[1]:02d}" for one in self.months]

    @property
    def years(self) -> list[str]:
        """Return what each fiscal year is called by its months in the projection: `Jul 2027 – Jun 2028`."""
        years = fiscal_years(self.answer.base.loaded.scenario)
        return [f"{_short(month_text(one.first))} – {_short(month_text(one.last))}" for one in years]

    def name(self, place: int) -> str:
        """Return what a scenario is called in tables and sentences."""
        return BASE_LONG if place == 0 else self.cases[place].name.replace("_", " ")

    def said(self, place: int) -> str:
        """Return what a scenario is called inside a sentence."""
        return "the base" if place == 0 else self.name(place)

    def label(self, place: int) -> str:
        """Return a scenario's name in few short lines, for a label in a figure."""
        return wrapped(self.name(place))

    def about(self, places: Sequence[int]) -> str:
        """Return what stands under the title of a picture: who is meant by a name, which organization, which years.

        A picture stands alone, and does not have the page around it.
        """
        base = self.answer.base.loaded.scenario
        told = [f'{capitalized(self.name(place))}: "{clipped(self.cases[place].title, TITLE)}"' for place in places]
        whole = f"{organization_line(base, money=False)}, projected over {over(base.horizon)}"
        return ". ".join([*told, f"Base: {whole}" if told else whole]) + "."

    def path(self, place: int, name: str) -> Floats:
        """Return a scenario's series, shape (replications, months)."""
        return np.asarray(self.views[place][f"month.{name}"], dtype=np.float64)

    def path_while_open(self, place: int, name: str) -> Floats:
        """Return a scenario's series as `path` does, NaN in the months in which a run has no employer any more."""
        closed = self.path(place, "chance_of_closure")
        return np.where(closed < 1.0, self.path(place, name), np.nan)

    def difference(self, place: int, ours: Floats, base: Floats) -> Estimate:
        """Return the mean paired difference from the base; intervals of all alternatives hold together."""
        return estimate(np.asarray(ours - base, dtype=np.float64), within=self.answer.within if place else 0.95)

    def runs_in_words(self) -> str:
        """Return how many runs there are, called futures where each draws what is not known."""
        return counted(self.runs, "future" if self.answer.over_futures else "run")

    def told_apart(self) -> str:
        """Return what ranges tell of."""
        return told_apart(self.answer)


@dataclass(frozen=True)
class Named:
    """Lines of a figure that are no scenarios: rungs of a ladder, what was fitted and what was seen."""

    look: Look
    names: tuple[str, ...]

    def name(self, place: int) -> str:
        """Return a line's name."""
        return self.names[place]

    def label(self, place: int) -> str:
        """Return a line's name in few short lines."""
        return wrapped(self.names[place])


def wrapped(name: str) -> str:
    """Return a name in few short lines."""
    lines = textwrap.wrap(name, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder=" …", break_long_words=True)
    return "<br>".join(lines)


def _short(month: str) -> str:
    name, year = month_name(month).split()
    return f"{name[:3]} {year}"
