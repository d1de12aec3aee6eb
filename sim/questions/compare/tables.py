"""Lay measures out as tables: one scenario, base against one alternative, base against several."""

from __future__ import annotations

from collections.abc import Sequence

from sim.questions.compare.decision import Group, decision, rows_of_one, rows_of_several
from sim.results.measures.table import FAMILIES, MEASURES, measure_of
from sim.results.summary import Estimate
from sim.runs.against import Pair
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.paired import Paired
from sim.words.differences import verdict_in_futures
from sim.words.keeping import AT_SAME_TENURE
from sim.words.layout import clipped, table
from sim.words.numbers import NONE, is_money, short
from sim.words.ranges import mean_told, span
from sim.words.stand_in import told_label

AT_ONCE = 3  # alternatives side by side
NAME_WIDTH = 18
DECISION = "Side by side"
BOTH_SIDES = ("Base", "Alternative")
LARGE = 1e8  # USD; above, digits are too many for a table
VERDICTS = {"better": "better", "worse": "worse", "too close to call": "unclear", "no change": "same"}


def run_table(answer: Answer) -> str:
    """Return the headline measures of the base, by family."""
    return table(run_heading(answer), run_rows(answer.base))


def run_heading(answer: Answer) -> tuple[str, ...]:
    """Return the heading of that table."""
    return "Measure", "Mean", range_headings(answer)[0], "Unit"


def range_headings(answer: Answer) -> tuple[str, str]:
    """Return what stands above ranges, and above what they come to."""
    return ("Middle 90 %", "Of 100") if answer.over_futures else ("95 % range", "")


def run_rows(case: Case) -> list[tuple[str, ...]]:
    """Return the rows of that table."""
    keys = [
        key
        for family in FAMILIES
        for key, one in case.measures.items()
        if key in MEASURES and MEASURES[key].family == family and _told(key, one)
    ]
    told = case.told
    return [_run_row(key, told[key], told_label(key, [case.loaded])) for key in keys]


def _run_row(key: str, one: Estimate, label: str) -> tuple[str, ...]:
    unit = measure_of(key).unit
    if is_money(unit) and abs(one.mean or 0.0) >= LARGE:
        return label, mean_told(one, unit, brief=True), range_of(key, one), _unit(unit)
    return label, mean_told(one, unit), span(one, unit), _unit(unit)


def _told(key: str, one: Estimate) -> bool:
    """Whether a measure of one scenario is shown; the one at equal tenure would repeat another number here."""
    shown = MEASURES[key].headline or key in {"headcount", "exits_per_year", "billable_share"}
    return one.mean is not None and shown and key != AT_SAME_TENURE


def _unit(unit: str) -> str:
    return {"share": "", "points from 1 to 5": "of 1 to 5"}.get(unit, unit)


def decision_tables(answer: Answer) -> list[str]:
    """Return the decision in columns; nothing where no alternative changes anything."""
    if all(one.changes_nothing for one in answer.alternatives):
        return []
    groups, places = decision(answer), range(1, len(answer.cases))
    if len(places) == 1:
        heading = (DECISION, "Base", "Alternative", "Change", *range_headings(answer))
        return [table(heading, rows_of_one(groups))]
    return [_decision(answer, groups, places[at : at + AT_ONCE]) for at in range(0, len(places), AT_ONCE)]


def _decision(answer: Answer, groups: Sequence[Group], chosen: Sequence[int]) -> str:
    names = (clipped(answer.cases[at].name, NAME_WIDTH) for at in chosen)
    return table((DECISION, "Base", *names), rows_of_several(groups, chosen))


def comparison_table(answer: Answer, keys: Sequence[str]) -> str:
    """Return how the picked measures differ from the base."""
    if not keys:
        return ""
    if len(answer.alternatives) == 1:
        return _one(answer.alternatives[0], keys, answer)
    groups = [answer.alternatives[at : at + AT_ONCE] for at in range(0, len(answer.alternatives), AT_ONCE)]
    return "\n\n".join(_several(group, keys, answer) for group in groups)


def pair_table(pair: Pair, keys: Sequence[str]) -> str:
    """Return how the picked measures of one alternative differ from another's."""
    return _one(pair.second, keys, pair.answer, (pair.first.name, pair.second.case.name)) if keys else ""


def _one(one: Alternative, keys: Sequence[str], answer: Answer, sides: tuple[str, str] = BOTH_SIDES) -> str:
    names = (clipped(name, NAME_WIDTH) for name in sides)
    heading = ("Measure", *names, "Difference", *range_headings(answer))
    return table(heading, [_compared_row(key, one.measures[key], told_label(key, [one.case.loaded])) for key in keys])


def _compared_row(key: str, compared: Paired, label: str) -> tuple[str, ...]:
    unit = measure_of(key).unit
    return (
        label,
        short(compared.base.mean, unit),
        short(compared.alternative.mean, unit),
        mean_told(compared.told, unit, signed=True, brief=True),
        range_of(key, compared.told, signed=True),
        verdict_in_futures(key, compared) or VERDICTS.get(compared.verdict or "", compared.verdict or ""),
    )


def _several(group: Sequence[Alternative], keys: Sequence[str], answer: Answer) -> str:
    """Return a table with a column for each alternative: its difference, and the range beneath."""
    heading = ("Difference from the base", "Base", *(clipped(one.case.name, NAME_WIDTH) for one in group))
    rows: list[tuple[str, ...]] = []
    for key in keys:
        measured = [one.measures[key] for one in group]
        label = told_label(key, [one.case.loaded for one in group])
        rows.append((label, short(measured[0].base.mean, measure_of(key).unit), *(size_of(key, m) for m in measured)))
        rows.append(("", "", *(range_of(key, m.told, signed=True) if m.detectable else "" for m in measured)))
        if answer.over_futures:
            rows.append(("", "", *(verdict_in_futures(key, m) if m.detectable else "" for m in measured)))
    return table(heading, rows)


def size_of(key: str, compared: Paired) -> str:
    """Return how large a difference is, or that it cannot be told from luck."""
    if compared.detectable:
        return mean_told(compared.told, measure_of(key).unit, signed=True, brief=True)
    return "none detectable" if compared.difference.mean is not None else NONE


def range_of(key: str, one: Estimate, *, signed: bool = False) -> str:
    """Return the range of a figure in few characters."""
    inside = span(one, measure_of(key).unit, signed=signed, brief=True)
    for ending in (" %", " pt", " SD", " months"):  # the value beside it has the unit
        inside = inside.removesuffix(ending)
    return inside
