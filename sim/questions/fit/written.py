"""Write what a fit comes to: a scenario that extends a base, and a list of the people in post; no other is kept."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Final

from sim.questions.fit.fit import INPUTS, Fit
from sim.questions.fit.grid import EMPLOYERS, quit_share
from sim.questions.fit.reading import Person
from sim.questions.fit.span import Span
from sim.scenario.describe import limits_of
from sim.scenario.fields import Table
from sim.scenario.patch import TableDict
from sim.scenario.shape import shape_of
from sim.scenario.tables.people import ObservedTurnover, Turnover
from sim.units import month_text
from sim.words.roster import FEWEST

LEVEL: Final = "turnover.level.separations_per_100_posts_year"
ENTRY: Final = "entry"
NOTHING_STATED: Final = (
    f"No scenario is written that states what is fitted to fewer than {FEWEST} people; state what you know of them in "
    f"your own file, for example {LEVEL}."
)
MORE: Final = ("certified", "fte", "wage")  # columns that a list may have


def stated(found: Fit) -> dict[str, float]:
    """Return what a scenario states of a history, by address: middle values, and what is left open of the own level."""
    inputs = {path: round(found.fitted.inputs[path][1], 3) for path in INPUTS}
    spread = _within(Turnover, EMPLOYERS, found.fitted.level_spread / quit_share())
    level = _within(ObservedTurnover, LEVEL, found.fitted.separations[1])
    return inputs | {EMPLOYERS: round(spread, 3), LEVEL: round(level, 1)}


def scenario_text(found: Fit, base: str, title: str) -> str:
    """Return a scenario that extends a base and states what the history says: sums of it, and nobody's dates."""
    values = stated(found)
    low, _, high = found.fitted.separations
    lines = [
        f"extends = {json.dumps(base)}",
        f"title = {json.dumps(title, ensure_ascii=False)}",
        "",
        fitted_to(found),
        "[turnover]",
        *(f"{_name(path)} = {values[path]}" for path in INPUTS),
        f"{_name(EMPLOYERS)} = {values[EMPLOYERS]} # what the history leaves open of this employer's own level",
        "",
        "[turnover.level]",
        'kind = "observed"',
        f"{_name(LEVEL)} = {values[LEVEL]} # {low:.1f} to {high:.1f} (90 %)",
        "",
        "[ranges] # what the history leaves open of the rest, drawn anew in every future",
        *(f"{json.dumps(path)} = [{_ends(found, path)}]" for path in INPUTS),
        "",
    ]
    return "\n".join(lines)


def tables_stated(found: Fit) -> TableDict:
    """Return what such a scenario lays over its base."""
    tables = tomllib.loads(scenario_text(found, "", ""))
    return {name: table for name, table in tables.items() if name not in ("extends", "title")}


def fitted_to(found: Fit) -> str:
    """Return the comment that says what inputs were fitted to."""
    years = f"{found.years[0].label} to {found.years[-1].label}"
    return f"# Fitted to the history of {years} (peerstay fit); {found.effective:.0f} of {found.draws} draws count."


def _name(path: str) -> str:
    return path.rpartition(".")[2]


def _ends(found: Fit, path: str) -> str:
    low, _, high = found.fitted.inputs[path]
    return f"{low:.3f}, {high:.3f}"


def _within(table: type[Table], path: str, value: float) -> float:
    """Return a value within the limits of an input."""
    field = table.model_fields[_name(path)]
    limits = limits_of(shape_of(field.annotation, field))
    return min(max(value, limits.ge or 0.0), limits.le or value)


def people_text(people: Sequence[Person], span: Span, rungs: Mapping[str, str]) -> str:
    """Return the people in post at the end as the list a scenario takes (`posts.roster`), as CSV.

    `rungs` gives the rung of a job title; a title it does not name is on rung entry.
    """
    there = [one for one in people if _in_post(one, span.until)]
    names = _columns(there)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow("wage_usd_per_hour" if name == "wage" else name for name in names)
    for one in there:
        writer.writerow(_cell(one, name, rungs) for name in names)
    return out.getvalue()


def _columns(there: Sequence[Person]) -> list[str]:
    """Return the columns that a list of people has: those of which somebody's row says anything."""
    return ["hired", "rung", *(name for name in MORE if any(getattr(one, name) is not None for one in there))]


def _in_post(one: Person, at: float) -> bool:
    return one.hired.months < at and (one.left is None or one.left.months >= at)


def _cell(one: Person, name: str, rungs: Mapping[str, str]) -> str:
    if name == "hired":
        return month_text(one.hired.whole_months)
    if name == "rung":
        return rungs.get(one.rung, ENTRY)
    value = getattr(one, name)
    if name == "certified":
        return "no" if value is False else "yes"
    return "" if value is None else f"{value:g}" if name == "fte" else f"{value:.2f}"
