"""Change one input of any scenario that can be built and compare the two paths, luck by luck."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult, simulate
from sim.scenario.patch import put, split
from tests.property.drawn import Tables
from tests.property.reading import careers
from tests.property.sources import fees, grants
from tests.property.worlds import built, tables

FEE, AWARD = "medicaid", "block_grant"
TIME_ROUNDING = 1e-9
REPLICATIONS = 2


def altered(table: Tables, **settings: Any) -> Tables:
    """Return tables with inputs set by address, `__` for a dot."""
    for address, value in settings.items():
        table = put(table, split(address.replace("__", ".")), value)
    return table


def both(base: Tables, alternative: Tables) -> tuple[BlockResult, BlockResult]:
    """Run a base and an alternative to it on the same opening and the same luck."""
    seed = base["experiment"]["seed"]
    [[one], [other]] = simulate(built(base), [built(alternative)], range(REPLICATIONS), seed)
    return one, other


# --- worlds -------------------------------------------------------------------------------------------------------


@st.composite
def uncoupled(draw: DrawFn) -> Tables:
    """Draw the tables of one employer where nothing acts back: feedback and the employer's rules are off."""
    table = draw(tables(observed=False, portfolio=False))
    table = altered(table, experiment__feedback=False, rules__enforce=False, pay__pass_through_share=0.0)
    for change in table["change"]:
        change["set"].pop("pay.pass_through_share", None)
    table["change"] = [change for change in table["change"] if change["set"]]
    return table


@st.composite
def with_money(draw: DrawFn) -> Tables:
    """Draw an uncoupled employer with a fee-for-service source and an award, the award first in the braiding.

    No award pays for "other" cost. It would pay for interest and rework, and with its part of overhead for more than
    they cost: then what costs money can bring money.
    """
    table = draw(uncoupled())
    horizon = table["horizon"]
    grant = draw(grants(horizon["start"], horizon["months"]))
    paid = [kind for kind in grant.get("pays_for", ("wages", "fringe", "overhead")) if kind != "other"]
    fee = draw(fees(1)) | {"audit_chance_per_year": 0.0}
    return altered(
        table,
        funding={FEE: fee, AWARD: grant | {"pays_for": paid or ["wages"]}},
        rules__braiding=[AWARD, FEE],
        change=[],
    )


@st.composite
def with_careers(draw: DrawFn) -> Tables:
    """Draw an uncoupled employer whose peers differ by wage and support, and leave once.

    Rungs are raises over the one below and open to all who qualify, so that a better wage below leaves the prospects
    as they are and nobody stands in another's way. Hires do not wait for the wage: who is hired at the start is hired
    at the same time in both runs. Nobody goes on supported leave, from which some come back for a second spell.
    """
    table = draw(uncoupled())
    ladder = {name: rung | {"pay": {"kind": "raise", "share": 0.15}} for name, rung in table["ladder"].items()}
    ladder = {name: rung | {"slots": {"kind": "open"}} for name, rung in ladder.items()}
    table = altered(
        table,
        ladder=ladder,
        practices__supported_leave_share=0.0,
        recruitment__wage_elasticity=0.0,
        effects__scale=draw(st.sampled_from((1.0, 0.5))),
        turnover__level={"kind": "hazards", "voluntary_per_year": draw(st.floats(0.2, 2.0))},
        change=[],
    )
    table["posts"]["number"] = max(4, table["posts"]["number"])
    return table


# --- what is compared -----------------------------------------------------------------------------------------------


def cash_paths(one: BlockResult, other: BlockResult) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the cash of every employer of two runs at every time at which any cash moves in either."""
    moments = np.union1d(one.lines["time"], other.lines["time"])
    return _cash(one, moments), _cash(other, moments)


def _cash(result: BlockResult, moments: NDArray[np.float64]) -> NDArray[np.int64]:
    moved = np.zeros((result.replications.size, moments.size), dtype=np.int64)
    at = np.searchsorted(moments, result.lines["time"])
    np.add.at(moved, (result.lines["employer"].astype(int), at), result.lines["cents"].astype(np.int64))
    return result.opening_cash + moved.cumsum(axis=1)


def first_tenures(one: BlockResult, other: BlockResult) -> list[tuple[float, float]]:
    """Return when the first occupants of every post leave in two runs; infinite for those who stay.

    First occupants are those of the opening and those hired into a post that was vacant then: their times of hire are
    the same in both runs. Those who follow are not compared: they begin when others have left.
    """
    ends = []
    for result in (one, other):
        firsts: dict[int, tuple[int, float, float]] = {}
        for career in careers(result):
            firsts.setdefault(career.row, (career.ordinal, career.began, career.ended))
        ends.append(firsts)
    assert set(ends[0]) == set(ends[1])
    pairs = [(ends[0][row], ends[1][row]) for row in ends[0]]
    assert all(before[:2] == after[:2] for before, after in pairs)
    return [(before[2], after[2]) for before, after in pairs]
