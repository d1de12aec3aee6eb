"""Rank scenarios by one measure: run those that may be the best, and no longer than it takes to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np

from sim.questions.rank.selection import Rule, Selection, select
from sim.results.blocks import Floats, Sums
from sim.results.measures.table import Measure, measure_of
from sim.results.spreads import FEWEST, Spread, spread_between, spread_of
from sim.results.summary import Estimate, difference_of, estimate_of, parts, row_value_at, value_at
from sim.results.sums import beside_base
from sim.runs.answer import case_names, check
from sim.runs.answer_checks import check_sound
from sim.runs.blocks import block_size
from sim.runs.pieces import Piece, assembled, missing
from sim.runs.precision import ALIKE, alike, largest
from sim.runs.replicate import Memory, Settings, drawing
from sim.runs.rounds import Rounds
from sim.scenario.files import Loaded

LEAST: Final = 2  # candidates
LOT: Final = 20  # runs of each at a time, at least: fewer save hardly any time


class RankError(ValueError):
    """Scenarios cannot be ranked by a measure; the message says why and what to do."""


@dataclass(frozen=True)
class Asked:
    """The measure to rank by, which direction is better, and how sure and how fine the choice must be."""

    key: str
    higher: bool
    rule: Rule


@dataclass(frozen=True)
class Single:
    """How far a candidate and its difference are spread over futures, and in which share of them none is better.

    The share is over the futures in which all candidates took part; None of a chance, which a single future has not.
    """

    own: Spread | None
    difference: Spread | None
    best: float | None


@dataclass(frozen=True)
class Candidate:
    """What became of one scenario.

    `runs` were made of it; its figures are from those it took part in, `estimate.n` where all are defined. `difference`
    is its value less that of the scenario ahead of all, over the runs it took part in. `out_after` is None while it is
    in.
    """

    name: str
    loaded: Loaded
    runs: int
    estimate: Estimate
    difference: Estimate
    out_after: int | None
    single: Single | None = None  # what single futures show, where assumptions are drawn anew in each


@dataclass(frozen=True)
class Ranking:
    """The candidates: those still in, the leader first, then those that are out, the nearest to it first."""

    asked: Asked
    base: Loaded
    candidates: tuple[Candidate, ...]
    replications: int  # of those still in
    decided: bool
    settled_by: int  # runs after which those still in are told apart for certain
    settings: Settings

    @property
    def left(self) -> tuple[Candidate, ...]:
        """Return the candidates that are still in."""
        return tuple(one for one in self.candidates if one.out_after is None)

    @property
    def out(self) -> tuple[Candidate, ...]:
        """Return the candidates that are out, in the order in which they went."""
        return tuple(sorted(self.candidates[len(self.left) :], key=lambda one: one.out_after or 0))

    @property
    def runs(self) -> int:
        """Return how many projections were made."""
        return sum(one.runs for one in self.candidates)

    @property
    def runs_if_all(self) -> int:
        """Return how many it would have been, had every candidate been run as often as the last ones in."""
        return len(self.candidates) * self.replications


def rank(everyone: Sequence[Loaded], asked: Asked, settings: Settings, *, with_base: bool = True) -> Ranking:
    """Run a base and alternatives in the same futures until one is best; `settings.replications` is not used.

    Args:
        everyone: the base first; every candidate starts from its opening.
        asked: measure, direction, rule.
        settings: seed, who does the work.
        with_base: whether the base is a candidate too.

    Raises:
        RankError: when the measure does not tell these scenarios apart by runs.
        ScenarioError: when alternatives do not start from the base's employers and horizon.
    """
    check(everyone)
    first = 0 if with_base else 1
    scenarios, settings = [loaded.scenario for loaded in everyone], drawing(settings, everyone)
    with Rounds(scenarios, settings) as rounds:
        field = Field(everyone, case_names(everyone), range(first, len(everyone)), asked, rounds)
        field.over_futures = settings.unknowns
        selection = select(field.draw, len(field.places), field.rule(block_size(scenarios)))
    told = (selection.after, selection.decided, selection.settled_by)
    return Ranking(asked, everyone[0], field.candidates(selection), *told, settings)


class Field:
    """The sums of each candidate as far as it has been run."""

    def __init__(
        self, everyone: Sequence[Loaded], names: Sequence[str], places: range, asked: Asked, rounds: Rounds
    ) -> None:
        """Take the candidates' places among all scenarios."""
        self.places, self._everyone, self._names = places, everyone, names
        self._asked, self._rounds, self._measure = asked, rounds, measure_of(asked.key)
        self._base = {0} if self._measure.on_base else set()  # run beside the candidates, whether it is one or not
        self._kept = {place: Memory() for place in {*places, *self._base}}
        self.over_futures = False  # whether single futures are told of

    def rule(self, fit: int) -> Rule:
        """Return the rule with what the measure asks for, drawing as many at a time as fit."""
        return replace(self._asked.rule, lot=min(LOT, fit), chances=self._measure.is_chance)

    def draw(self, left: tuple[int, ...], upto: int) -> Floats:
        """Return observations of the candidates left, more is better, shape (upto, left); run what is missing."""
        places = [self.places[system] for system in left]
        done = (piece.numbers for piece in self._kept[places[0]].pieces())
        wanted = sorted({*places, *self._base})
        for piece in self._rounds.blocks(wanted, missing(range(upto), done)):
            self._check_leaks(piece)
            for place, sums in zip(wanted, piece.sums, strict=True):
                self._kept[place].put(Piece(piece.numbers, (sums,)))
        sign = 1.0 if self._asked.higher else -1.0
        observed = sign * np.stack([self._observed(place, upto) for place in places], axis=1)
        if upto == self._asked.rule.first:
            self._check_spread(places, observed)
        return observed

    def candidates(self, selection: Selection) -> tuple[Candidate, ...]:
        """Return what became of each, in order."""
        out, ahead = {one.system: one.after for one in selection.out}, selection.left[0]
        left = [self._candidate(system, ahead, selection, None) for system in selection.left]
        gone = [self._candidate(system, ahead, selection, after) for system, after in out.items()]
        sign = -1.0 if self._asked.higher else 1.0
        told = (*left, *sorted(gone, key=lambda one: sign * (one.difference.mean or 0.0)))
        return self._in_futures(told) if self.over_futures else told

    def _in_futures(self, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return candidates with what single futures show of each, by its own value there."""
        key = self._asked.key
        places = [self._names.index(one.name) for one in candidates]
        own = [
            row_value_at(key, self._sums(place, _took_part(one))) for place, one in zip(places, candidates, strict=True)
        ]
        best = None if self._measure.is_chance else shares_of_best(own, higher=self._asked.higher)
        return tuple(
            replace(
                one,
                single=Single(
                    spread_of(key, values),
                    spread_between(key, own[0][: values.size], values),
                    None if best is None else best[place],
                ),
            )
            for place, (one, values) in enumerate(zip(candidates, own, strict=True))
        )

    def _candidate(self, system: int, ahead: int, selection: Selection, out_after: int | None) -> Candidate:
        number = out_after or selection.after
        own, best = (value_at(self._asked.key, self._sums(self.places[one], number)) for one in (system, ahead))
        place = self.places[system]
        check_sound(self._names[place], {self._asked.key: own})
        return Candidate(
            self._names[place],
            self._everyone[place],
            selection.drawn[system],
            estimate_of(self._asked.key, own),
            difference_of(self._asked.key, best, own),
            out_after,
        )

    def _sums(self, place: int, number: int) -> Sums:
        own, *base = (assembled(self._kept[one].pieces(), range(number))[0] for one in (place, *self._base))
        return beside_base(own, base[0]) if base else own

    def _observed(self, place: int, upto: int) -> Floats:
        sums = self._sums(place, upto)
        part = self._asked.key.partition(".")[2]
        if part and part not in parts(self._measure, sums):
            there = ", ".join(parts(self._measure, sums)) or "none"
            raise RankError(f"{self._asked.key}: {self._names[place]} has no such part; parts are {there}")
        found = observations(self._measure, self._asked.key, sums, self._asked.rule.first)
        empty = int(np.isnan(found).sum())
        if empty:
            raise RankError(
                f"{self._asked.key} has no value in {empty:,} of the first {upto:,} runs of {self._names[place]}; "
                "rank by a measure that has one in every run"
            )
        return found

    def _check_leaks(self, piece: Piece) -> None:
        told = {f"{name}: {leak}" for name, leaks in zip(self._names, piece.leaks, strict=False) for leak in leaks}
        if told:
            raise RankError(f"a fault of the program makes this ranking worthless: {'; '.join(sorted(told))}")

    def _check_spread(self, places: Sequence[int], observed: Floats) -> None:
        """Refuse to choose between scenarios whose first runs are all alike, unless there are many."""
        if self._measure.is_chance or len(observed) >= ALIKE:
            return
        prints, size = [self._everyone[place].fingerprint for place in places], largest(observed)
        told = ", ".join(
            f"{self._names[places[i]]} and {self._names[places[j]]}"
            for i, j in combinations(range(len(places)), 2)
            if prints[i] != prints[j] and alike(observed[:, i] - observed[:, j], size)
        )
        if told:
            raise RankError(
                f"{self._asked.key} differs by the same in each of the first {len(observed)} runs of {told}, so "
                f"nothing is known of how it varies; use --first {ALIKE} or more"
            )


def _took_part(one: Candidate) -> int:
    """Return over how many runs a candidate's figures are."""
    return one.runs if one.out_after is None else one.out_after


def shares_of_best(own: Sequence[Floats], *, higher: bool) -> list[float] | None:
    """Return in which share of the futures that all took part in no other candidate is better; None of too few."""
    together = min(values.size for values in own)
    values = (1.0 if higher else -1.0) * np.stack([one[:together] for one in own])
    known = values[:, np.isfinite(values).all(axis=0)]
    return None if known.shape[1] < FEWEST else (known == known.max(axis=0)).mean(axis=1).tolist()


def observations(measure: Measure, key: str, sums: Sums, first: int) -> Floats:
    """Return one observation a replication, such that what was observed before stays as more are added.

    A measure with a value of its own in each replication gives that. Of one found over all replications together, θ,
    the sum of n observations is n·θ of the first n: the first stage holds its pseudo-values (shifted to add up to
    that), which give the variance, and each later observation is what one more replication adds.
    """
    if measure.how == "mean":
        return value_at(key, sums)
    start = value_at(key, {name: values[:first] for name, values in sums.items()})
    growing = row_value_at(key, {name: np.cumsum(values, axis=0) for name, values in sums.items()})
    total = np.arange(1, growing.size + 1) * growing
    shifted = start - float(np.mean(start)) + growing[first - 1]
    return np.concatenate((shifted, np.diff(total[first - 1 :])))
