"""What comes of a run or a comparison: measures, what happened, figures, the finding in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from peerstay.gathered import Gathered
from peerstay.scenarios import Scenario
from sim.questions.compare.budget_text import year_name, years_of
from sim.questions.compare.largest_changes import picked
from sim.questions.compare.tables import comparison_table, run_table
from sim.results.bands import retention_band
from sim.results.budget import budget_lines
from sim.results.measures.table import label_of, measure_of
from sim.runs.answer import Alternative, Answer
from sim.runs.identity import versions
from sim.scenario.problems import did_you_mean
from sim.units import month_number, month_text
from sim.words.earnings.wages import unpaid_told
from sim.words.sentences import beware, compared_sentence, how_to_read, run_sentence

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from sim.charts.seen import Seen
    from sim.charts.view import View

FEWEST: Final = 10.0  # people in sight in all runs together; a retention curve of fewer says nothing
PATHS: Final = MappingProxyType(  # what `plot` calls a path → its key among the views
    {
        "cash": "cash_usd",
        "reserve": "months_of_reserve",
        "cash_below_zero": "chance_of_negative_cash",
        "vacancies": "vacancy_rate",
        "burnout": "burnout_prevalence",
        "satisfaction": "satisfaction_mean",
    }
)


@dataclass(frozen=True, repr=False)
class Answered(ABC):
    """What `Run` and `Comparison` share. `answer` is the program's own form of it and no part of what stays."""

    answer: Answer = field(repr=False)
    gathered: Gathered = field(repr=False)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Return the scenarios, the base first."""
        return tuple(Scenario(case.loaded) for case in self.answer.cases)

    @property
    def replications(self) -> int:
        """Return how many projected futures there are."""
        return self.answer.settings.replications

    @property
    def seed(self) -> int:
        """Return the key of all random variation: the same seed gives the same digits."""
        return self.answer.settings.seed

    @property
    def versions(self) -> dict[str, str]:
        """Return what makes the same digits again: version, digests of model and data, and numpy's version."""
        return versions()

    @cached_property
    def values(self) -> pd.DataFrame:
        """Return every measure in every projected future: rows (scenario, replication), columns measures.

        A rate or share that is found over all of them together has its jackknife pseudo-value here.
        """
        import pandas as pd  # noqa: PLC0415  # takes most of a second

        parts = {case.name: pd.DataFrame(case.values) for case in self.answer.cases}
        return pd.concat(parts, names=["scenario", "replication"])

    @property
    def panel(self) -> pd.DataFrame:
        """Return every employer at every month's close, one row each: `peerstay.columns("panel")`."""
        return self.gathered.frame("panel")

    @property
    def events(self) -> pd.DataFrame:
        """Return what happened to each person, one row an event: `peerstay.columns("events")`."""
        return self.gathered.frame("facts")

    @property
    def ledger(self) -> pd.DataFrame:
        """Return every amount received or spent, one row a line: `peerstay.columns("ledger")`."""
        return self.gathered.frame("ledger")

    @property
    def funding(self) -> pd.DataFrame:
        """Return what happened to awards and what employers decided, one row each: `peerstay.columns("funding")`."""
        return self.gathered.frame("funding")

    def retention(self, rung: str = "") -> pd.DataFrame:
        """Return the share of newcomers still there by months since their hire.

        Columns: scenario, months, share, and low and high, the 95 % interval of luck alone; nothing from the month on
        in which fewer than ten people are left to follow.

        Args:
            rung: count from when people come to this rung of the ladder instead, where there are several.
        """
        import pandas as pd  # noqa: PLC0415

        rows = [row for place in range(len(self.answer.cases)) for row in self._kept(place, rung)]
        return pd.DataFrame(rows, columns=["scenario", "months", "share", "low", "high"])

    def _kept(self, place: int, rung: str) -> Iterator[tuple[Any, ...]]:
        views, whose = self.gathered.views[place], rung or "all"
        if f"exits.{whose}" not in views:
            known = [name.removeprefix("exits.") for name in views if name.startswith("exits.") and name != "exits.all"]
            raise KeyError(f"no rung {rung!r}; {', '.join(known) or 'there is one rung only'}")
        band = retention_band(views[f"exits.{whose}"], views[f"lived.{whose}"], FEWEST)
        for month, ends in enumerate(zip(band.mean, band.low, band.high, strict=True)):
            yield (self.answer.cases[place].name, month, *map(float, ends))

    def budget(self) -> pd.DataFrame:
        """Return every scenario's budget by fiscal year.

        Columns: scenario; fiscal_year, its name; starts and ends, dates; part (source, payer, spent, result or award)
        and line; mean_usd over the projected futures, and low_usd and high_usd, between which nine of ten lie.
        """
        import pandas as pd  # noqa: PLC0415

        made = pd.DataFrame(
            self._budget(), columns=["scenario", *_YEAR, "part", "line", "mean_usd", "low_usd", "high_usd"]
        )
        made["starts"] = pd.to_datetime(made["starts"], format="%Y-%m")
        made["ends"] = pd.to_datetime(made["ends"], format="%Y-%m") + pd.offsets.MonthEnd(0)
        return made

    def _budget(self) -> Iterator[tuple[Any, ...]]:
        years = years_of(self.answer)
        for case in self.answer.cases:
            for line in budget_lines(case.books, years):
                for year, mean, low, high in zip(years, line.means, *line.middle, strict=True):
                    when = (year_name(year), month_text(year.first), month_text(year.last))
                    yield (case.name, *when, line.part, line.name, mean, low, high)

    @property
    @abstractmethod
    def finding(self) -> str:
        """Return what it comes to, in sentences."""

    def plot(self, what: str = "") -> go.Figure:
        """Return a figure.

        Args:
            what: differences, retention, rungs, leaving, cash, reserve, cash_below_zero, vacancies, burnout,
                satisfaction, budget, payers, sources, awards, costs, units or living_wage; left out, the differences
                of a comparison, and the retention of a run.
        """
        view = self._view(what)
        if view.figure is None:
            raise ValueError(view.reading)
        figure: go.Figure = view.figure
        return figure

    def reading(self, what: str = "") -> str:
        """Return in a sentence what the figure of the same name shows."""
        return self._view(what).reading

    def _view(self, what: str) -> View:
        drawn = _views()
        name = what or ("differences" if self.answer.alternatives else "retention")
        if name not in drawn or (name == "differences" and not self.answer.alternatives):
            raise ValueError(
                f"nothing is drawn that is called {what!r}; {did_you_mean(name, drawn) or ', '.join(drawn)}"
            )
        return drawn[name](self.gathered.seen(self.answer))


_YEAR: Final = ("fiscal_year", "starts", "ends")


class Run(Answered):
    """One scenario in many projected futures; made by `peerstay.run`."""

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Return every measure: index measure; columns label, unit, mean, low, high (95 % interval) and n."""
        import pandas as pd  # noqa: PLC0415

        rows = {
            key: (label_of(key), measure_of(key).unit, one.mean, one.low, one.high, one.n)
            for key, one in self.answer.base.measures.items()
        }
        made = pd.DataFrame.from_dict(rows, orient="index", columns=["label", "unit", "mean", "low", "high", "n"])
        return made.rename_axis("measure")

    @property
    def finding(self) -> str:
        """Return what to expect, in a sentence."""
        return "\n".join(filter(None, (run_sentence(self.answer.base), unpaid_told(self.answer))))

    def __repr__(self) -> str:
        """Return it on one line."""
        return f"<peerstay.Run of {self.answer.base.name}: {self.replications:,} replications, seed {self.seed}>"

    def _repr_html_(self) -> str:
        return _html(self.finding, run_table(self.answer), how_to_read(self.answer))


class Comparison(Answered):
    """A base and its alternatives on the same luck; made by `peerstay.compare`."""

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Return every measure of every alternative: index (scenario, measure).

        Columns: label, unit, base and alternative (means), difference, its low and high (for each measure those of all
        alternatives hold together with 95 %), p_better (share of projected futures in which the alternative is
        better) and verdict.
        """
        import pandas as pd  # noqa: PLC0415

        rows = {(one.case.name, key): _row(one, key) for one in self.answer.alternatives for key in one.measures}
        index = pd.MultiIndex.from_tuples(list(rows), names=["scenario", "measure"])
        return pd.DataFrame(list(rows.values()), index=index, columns=_COMPARED)

    @property
    def finding(self) -> str:
        """Return what each alternative changes, in sentences."""
        told = [compared_sentence(one, self.answer) for one in self.answer.alternatives]
        return "\n".join(part for part in (*told, unpaid_told(self.answer), beware(self.answer)) if part)

    def __repr__(self) -> str:
        """Return it on one line."""
        others = ", ".join(one.case.name for one in self.answer.alternatives)
        told = f"{self.answer.base.name} with {others}"
        return f"<peerstay.Comparison of {told}: {self.replications:,} replications, seed {self.seed}>"

    def _repr_html_(self) -> str:
        keys = picked(self.answer)
        return _html(self.finding, comparison_table(self.answer, keys) if keys else "", how_to_read(self.answer))


_COMPARED: Final = ["label", "unit", "base", "alternative", "difference", "low", "high", "p_better", "verdict"]


def _row(one: Alternative, key: str) -> tuple[Any, ...]:
    told = one.measures[key]
    moved = told.difference
    means = (told.base.mean, told.alternative.mean, moved.mean, moved.low, moved.high)
    return (label_of(key), measure_of(key).unit, *means, told.p_better, told.verdict)


def _html(finding: str, table: str, note: str) -> str:
    told = "".join(f"<p>{escape(line)}</p>" for line in finding.splitlines())
    return f"{told}<pre>{escape(table)}</pre><p><small>{escape(note)}</small></p>"


def start_of(answer: Answer) -> int:
    """Return the first month of an answer, as months since year 0."""
    return month_number(answer.base.loaded.scenario.horizon.start)


def _views() -> Mapping[str, Callable[[Seen], View]]:
    """Return what can be drawn, by name; imported when something is, for plotly takes long."""
    from sim.questions.compare.views import (  # noqa: PLC0415
        awards,
        budget,
        differences,
        paths,
        receipts,
        retention,
        shares,
        units,
    )

    return {
        "differences": differences.differences_view,
        "retention": retention.retention_view,
        "rungs": retention.rungs_view,
        "leaving": shares.leaving_view,
        **{name: partial(paths.path_view, key=key) for name, key in PATHS.items()},
        "budget": budget.budget_view,
        "payers": receipts.receipts_view,
        "sources": partial(receipts.receipts_view, by="source"),
        "awards": awards.awards_view,
        "costs": shares.costs_view,
        "units": units.units_view,
        "living_wage": shares.living_wage_view,
    }
