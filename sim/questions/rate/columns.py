"""Build the columns of a rate: one a scenario, over runs with the assumptions as taken or over futures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from sim.questions.rate import over_futures
from sim.questions.rate.build_up import TURNOVER, Lines, Prices, added, build_up, payer_of, rate_of
from sim.questions.rate.over_futures import DIGITS, prices_and_staffing
from sim.questions.rate.staffing import Staffing, at_turnover_of, staffing_of, staffing_sums, without_turnover
from sim.results.blocks import Block, Floats, Sums, Told
from sim.results.measures.formulas import divided, pseudo_values
from sim.results.spreads import Spread, ranged, spread_of_moved
from sim.results.summary import Estimate, estimate
from sim.runs.answer import Answer, ask
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.timeline import plans
from sim.units import Reals, month_number

BASE = "base's "  # before the names of the base's sums among those of an alternative
ALL, WHOLE, PLAIN, SHARE, STAFFED = "turnover", "whole", "arithmetic", "share", "staffing"
PRICED, OTHER = "base_turnover", "other"
DIFFERENCES = (PLAIN, PRICED, *TURNOVER, ALL, OTHER, WHOLE)  # as they are told
LINES, SIMULATED, ADDED, CHANGED = "lines", "simulated", "turnover", "difference"  # kinds of amounts of a column
MOST = 0.9  # of futures whose cost a rate covers, to be named beside it
Formula = Callable[[Sums], Lines]
Estimates = dict[str, Estimate]


@dataclass(frozen=True)
class Column:
    """The build-up of one scenario.

    `turnover` is what turnover adds to the rate, part by part and as `ALL`. `difference` is how the rate differs from
    the base's: `WHOLE`; `PLAIN` (at the base's staffing: arithmetic), of which `PRICED` is in what turnover adds; what
    the own turnover adds over the base's at these prices, in parts and as `ALL`; what else the staffing does (`OTHER`),
    and `ALL` with it (`STAFFED`); what turnover gives back as a `SHARE` of the arithmetic. It is empty for the base.
    What turnover adds differs from the base's by `PRICED` and `ALL` together. Over futures `prices` and `staffing` are
    such that their arithmetic comes to the lines (`sim.questions.rate.over_futures`).
    """

    name: str
    loaded: Loaded
    prices: Prices
    staffing: Staffing  # of all runs together
    lines: Estimates
    nobody: tuple[Prices, Staffing]  # the same if nobody left
    without: dict[str, float]  # the lines if nobody left
    simulated: Estimates  # the staffing with its ranges
    turnover: Estimates
    difference: Estimates
    spreads: Mapping[str, Mapping[str, Spread]] = field(default_factory=dict)  # of single futures, by kind of amount
    rates: Floats | None = field(default=None, compare=False)  # that single futures need, where they are told

    def told(self, kind: str) -> Estimates:
        """Return amounts of a kind with the range that is told: of single futures where there are any."""
        spreads = self.spreads.get(kind, {})
        return {key: ranged(one, spreads.get(key)) for key, one in getattr(self, kind).items()}

    def covered(self, rate: float) -> float | None:
        """Return the share of futures in which a rate covers what is spent; None where futures are not told."""
        return None if self.rates is None else float(np.mean(self.rates <= rate))

    @property
    def for_most(self) -> float | None:
        """Return the rate that covers what is spent in MOST futures."""
        return None if self.rates is None else float(np.quantile(self.rates, MOST, method="higher"))


def columns_of(everyone: Sequence[Loaded], settings: Settings) -> tuple[Answer, tuple[Column, ...]]:
    """Run scenarios that were made neutral, the base first, and return a column for each.

    Raises:
        ScenarioError: where no hour is paid for in the end.
    """
    collected = _Collected(everyone)
    answer = ask(everyone[0], everyone[1:], settings, collected.keep)
    column = _column_of_futures if settings.unknowns else _column
    _check(collected, _rate_over_futures if settings.unknowns else _rate_of_runs)
    return answer, tuple(column(collected, answer, case) for case in range(len(everyone)))


@dataclass
class _Collected:
    """Add up each scenario, block after block."""

    everyone: Sequence[Loaded]
    parts: list[Sequence[Sums]] = field(default_factory=list)

    def keep(self, piece: Piece) -> None:
        """Take over one block of replications; of futures each is built up by the terms drawn for it."""
        if piece.lived is not None:
            self.parts.append(piece.lived.in_order(over_futures.sums_of))
            return
        told = zip(self.everyone, piece.results or (), strict=True)
        self.parts.append([_sums(block, loaded) for loaded, (block,) in told])

    def of(self, case: int) -> Sums:
        """Return the sums of a scenario, one value a replication."""
        return {name: np.concatenate([part[case][name] for part in self.parts]) for name in self.parts[0][case]}


def _sums(block: Block, loaded: Loaded) -> Sums:
    (plan,) = plans(loaded.scenario)
    return staffing_sums(block, np.unique(block.replications), plan, month_number(loaded.scenario.horizon.start))


def _check(collected: _Collected, rate: Callable[[Loaded, Sums], Reals]) -> None:
    """See that every scenario has an hour that is paid for; raise ScenarioError naming those that have none."""
    problems = []
    for case, loaded in enumerate(collected.everyone):
        with np.errstate(all="ignore"):
            found = rate(loaded, _together(collected.of(case)))
        if not np.all(np.isfinite(found)):
            rule, fix = "no hour is paid for in the end", "see what may be billed, who is in post, and what is denied"
            problems.append(Problem(loaded.label, None, "", None, rule, fix))
    if problems:
        raise ScenarioError(problems)


def _rate_of_runs(loaded: Loaded, sums: Sums) -> Reals:
    return rate_of(_prices(loaded, loaded), staffing_of(sums, loaded.scenario))


def _rate_over_futures(_loaded: Loaded, sums: Sums) -> Reals:
    return over_futures.rate_of_stage(sums)


def _together(sums: Sums) -> Sums:
    """Return the sums of all runs together, one row."""
    return {name: values.sum(axis=0, keepdims=True) for name, values in sums.items()}


def _prices(loaded: Loaded, base: Loaded) -> Prices:
    wage, reference = (one.scenario.pay.wage_usd_per_hour for one in (loaded, base))
    return Prices(loaded.scenario, payer_of(loaded.scenario), wage, reference)


# with the assumptions as taken -----------------------------------------------------------------------------------


def _column(collected: _Collected, answer: Answer, case: int) -> Column:
    loaded, base = collected.everyone[case], collected.everyone[0]
    prices, own = _prices(loaded, base), collected.of(case)

    def nobody_leaves(sums: Sums) -> Staffing:
        return without_turnover(staffing_of(sums, loaded.scenario), loaded.scenario, base.scenario)

    def by_turnover(sums: Sums) -> Lines:
        return _with_all(added(prices, nobody_leaves(sums), staffing_of(sums, loaded.scenario)))

    whole = _together(own)
    return Column(
        name=answer.cases[case].name,
        loaded=loaded,
        prices=prices,
        staffing=numbers(staffing_of(whole, loaded.scenario)),
        nobody=(prices, numbers(nobody_leaves(whole))),
        lines=_estimates(lambda sums: build_up(prices, staffing_of(sums, loaded.scenario)), own),
        without={name: number(value) for name, value in build_up(prices, nobody_leaves(whole)).items()},
        simulated=_estimates(lambda sums: vars(staffing_of(sums, loaded.scenario)), own),
        turnover=_estimates(by_turnover, own),
        difference=_difference(prices, _prices(base, base), own, collected.of(0), answer.within) if case else {},
    )


def _difference(prices: Prices, base_prices: Prices, own: Sums, base: Sums, within: float) -> dict[str, Estimate]:
    """Return how the rate differs from the base's, run by run: arithmetic, then what the staffing gives back."""
    theirs, ours = base_prices.organization, prices.organization

    def formula(sums: Sums) -> Lines:
        there, here = staffing_of(_of_base(sums), theirs), staffing_of(sums, ours)
        plain = at_turnover_of(there, ours, theirs)
        rates = rate_of(base_prices, there), rate_of(prices, plain), rate_of(prices, here)
        turnover = (
            added(base_prices, without_turnover(there, theirs, theirs), there),
            added(prices, without_turnover(plain, ours, theirs), plain),
            added(prices, without_turnover(here, ours, theirs), here),
        )
        return _changed(rates, turnover)

    both = own | {f"{BASE}{name}": values for name, values in base.items()}
    return _estimates(formula, both, within) | _estimates(partial(_share, formula), both, within)


def _changed(rates: tuple[Reals, Reals, Reals], turnover: tuple[Lines, Lines, Lines]) -> Lines:
    """Return how a rate differs from the base's: by arithmetic, in parts of the staffing, and in all.

    Args:
        rates: the base's, at its staffing but the own prices, and the own.
        turnover: what each part of turnover adds to each of these.
    """
    before, plain, own = rates
    base, there, here = (_with_all(one) for one in turnover)
    parts = {part: here[part] - there[part] for part in (*TURNOVER, ALL)}
    told = {WHOLE: own - before, PLAIN: plain - before, PRICED: there[ALL] - base[ALL], STAFFED: own - plain}
    return told | parts | {OTHER: told[STAFFED] - parts[ALL]}


def _with_all(parts: Lines) -> Lines:
    return parts | {ALL: sum(parts.values())}


def _share(formula: Formula, sums: Sums) -> Lines:
    """Return what turnover gives back of what arithmetic adds."""
    told = formula(sums)
    return {SHARE: -divided(np.asarray(told[ALL]), np.asarray(told[PLAIN]))}


def _of_base(sums: Sums) -> Sums:
    return {name.removeprefix(BASE): values for name, values in sums.items() if name.startswith(BASE)}


def _estimates(formula: Formula, sums: Sums, within: float = 0.95) -> dict[str, Estimate]:
    """Return what lines come to on all runs together, with the intervals of random variation (jackknife)."""
    names = list(formula(sums))

    def side_by_side(told: Told) -> Floats:
        part = dict(told)
        size = next(iter(part.values())).shape[0]
        return np.stack([np.broadcast_to(np.asarray(value, dtype=float), size) for value in formula(part).values()], 1)

    with np.errstate(all="ignore"):  # leaving a run out may leave nobody in post
        values = pseudo_values(side_by_side, sums)
    return {name: estimate(values[:, place], within=within) for place, name in enumerate(names)}


def numbers(staffing: Staffing) -> Staffing:
    """Return a staffing of one row as plain numbers."""
    return Staffing(**{name: number(value) for name, value in vars(staffing).items()})


def number(value: object) -> float:
    """Return a number, or the first of an array, as a plain one."""
    return float(np.asarray(value, dtype=float).reshape(-1)[0])


# over futures ----------------------------------------------------------------------------------------------------


def _column_of_futures(collected: _Collected, answer: Answer, case: int) -> Column:
    """Return a column of which every line is a mean over all hours paid in all futures."""
    sums, base = collected.of(case), _together(collected.of(0))
    taken = replace(
        _prices(collected.everyone[case], collected.everyone[0]),
        reference_wage=round(number(over_futures.mean_of(base, "wage")), DIGITS),
    )
    together = _together(sums)
    prices, staffing = prices_and_staffing(taken, together)
    formulas: dict[str, Formula] = {
        LINES: over_futures.lines_of, SIMULATED: over_futures.staffing_lines, ADDED: _added_over_futures,
    }  # fmt: skip
    told = {kind: _estimates(one, sums) for kind, one in formulas.items()}
    if case:
        formulas[CHANGED] = changed_over_futures
        told[CHANGED] = _estimates(changed_over_futures, sums, answer.within)
        told[CHANGED] |= _estimates(partial(_share, changed_over_futures), sums, answer.within)
    without = over_futures.lines_of(together, over_futures.NOBODY)
    return Column(
        name=answer.cases[case].name,
        loaded=collected.everyone[case],
        prices=prices,
        staffing=staffing,
        nobody=prices_and_staffing(taken, together, over_futures.NOBODY),
        lines=told[LINES],
        without={name: number(value) for name, value in without.items()},
        simulated=told[SIMULATED],
        turnover=told[ADDED],
        difference=told.get(CHANGED, {}),
        spreads={kind: _spreads(one, sums) for kind, one in formulas.items()} if answer.over_futures else {},
        rates=over_futures.rate_of_stage(sums) if answer.over_futures else None,
    )


def _added_over_futures(sums: Sums) -> Lines:
    return _with_all(over_futures.turnover_lines(sums))


def changed_over_futures(sums: Sums) -> Lines:
    """Return how the rate differs from the base's, all futures of a row of sums together."""
    return _changed(over_futures.three_rates(sums), over_futures.three_turnovers(sums))


def _spreads(formula: Formula, sums: Sums) -> dict[str, Spread]:
    """Return how far amounts are spread over single futures, each by its own sums."""
    with np.errstate(all="ignore"):
        own = formula(sums) if formula is not changed_over_futures else formula(sums) | _share(formula, sums)
    found = {name: spread_of_moved(np.asarray(values)) for name, values in own.items()}
    return {name: one for name, one in found.items() if one is not None}
