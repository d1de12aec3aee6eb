"""Turn sums into values, and let a value of all replications together be one for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.results.blocks import Floats, Told
from sim.results.tenure import kept
from sim.units import MONTHS_PER_YEAR

AS_NEW: Final = 12  # months of tenure in which people are followed by year of the projection
STANDARD: Final = "base's "  # before the names of sums of the base beside a scenario's own
OF_BASE: Final = tuple(f"{what}_{cells}" for cells in ("by_band", "as_new") for what in ("exits", "lived", "expected"))
ENOUGH: Final = 5.0  # exits expected by which a cell has a rate of its own (below 5 expected, a count says little)
PER_100_YEARS = 100.0 * MONTHS_PER_YEAR

Formula = Callable[[Told], Floats]  # keeps the leading axis: one value for each row of the sums


def divided(above: Floats, below: Floats) -> Floats:
    """Return above/below, NaN where below is 0."""
    return np.where(below != 0, above / np.where(below != 0, below, 1.0), np.nan)


def amount(name: str) -> Formula:
    """Return a sum as it is."""
    return lambda sums: sums[name]


def ratio(above: str, below: str, times: float = 1.0) -> Formula:
    """Return one sum over another."""
    return lambda sums: times * divided(sums[above], sums[below])


def per_year(name: str, minus: str = "") -> Formula:
    """Return a sum, less another, by year of the projection: where an employer has closed, nothing is added to it.

    By year of the time in which employers exist, an alternative that closes some of them would seem to deliver, cost
    and be paid as much as before.
    """
    return (lambda sums: divided(sums[name] - sums[minus], sums["years"])) if minus else ratio(name, "years")


def less(value: float, formula: Formula) -> Formula:
    """Return value − formula."""
    return lambda sums: value - formula(sums)


def linear(formula: Formula, zero: float, unit: float) -> Formula:
    """Return a value in SD on a reporting scale: zero + unit·value."""
    return lambda sums: zero + unit * formula(sums)


def of_yearly_pay(sums: Told) -> Floats:
    """Return what replacing one who left costs, as a share of the mean yearly wages of a filled post."""
    each, pay = divided(sums["turnover_cost"], sums["left"]), divided(sums["wages"], sums["filled_years"])
    return divided(each, pay)


def group_wage_gap(sums: Told) -> Floats:
    """Return how far the mean wage of the other groups is below that of White peers, as a share of it."""
    white = divided(sums["white_wage_sum"], sums["white"])
    others = divided(sums["wage_sum"] - sums["white_wage_sum"], sums["peers"] - sums["white"])
    return 1.0 - divided(others, white)


def retention(months: int, since: str = "by_tenure") -> Formula:
    """Return the share still there after some months in the job, or since another start that exits are counted from."""

    def formula(sums: Told) -> Floats:
        curve = kept(sums[f"exits_{since}"][..., :months], sums[f"lived_{since}"][..., :months])
        return np.asarray(curve[..., -1])

    return formula


def standardized(sums: Told) -> Floats:
    """Return exits per 100 years in post if the base's people had the scenario's rates of leaving.

    As `standardized_leaving`. Posts lost to layoffs and closure befall whoever is there: they are added as they are,
    over the scenario's own months lived. NaN where nobody is in post at all.
    """
    lost = divided(sums["left.layoff"] + sums["left.closure"], sums["lived_by_band"].sum(axis=-1))
    return standardized_leaving(sums) + PER_100_YEARS * lost


def standardized_leaving(sums: Told) -> Floats:
    """Return the same without the exits by layoff and closure.

    Standardization over cells of a kind of employer, a year of the projection and a band of tenure: Σ of the base's
    exits expected · (the scenario's exits over its expected), over the base's months lived. Cells in which the scenario
    has fewer than ENOUGH exits expected are one.
    """
    exits, lived = _on_base(sums, "by_band")
    return PER_100_YEARS * divided(exits.sum(axis=-1), lived.sum(axis=-1))


def kept_as_new(sums: Told) -> Floats:
    """Return the share of newcomers still there after 12 months, had they been hired where and when the base's were.

    As `kept_unless_lost`, with the hazard of losing the post to a layoff or a closure added, over the scenario's own
    months lived. NaN where nobody is in sight in one of the months.
    """
    lived = sums["lived_as_new"]
    lived = lived.reshape(*lived.shape[:-1], -1, AS_NEW).sum(axis=-2)
    return np.asarray(kept_unless_lost(sums) * np.exp(-divided(sums["posts_lost_as_new"], lived).sum(axis=-1)))


def kept_unless_lost(sums: Told) -> Floats:
    """Return the share of newcomers who would still be there after 12 months if nobody lost the post.

    As `retention`, with a hazard of leaving in each month of tenure that is the mean of those of kinds of employers and
    years of the projection, weighted by the base's months lived and exits expected. Layoffs and closure end sight of a
    job and are no exits (competing causes, censored).
    """
    exits, lived = _on_base(sums, "as_new", AS_NEW)
    return np.asarray(np.exp(-divided(exits.sum(axis=-2), lived.sum(axis=-2)).sum(axis=-1)))


def _on_base(sums: Told, cells: str, months: int | None = None) -> tuple[Floats, Floats]:
    """Return the exits that the base's people would have in each cell at the scenario's rates, and their months lived.

    A rate is exits over exits expected from each employer's own hazard by tenure, which the base's opening gives: an
    employer that loses many is expected to, so a scenario that has fewer people there does not seem to keep more. Where
    nothing is expected, it is exits over months lived. Where the scenario has nobody in a cell, the base's own exits
    stand. Cells in which it has too few people in sight have one rate together. Without a base beside it a scenario is
    its own.

    Args:
        sums: of the scenario, and of its base.
        cells: which cells, of shape (…, cells).
        months: where given, the cells are of so many months of tenure each, shape (…, cells, months).
    """

    def of(side: str, what: str) -> Floats:
        name = f"{what}_{cells}"
        told = sums.get(side + name, sums[name])
        return told if months is None else np.moveaxis(told.reshape(*told.shape[:-1], -1, months), -1, -2)

    exits, lived, expected = (of("", what) for what in ("exits", "lived", "expected"))
    base_exits, base_lived, base_expected = (of(STANDARD, what) for what in ("exits", "lived", "expected"))
    known = (expected > 0) & (base_expected > 0)
    above, below = np.where(known, base_expected, base_lived), np.where(known, expected, lived)
    few = _few(np.where(known, expected, np.nan))
    together = [np.where(few, one, 0.0).sum(axis=-1, keepdims=True) for one in (exits, expected)]
    rate = np.where(few, divided(together[0], together[1]), divided(exits, below))
    told = np.where(base_lived > 0, np.where(lived > 0, above * rate, base_exits), 0.0)
    return (told, base_lived) if months is None else (np.moveaxis(told, -1, -2), np.moveaxis(base_lived, -1, -2))


def _few(expected: Floats) -> NDArray[np.bool_]:
    """Return which cells have fewer than ENOUGH exits expected, and the next larger until they have it together.

    One exit where hardly anybody is in sight would count for all that the base has there. NaN is in none.
    """
    order = np.argsort(expected, axis=-1)  # NaN last
    ordered = np.take_along_axis(expected, order, axis=-1)
    before = np.cumsum(ordered, axis=-1) - ordered
    few = (ordered < ENOUGH) | (before < ENOUGH)
    return np.take_along_axis(few, np.argsort(order, axis=-1), axis=-1) & ~np.isnan(expected)


def from_the_mix(sums: Told) -> Floats:
    """Return what is left of exits per 100 years in post: what another mix of tenure than the base's brings."""
    return ratio("left", "filled_years", 100.0)(sums) - standardized(sums)


def pseudo_values(formula: Formula, sums: Told) -> Floats:
    """Return a value for each replication whose mean and spread are those of the formula on all of them together.

    With θ the value of all n replications together and θ₋ᵢ that of all but the i-th, the i-th is θ + (n−1)·(m − θ₋ᵢ), m
    the mean of the θ₋ᵢ: the jackknife's pseudo-value, whose spread gives the standard error of θ, less the jackknife's
    correction of bias. That correction can carry a share below 0 or above 1 where runs are few (their mean n·θ −
    (n−1)·m is no average of possible values); θ cannot leave its range. Its bias shrinks as 1/n, faster than the error.
    Where leaving one out leaves nothing to divide by, the spread is unknown: θ stands once, and NaN for the others.
    """
    total = _Made(sums, lambda name: sums[name].sum(axis=0, keepdims=True))
    together = formula(total)
    number = next(iter(sums.values())).shape[0]
    if number == 1:
        return together
    without = formula(_Made(sums, lambda name: total[name] - sums[name]))
    if np.isnan(without).any():
        return np.concatenate((together, np.full((number - 1, *together.shape[1:]), np.nan)))
    return np.asarray(together + (number - 1) * (without.mean(axis=0, keepdims=True) - without))


class _Made(Mapping[str, Floats]):
    """Sums made of others once a formula asks for them: each takes a few of a hundred."""

    def __init__(self, names: Iterable[str], make: Callable[[str], Floats]) -> None:
        self._names, self._make = dict.fromkeys(names), make
        self._made: dict[str, Floats] = {}

    def __getitem__(self, name: str) -> Floats:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
