"""Draw shares and rates beside one another: where each dollar goes, who leaves and why, pay against the living wage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from sim.charts.rows import Group, Row, rows_figure
from sim.charts.seen import Seen
from sim.charts.sentences import against_base, with_range
from sim.charts.view import Cell, Column, Table, View
from sim.model.rules.turnover import CAUSES
from sim.model.world.log import COST_KINDS
from sim.results.bands import ratio_of
from sim.results.measures.table import measure_of
from sim.results.summary import NOTHING, Estimate
from sim.scenario.timeline import plans
from sim.scenario.yardsticks import yardsticks
from sim.words.layout import listed
from sim.words.numbers import value
from sim.words.sentences import means_told
from sim.words.stand_in import told_words

KINDS: Final = COST_KINDS
CAUSE_WORDS: Final = {
    "voluntary": "Quit",
    "return_to_use": "Return to use",
    "dismissal": "Dismissed",
    "other": "Other reasons",
    "layoff": "Laid off",
    "closure": "The employer closed",
}
LEFT_BECAUSE: Final = {
    "voluntary": "quit",
    "return_to_use": "leave after a return to use",
    "dismissal": "are dismissed",
    "other": "leave for other reasons",
    "layoff": "are laid off",
    "closure": "lose the job because the employer closes",
}
SEEN: Final = 0.0005  # of a dollar; less is written as nothing
LEAVERS, BELOW = "separations_per_100_posts_year", "share_below_living_wage"
Numbers = Callable[[int, str], Estimate]  # of a scenario and a row's key


def _groups(seen: Seen, keys: Sequence[tuple[str, str]], unit: str, numbers: Numbers) -> list[Group]:
    groups = []
    for key, heading in keys:
        found = [numbers(place, key) for place in range(len(seen.cases))]
        rows = tuple(Row(place, one, value(one.mean, unit)) for place, one in enumerate(found))
        groups.append(Group(heading, unit, rows))
    return groups


def _table(seen: Seen, groups: Sequence[Group], first: str, unit: str) -> Table:
    columns = (
        Column(first), Column("Scenario"),
        Column("Mean", unit), Column("95 % interval from", unit), Column("95 % interval to", unit),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (group.heading, seen.name(row.place), row.estimate.mean, row.estimate.low, row.estimate.high)
        for group in groups
        for row in group.rows
    ]
    return Table(columns, tuple(rows))


def _alt(kind: str, seen: Seen, groups: Sequence[Group]) -> str:
    told = [
        f"{group.heading}: {listed([f'{seen.name(row.place)} {row.text}' for row in group.rows])}" for group in groups
    ]
    return f"Bar chart of {kind}. {'. '.join(told)}."


# where each dollar goes ------------------------------------------------------------------------------------------


def _share_of_cost(seen: Seen, place: int, kind: str) -> Estimate:
    spent = {name: seen.views[place][f"spent.{name}"].sum(axis=1, dtype=float) for name in KINDS}
    return ratio_of(spent[kind], sum(spent.values()))


def _means(seen: Seen, share: Callable[[int, str], Estimate], kind: str) -> list[float]:
    """A share in each scenario, nothing where there is none."""
    return [share(at, kind).mean or 0.0 for at in range(len(seen.cases))]


def costs_view(seen: Seen) -> View:
    """Return where each dollar of cost goes."""
    share = partial(_share_of_cost, seen)
    means = {kind: _means(seen, share, kind) for kind in KINDS}
    used = [kind for kind in KINDS if max(means[kind]) >= SEEN]
    groups = _groups(seen, [(kind, kind.capitalize()) for kind in used], "share", share)
    largest = sorted(used, key=lambda kind: -means[kind][0])
    cents = [f"{100 * means[kind][0]:.1f} cents go to {kind}" for kind in largest if means[kind][0] >= SEEN]
    return View(
        key="costs",
        title="Where each dollar goes",
        figure=rows_figure(seen, groups) if groups else None,
        alt=_alt("the parts of each dollar of cost", seen, groups),
        reading=f"Projection: of each dollar spent in the base, {listed(cents)}.",
        note=_pooled_note(seen),
        table=_table(seen, groups, "Kind of cost", "share"),
    )


def _pooled_note(seen: Seen) -> str:
    runs = seen.runs_in_words()
    return (
        f"Over the whole projection and {runs} together; thin lines are 95 % ranges of the mean: {seen.told_apart()}."
    )


# who leaves and why ----------------------------------------------------------------------------------------------


def leaving_view(seen: Seen) -> View:
    """Return who leaves and why, per 100 filled posts a year."""
    unit = measure_of(LEAVERS).unit
    measures = [case.measures for case in seen.cases]

    def rate(place: int, cause: str) -> Estimate:
        return measures[place].get(f"{LEAVERS}.{cause}" if cause else LEAVERS, NOTHING)

    used = [cause for cause in CAUSES if any(rate(place, cause).mean for place in range(len(seen.cases)))]
    groups = _groups(seen, [("", "All who leave"), *((cause, CAUSE_WORDS[cause]) for cause in used)], unit, rate)
    return View(
        key="leaving",
        title="Who leaves and why, per 100 filled posts a year",
        figure=rows_figure(seen, groups),
        alt=_alt("people who leave in a year per 100 filled posts, by cause", seen, groups),
        reading=_leaving_reading(seen, used, rate, unit),
        note=means_told(seen.answer),
        table=_table(seen, groups, "Cause", unit),
    )


def _leaving_reading(seen: Seen, used: Sequence[str], rate: Numbers, unit: str) -> str:
    ordered = sorted(used, key=lambda cause: -(rate(0, cause).mean or 0.0))
    parts = [f"{value(rate(0, cause).mean, unit)} {LEFT_BECAUSE[cause]}" for cause in ordered]
    first = f"Projection: of 100 filled posts in the base, {with_range(rate(0, ''), unit)} people leave in a year"
    told = [(seen.name(at), one.measures[LEAVERS].difference) for at, one in enumerate(seen.answer.alternatives, 1)]
    compared = f"; {against_base(told, unit, ('more', 'fewer'))}" if told else ""
    return f"{first}{f': {listed(parts)}' if parts else ''}{compared}."


# pay against the living wage -------------------------------------------------------------------------------------


def living_wage_view(seen: Seen) -> View:
    """Return the share of peers of each household type whose wage is below its living wage."""
    measures = [case.measures for case in seen.cases]
    homes = _households(seen)
    whole = len(homes) == 1

    def below(place: int, home: str) -> Estimate:
        return measures[place].get(BELOW if whole or not home else f"{BELOW}.{home}", NOTHING)

    keys = [] if whole else [("", "All peers")]
    keys += [(home, f"{_home(home)}, {value(usd, 'USD/hour')} an hour") for home, usd in homes.items()]
    groups = _groups(seen, keys, "share", below)
    moved = [(seen.name(at), one.measures[BELOW].difference) for at, one in enumerate(seen.answer.alternatives, 1)]
    compared = f"; {against_base(moved, 'share')}" if moved else ""
    wage = value(measures[0]["mean_wage_usd_per_hour"].mean, "USD/hour")
    share = with_range(below(0, ""), "share")
    everyone = [case.loaded for case in seen.cases]

    def told(words: str) -> str:
        return told_words(words, everyone)

    return View(
        key="living_wage",
        title=told("Pay below the living wage, by household"),
        figure=rows_figure(seen, groups),
        alt=_alt(told("the share of peers whose wage is below the living wage of their household"), seen, groups),
        reading=f"Projection: {share} of peers in the base earn less than the {told('living wage')} of their "
        f"household, at a mean wage of {wage} an hour{compared}.",
        note=told("The living wage is that at the start in the base, one adult's or a family's. ")
        + means_told(seen.answer),
        table=_table(seen, groups, told("Household and its living wage"), "share"),
    )


def _households(seen: Seen) -> dict[str, float]:
    """Return the living wage of each household type at the start in the base; of several places, the first's."""
    found: dict[str, float] = {}
    for plan in plans(seen.answer.base.loaded.scenario):
        for one in yardsticks(plan.epochs[0][1]):
            found.setdefault(one.household, one.usd_per_hour)
    return found


def _home(name: str) -> str:
    return name.replace("_", " ").capitalize()
