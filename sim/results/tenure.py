"""Read jobs from the facts, and how long they last: occurrences and exposure by month since a start.

A job is seen from the scenario's start or its hire, whichever is later (left truncation), to the peer's exit or the
end (right censoring). In month b the hazard is exits over peer-months lived, d/e; the share kept for m months is
exp(−Σ d/e over the months before m), the Kaplan–Meier curve in its occurrence–exposure form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from sim.model.world import log
from sim.results.blocks import Block, Floats, Rows, adder, months_of, replications_of
from sim.units import MONTHS_PER_YEAR

LONGEST = 120  # months since the start of a spell that are followed
STILL_THERE = -1


@dataclass(frozen=True)
class Spells:
    """Spells: months since their start at which they come into view and end, and why they end.

    `place` is the replication's; `cause` is a code of `sim.model.rules.turnover.CAUSES`, or STILL_THERE; `since` and
    `ended` are when they started and ended, in months since the scenario's start. Who is laid off at a close leaves at
    a whole month: `since` and `until` added up may miss it by the last bit, and a date is held against `ended` alone.
    """

    place: Rows
    seen_from: Floats
    until: Floats
    cause: Rows
    since: Floats
    ended: Floats

    def __add__(self, other: Spells) -> Spells:
        """Return both, one after another."""
        names = (one.name for one in fields(self))
        return Spells(*(np.concatenate((getattr(self, name), getattr(other, name))) for name in names))

    def chosen(self, which: NDArray[np.bool_]) -> Spells:
        """Return some of them."""
        return Spells(*(getattr(self, one.name)[which] for one in fields(self)))


def jobs(block: Block, numbers: Rows) -> Spells:
    """Return one spell for each job, counted from the hire; its place is that of the replication."""
    by_employer = jobs_by_employer(block)
    return replace(by_employer, place=adder(block, numbers).place[by_employer.place])


def jobs_by_employer(block: Block) -> Spells:
    """Return one spell for each job, counted from the hire; its place is the employer's in the block."""
    facts = block.facts
    begun = np.isin(facts["kind"], (log.OPENING, log.HIRED))
    place = _employer(block, facts["row"][begun])
    hired = facts["hired"][begun].astype(np.float64)
    ended, cause = _ends(block, begun, float(months_of(block)))
    return Spells(place, np.maximum(0.0, -hired), ended - hired, cause, hired, ended)


def on_rung(block: Block, numbers: Rows, rung: str) -> Spells:
    """Return one spell for each stay on a rung, counted from its beginning; a promotion ends sight of it.

    Peers who were on a rung above entry at the start are left out: when they came to it is not on record.
    """
    if rung not in block.rungs:
        nobody = np.zeros(0, dtype=np.int64)
        return Spells(nobody, np.zeros(0), np.zeros(0), nobody, np.zeros(0), np.zeros(0))
    facts, number, end = block.facts, block.rungs.index(rung), float(months_of(block))
    kind = facts["kind"]
    begun = (kind == log.PROMOTED) & (facts["rung"] == number)
    if number == 0:
        begun = np.isin(kind, (log.OPENING, log.HIRED)) & (facts["rung"] == 0)
    start = facts["hired" if number == 0 else "time"][begun].astype(np.float64)
    ended, cause = _ends(block, begun, end)
    raised = (kind == log.PROMOTED) & (facts["rung"] == number + 1)
    left_rung = _matched(_person(block, begun), _person(block, raised), facts["time"][raised], end)
    cause = np.where(left_rung < ended, STILL_THERE, cause)
    place = adder(block, numbers).place[_employer(block, facts["row"][begun])]
    ended = np.minimum(ended, left_rung)
    return Spells(place, np.maximum(0.0, -start), ended - start, cause, start, ended)


def _employer(block: Block, rows: NDArray[np.int64]) -> Rows:
    return np.asarray(rows, dtype=np.int64) // block.posts


def _person(block: Block, chosen: NDArray[np.bool_]) -> Rows:
    """Return a number for each job: post and ordinal."""
    facts = block.facts
    ordinals = int(facts["ordinal"].max(initial=0)) + 1
    return np.asarray(facts["row"][chosen], dtype=np.int64) * ordinals + facts["ordinal"][chosen].astype(np.int64)


def _ends(block: Block, begun: NDArray[np.bool_], end: float) -> tuple[Floats, Rows]:
    """Return when the chosen jobs end and why."""
    facts = block.facts
    left = facts["kind"] == log.LEFT
    person, gone = _person(block, begun), _person(block, left)
    ended = _matched(person, gone, facts["time"][left], end)
    cause = _matched(person, gone, facts["detail"][left], float(STILL_THERE))
    return ended, cause.astype(np.int64)


def _matched(wanted: Rows, known: Rows, values: NDArray[np.float64], otherwise: float) -> Floats:
    """Return the value of each wanted number; every number is known once at most."""
    if not known.size:
        return np.full(wanted.size, otherwise)
    order = np.argsort(known)
    at = np.minimum(np.searchsorted(known, wanted, sorter=order), known.size - 1)
    found = known[order[at]] == wanted
    return np.where(found, values[order[at]], otherwise)


# occurrences and exposure ----------------------------------------------------------------------------------------


def exposure(spells: Spells, size: int, months: int = LONGEST) -> Floats:
    """Return the months lived in each month since the start, shape (size, months)."""
    return _lived_before(spells.place, spells.until, size, months) - _lived_before(
        spells.place, spells.seen_from, size, months
    )


def _lived_before(place: Rows, span: Floats, size: int, months: int) -> Floats:
    """Return Σ over spans of the part that lies in each month."""
    capped = np.clip(span, 0.0, float(months))
    last = np.minimum(capped.astype(np.int64), months - 1)
    at = place * months + last
    number = np.bincount(at, minlength=size * months).reshape(size, months)
    part = np.bincount(at, weights=capped - last, minlength=size * months).reshape(size, months)
    longer = number[:, ::-1].cumsum(axis=1)[:, ::-1] - number
    return np.asarray(longer + part, dtype=np.float64)


def occurrences(spells: Spells, size: int, cause: int | None = None, months: int = LONGEST) -> Floats:
    """Return the exits, or those for one cause, in each month since the start, shape (size, months)."""
    counted = spells.cause != STILL_THERE if cause is None else spells.cause == cause
    counted &= spells.until < months
    at = spells.place[counted] * months + spells.until[counted].astype(np.int64)
    return np.bincount(at, minlength=size * months).reshape(size, months).astype(np.float64)


def in_year(spells: Spells, year: int) -> Spells:
    """Return what is seen of spells in one year since the scenario's start, its end included."""
    first = MONTHS_PER_YEAR * year - spells.since
    last, year_end = first + MONTHS_PER_YEAR, MONTHS_PER_YEAR * (year + 1)
    seen, until = np.maximum(spells.seen_from, first), np.minimum(spells.until, last)
    cause = np.where(spells.ended <= year_end, spells.cause, STILL_THERE)
    own = replace(spells, seen_from=seen, until=until, cause=cause, ended=np.minimum(spells.ended, year_end))
    return own.chosen((spells.ended > MONTHS_PER_YEAR * year) & (spells.seen_from < last))


def in_bands(spells: Spells, size: int, edges: Sequence[int]) -> tuple[Floats, Floats]:
    """Return exits and months lived by band of tenure, shape (size, bands) each.

    A band reaches from an edge, in months, to the next; the last one has no end.
    """
    most = edges[-1]
    late = (spells.cause != STILL_THERE) & (spells.until >= most)
    beyond = np.maximum(0.0, spells.until - np.maximum(spells.seen_from, float(most)))
    told = occurrences(spells, size, months=most), exposure(spells, size, months=most)
    rest = (np.bincount(spells.place, weights=one, minlength=size)[:, None] for one in (late, beyond))
    banded = (np.add.reduceat(one, edges[:-1], axis=1) for one in told)
    exits, lived = (np.concatenate(both, axis=1) for both in zip(banded, rest, strict=True))
    return exits, lived


def kept(events: Floats, lived: Floats) -> Floats:
    """Return the share kept at 0, 1, 2 … months; NaN from the first month in which nobody was in sight."""
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(lived > 0, events / np.where(lived > 0, lived, 1.0), np.nan)
    start = np.zeros((*hazard.shape[:-1], 1))
    return np.asarray(np.exp(-np.concatenate((start, np.cumsum(hazard, axis=-1)), axis=-1)))


def retention_curve(
    blocks: Sequence[Block], cause: int | None = None, rung: str | None = None, months: int = LONGEST
) -> Floats:
    """Return the share of newcomers still there after 0, 1, 2 … months, over all replications.

    With a cause, the share that would stay if that were the only way to leave; with a rung, counted from when a peer
    comes to it, a promotion being no exit.
    """
    numbers = replications_of(blocks)
    spells = [jobs(block, numbers) if rung is None else on_rung(block, numbers, rung) for block in blocks]
    events = sum(occurrences(one, numbers.size, cause, months) for one in spells)
    lived = sum(exposure(one, numbers.size, months) for one in spells)
    return kept(np.sum(events, axis=0), np.sum(lived, axis=0))
