"""Add up what happened, by replication: all that measures are made from.

A sum has one row a replication. Everything is added in the same order whatever else a block holds, so that sums
have the same bits in any block size; rows of several blocks are simply put one after another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import add as plus
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.turnover import CAUSES, CLOSURE, DESTINATIONS, LAYOFF, RETURN_TO_USE, VOLUNTARY
from sim.model.world import log
from sim.model.world.log import Table
from sim.results.blocks import Adder, Block, Floats, Rows, Sums, adder, months_of, replications_of
from sim.results.books import BOOK, book_sums
from sim.results.fiscal import fiscal_years
from sim.results.flows import newcomers
from sim.results.kinds.sums import apart
from sim.results.measures.formulas import AS_NEW, OF_BASE, STANDARD
from sim.results.money import money_sums
from sim.results.tenure import (
    STILL_THERE,
    Spells,
    exposure,
    in_bands,
    in_year,
    jobs,
    jobs_by_employer,
    occurrences,
    on_rung,
)
from sim.scenario.rows import Ran, plans_of
from sim.units import MONTHS_PER_YEAR

PER_MONTH = (  # columns of the panel whose sum over months is all that is needed
    "paid_hours",
    "asked",
    "delivered",
    "dropped",
    "broken",
    "clients",
    "peers",
    "burned_out",
    "burnout_sum",
    "satisfaction_sum",
    "role_clarity_sum",
    "recovery_sum",
    "wage_sum",
    "wage_ratio_sum",
    "below_living_wage",
    "living_wage_gap",
    "white",
    "white_wage_sum",
)
MOVES = ("moved_in", "moved_out")  # columns there are only where people move between employers
BY_HOUSEHOLD = (("household.", "peers."), ("below.", "below_living_wage."))
FOLLOWED = 60  # months of tenure that measures of retention need
FOLLOWED_ON_RUNG = 12
# of tenure, from month; narrow where leaving moves
BANDS: Final = (0, 1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)
MIDDLES: Final[Floats] = np.array([*((low + high) / 2.0 for low, high in pairwise(BANDS)), BANDS[-1] + 24.0])  # months
LOST_AS_NEW: Final = "posts_lost_as_new"
LOSSES: Final = (LAYOFF, CLOSURE)  # causes by which a post is lost to whoever holds it


def gather(blocks: Sequence[Block], scenario: Ran, base: Ran | None = None) -> Sums:
    """Return the sums of one scenario's result, one block a kind of employer.

    Args:
        blocks: what `simulate` returned for the scenario.
        scenario: the scenario that was run.
        base: the scenario whose opening it started from, which knows who pays its claims still unpaid.
    """
    numbers = replications_of(blocks)
    kinds = {plan.name: plan for plan in plans_of(scenario)}
    opening = {plan.name: plan for plan in plans_of(base or scenario)}
    years = fiscal_years(base or scenario, months_of(blocks[0]))
    total: Sums = _time(blocks, numbers)
    for block in blocks:
        add = adder(block, numbers)
        own = _panel_sums(block, add) | people_sums(block, add)
        _add(total, own)
        total |= apart(block, own) if len(blocks) > 1 else {}
        both = (kinds[block.kind], opening[block.kind])
        _add(total, money_sums(block, add, both))
        _add(total, {BOOK + name: values for name, values in book_sums(block, add, both, years).items()})
    total["months_open"] = total.pop("open_months") / total["employers"]
    return total | job_sums(blocks, numbers) | rung_sums(blocks, numbers)


def beside_base(own: Sums, base: Sums) -> Sums:
    """Return the sums of a scenario with those of its base by which leaving is standardized."""
    return own | {STANDARD + name: values for name, values in base.items() if name in OF_BASE}


def all_beside_base(everyone: Sequence[Sums]) -> tuple[Sums, ...]:
    """Return the sums of several scenarios, the base first, each with what is standardized on the base."""
    return tuple(beside_base(own, everyone[0]) for own in everyone)


def joined(parts: Sequence[Sums]) -> Sums:
    """Return the sums of several blocks of replications as one."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _add(total: Sums, more: Mapping[str, np.ndarray]) -> None:
    for name, values in more.items():
        total[name] = total[name] + values if name in total else values


def open_months(panel: Table) -> NDArray[np.bool_]:
    """Return which months each employer lived, shape (months, employers): that of its closing is the last."""
    closed = np.roll(panel["closed"], 1, axis=0).astype(bool)  # a month's column tells of its close
    closed[0] = False
    return ~closed


def _time(blocks: Sequence[Block], numbers: Rows) -> Sums:
    months = float(months_of(blocks[0]))
    employers = sum(block.replications.size for block in blocks) / numbers.size
    constants = {"months": months, "years": months / MONTHS_PER_YEAR, "employers": employers}
    return {name: np.full(numbers.size, value) for name, value in constants.items()}


def _panel_sums(block: Block, add: Adder) -> Sums:
    """Return sums over the months, and what stands at the end."""
    panel = block.panel
    sums = {name: add.months(panel[name]) for name in PER_MONTH}
    for prefix, name in BY_HOUSEHOLD:
        sums |= {name + key.removeprefix(prefix): add.months(panel[key]) for key in panel if key.startswith(prefix)}
    filled = panel["in_post"] + panel["leave_time"]
    sums["filled_months"] = add.months(filled)
    sums["filled_years"] = sums["filled_months"] / MONTHS_PER_YEAR
    lived = open_months(panel)
    sums["open_months"] = add.months(lived)
    sums["post_months"] = add.months(np.where(lived, np.maximum(panel["posts"], filled), 0.0))
    sums["median_wage_sum"] = add.months(np.where(panel["peers"] > 0, panel["median_wage"], 0.0) * panel["peers"])
    sums["backlog_end"] = add.employers(panel["backlog"][-1])
    frozen = np.roll(panel["frozen"], 1, axis=0)  # a month's column tells of the month that follows
    frozen[0] = False
    sums["frozen_months"] = add.months(frozen)
    nobody = np.zeros_like(filled)
    return sums | {name: add.months(panel.get(name, nobody)) for name in MOVES}


# people: exits, promotions, leaves, and who stays how long -------------------------------------------------------


def people_sums(block: Block, add: Adder) -> Sums:
    """Return the number of exits, promotions, leaves and returns, and the months waited for promotions."""
    facts = block.facts
    kind, place = facts["kind"], add.place[facts["row"].astype(np.int64) // block.posts]
    left = kind == log.LEFT
    sums = {"left": add.of(place[left])}
    for code, cause in enumerate(CAUSES):
        sums[f"left.{cause}"] = add.of(place[left & (facts["detail"] == code)])
    quit_job = left & (facts["detail"] == VOLUNTARY)
    sums["quits"] = add.of(place[quit_job])
    for code, destination in enumerate(DESTINATIONS):
        sums[f"quits.{destination}"] = add.of(place[quit_job & (facts["destination"] == code)])
    sums["returned"] = add.of(place[kind == log.RETURNED])
    sums["returns_to_use"] = add.of(place[_return_to_use(block)])
    promoted = kind == log.PROMOTED
    sums["promoted"] = add.of(place[promoted])
    sums["hired"] = add.of(place[kind == log.HIRED])
    sums["hired_and_promoted"] = add.of(place[promoted & (facts["rung"] == 1) & newcomers(block)])
    waited = _waited(block)
    known = ~np.isnan(waited)
    sums["waits"] = add.of(place[promoted][known])
    sums["waited_months"] = add.of(place[promoted][known], waited[known])
    return sums


def _person(block: Block) -> Rows:
    """Return a number for the job that each fact belongs to."""
    facts = block.facts
    ordinals = int(facts["ordinal"].max(initial=0)) + 1
    return facts["row"].astype(np.int64) * ordinals + facts["ordinal"].astype(np.int64)


def _return_to_use(block: Block) -> np.ndarray:
    """Return which facts are returns to use: a leave begins, or a peer leaves for it and not from that leave."""
    facts, person = block.facts, _person(block)
    kind = facts["kind"]
    left = (kind == log.LEFT) & (facts["detail"] == RETURN_TO_USE)
    never_back = np.setdiff1d(person[kind == log.LEAVE], person[kind == log.RETURNED])
    return np.asarray((kind == log.LEAVE) | (left & ~np.isin(person, never_back)))


def _waited(block: Block) -> Floats:
    """Return the months from coming to the rung below to each promotion; NaN where that was before the start."""
    facts = block.facts
    chosen = facts["kind"] == log.PROMOTED
    person, time = _person(block)[chosen], facts["time"][chosen].astype(np.float64)
    order = np.lexsort((time, person))
    since = np.where(facts["rung"][chosen] == 1, facts["hired"][chosen], np.nan)
    again = np.flatnonzero(person[order][1:] == person[order][:-1]) + 1
    since[order[again]] = time[order[again - 1]]
    return np.asarray(time - since, dtype=np.float64)


def job_sums(blocks: Sequence[Block], numbers: Rows) -> Sums:
    """Return exits and exposure by month and by band of tenure, who stays for a year, and the median tenure."""
    spells = reduce(plus, (jobs(block, numbers) for block in blocks))
    size, months = numbers.size, months_of(blocks[0])
    stayed, were_there = _stays(blocks, numbers)
    return _by_kind(blocks, numbers) | {
        "exits_by_tenure": occurrences(spells, size, months=FOLLOWED),
        "lived_by_tenure": exposure(spells, size, months=FOLLOWED),
        "stayed_a_year": stayed.sum(axis=1),
        "there_a_year_before": were_there.sum(axis=1),
        "stayed_the_first_year": stayed[:, 0],
        "there_at_start": were_there[:, 0],
        **_from_the_start(spells, size),
        "median_tenure": _median_tenure(spells, size) if months else np.full(size, np.nan),
    }


def rung_sums(blocks: Sequence[Block], numbers: Rows) -> Sums:
    """Return exits and exposure by month since a promotion: to any rung above entry, and to each."""
    nothing = np.zeros((numbers.size, FOLLOWED_ON_RUNG))
    sums: Sums = {"exits_on_rung": nothing, "lived_on_rung": nothing}
    for rung in dict.fromkeys(rung for block in blocks for rung in block.rungs[1:]):
        spells = reduce(plus, (on_rung(block, numbers, rung) for block in blocks))
        exits = occurrences(spells, numbers.size, months=FOLLOWED_ON_RUNG)
        lived = exposure(spells, numbers.size, months=FOLLOWED_ON_RUNG)
        sums |= {f"exits_on_rung.{rung}": exits, f"lived_on_rung.{rung}": lived}
        sums |= {"exits_on_rung": sums["exits_on_rung"] + exits, "lived_on_rung": sums["lived_on_rung"] + lived}
    return sums


def _from_the_start(spells: Spells, size: int) -> Sums:
    """Return exits and exposure by month of the first year of those there at the start.

    Who loses the post to a layoff or a closure is no exit here.
    """
    there = spells.chosen(spells.since <= 0)
    cause = np.where(np.isin(there.cause, LOSSES), STILL_THERE, there.cause)
    start = np.zeros_like(there.ended)
    own = replace(there, seen_from=start, until=there.ended, cause=cause, since=start)
    told = (occurrences(own, size, months=MONTHS_PER_YEAR), exposure(own, size, months=MONTHS_PER_YEAR))
    return dict(zip(("exits_from_start", "lived_from_start"), told, strict=True))


def _by_kind(blocks: Sequence[Block], numbers: Rows) -> Sums:
    """Return exits, months lived and exits expected in cells of tenure: one kind after another, year after year.

    Cells are bands of tenure, and newcomers' months. Who loses the post to a layoff or a closure is no exit here; those
    among newcomers are counted beside, by month, all kinds together.
    """
    told = [_by_year(block, adder(block, numbers)) for block in blocks]
    sums = {name: np.concatenate([one[name] for one in told], axis=1) for name in told[0] if name != LOST_AS_NEW}
    return sums | {LOST_AS_NEW: sum((one[LOST_AS_NEW] for one in told[1:]), told[0][LOST_AS_NEW])}


def _by_year(block: Block, add: Adder) -> Sums:
    """Return the same of one kind.

    Expected are the months lived times the hazard that tenure alone brings each employer's people as the base opens.
    """
    spells, size = jobs_by_employer(block), block.replications.size
    lost = np.isin(spells.cause, LOSSES)
    own = replace(spells, cause=np.where(lost, STILL_THERE, spells.cause))
    years = [in_year(own, year) for year in range(-(-months_of(block) // MONTHS_PER_YEAR))]
    banded = [in_bands(one, size, BANDS) for one in years]
    new = [(occurrences(one, size, months=AS_NEW), exposure(one, size, months=AS_NEW)) for one in years]
    sums = _cells("by_band", banded, block.leaving.at(MIDDLES, size), add)
    sums |= _cells("as_new", new, block.leaving.at(np.arange(0.5, AS_NEW, dtype=np.float64), size), add)
    losses = replace(spells, cause=np.where(lost, spells.cause, STILL_THERE))
    return sums | {LOST_AS_NEW: add.rows(occurrences(losses, size, months=AS_NEW))}


def _cells(name: str, years: Sequence[tuple[Floats, Floats]], hazard: Floats, add: Adder) -> Sums:
    """Return exits, months lived and exits expected by replication, shape (replications, years · cells)."""
    told = [(exits, lived, lived * hazard) for exits, lived in years]
    nothing = np.zeros((add.size, 0))
    names = (f"{what}_{name}" for what in ("exits", "lived", "expected"))
    return {
        key: np.concatenate([nothing, *(add.rows(one[side]) for one in told)], axis=1) for side, key in enumerate(names)
    }


def _stays(blocks: Sequence[Block], numbers: Rows) -> tuple[Floats, Floats]:
    """Return, for each whole year, who is there at its end of those who were at its beginning, and these.

    Shapes are (replications, years); one year of nobody where there is no whole one.
    """
    ends = range(MONTHS_PER_YEAR, months_of(blocks[0]) + 1, MONTHS_PER_YEAR)
    stayed, before = np.zeros((2, numbers.size, max(1, len(ends))))
    for block in blocks:
        add, spells = adder(block, numbers), jobs(block, numbers)
        begun = np.isin(block.facts["kind"], (log.OPENING, log.HIRED))
        start = np.maximum(0.0, block.facts["hired"][begun])
        end = np.where(spells.cause == STILL_THERE, np.inf, spells.ended)
        for year, year_end in enumerate(ends):
            there = (start <= year_end - MONTHS_PER_YEAR) & (end > year_end - MONTHS_PER_YEAR)
            before[:, year] += add.of(spells.place[there])
            stayed[:, year] += add.of(spells.place[there & (end > year_end)])
    return stayed, before


def _median_tenure(spells: Spells, size: int) -> Floats:
    """Return the median months in the job of those who are there at the end; NaN where nobody is."""
    still = spells.cause == STILL_THERE
    place, tenure = spells.place[still], spells.until[still]
    ordered = tenure[np.lexsort((tenure, place))]
    number = np.bincount(place, minlength=size)
    first = np.cumsum(number) - number
    if not ordered.size:
        return np.full(size, np.nan)
    last = ordered.size - 1
    low = ordered[np.minimum(first + np.maximum(number - 1, 0) // 2, last)]
    high = ordered[np.minimum(first + number // 2, last)]
    return np.where(number > 0, (low + high) / 2.0, np.nan)
