"""The engine compared with the plain reference, fact by fact, cent by cent, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import CAUSES, Baseline
from sim.model.world import log
from sim.scenario.schema import Scenario
from tests.reference import model as plain
from tests.reference.facts import Outcome

TIME_TOLERANCE = 1e-9
SUM_TOLERANCE = 1e-7  # relative: sums over posts are added in another order
PANEL = (
    "filled",
    "on_leave",
    "funded",
    "frozen",
    "closed",
    "hires",
    "exits",
    "cash",
    "receivable",
    "capacity",
    "demand",
    "wanted",
    "delivered",
    "dropped",
    "backlog",
    "lost",
    "clients",
    "workload",
    "supervision_penalty",
    "funding_certainty",
    "paid_hours",
    "worked_hours",
    "ramp_up_hours",
    "productive_hours",
    "liquidity",
    "due",
    "separation_cost",
    "hiring_cost",
    "cover_cost",
    "bonuses",
    "ramp_up_usd",
    "uncertified_hours",
)
MARKET = ("moved_in", "moved_out", "pool")  # of members of a market between whose employers people move
BY_SOURCE = ("units", "billed", "denied", "charged", "awarded", "available")

Entry = tuple[Any, ...]


def first_difference(base: Scenario, scenario: Scenario | None, replication: int, seed: int = 1) -> str | None:
    """Return the earliest difference between the two ways of running the model, or None."""
    return run_both(base, scenario, replication, seed)[0]


def run_both(base: Scenario, scenario: Scenario | None, replication: int, seed: int = 1) -> tuple[str | None, Outcome]:
    """Return the earliest difference, or None, with what the plain way of running the model left behind."""
    alternatives = [] if scenario is None else [scenario]
    solved: dict[str, Baseline] = {}
    blocks = simulate(base, alternatives, [replication], seed, solved)[-1]
    outcome = plain.run(base, scenario, replication, seed, solved)  # type: ignore[arg-type]
    differences = [
        *_unequal(list(engine_facts(blocks)), list(plain_facts(outcome)), "fact"),
        *_unequal(list(engine_funding(blocks)), list(plain_funding(outcome)), "funding"),
        *_unequal(list(engine_lines(blocks)), list(plain_lines(outcome)), "line"),
        *_panel_differences(blocks, outcome),
    ]
    return min(differences)[1] if differences else None, outcome


def _unequal(ours: list[Entry], theirs: list[Entry], what: str) -> Iterator[tuple[float, str]]:
    """Yield (time, description) of the first entry that differs; an entry begins with time."""
    ours, theirs = sorted(ours, key=_rounded), sorted(theirs, key=_rounded)
    for mine, other in zip(ours, theirs, strict=False):
        if not _same(mine, other):
            yield min(mine[0], other[0]), f"{what}: engine {mine}, reference {other}"
            return
    if len(ours) != len(theirs):
        more, who = (ours, "engine") if len(ours) > len(theirs) else (theirs, "reference")
        extra = more[min(len(ours), len(theirs))]
        yield extra[0], f"{what}: only the {who} has {extra}"


def _rounded(entry: Entry) -> Entry:
    return tuple(round(part, 7) if isinstance(part, float) else part for part in entry)


def _same(mine: Sequence[Any], other: Sequence[Any]) -> bool:
    pairs = list(zip(mine, other, strict=True))
    if abs(pairs[0][0] - pairs[0][1]) > TIME_TOLERANCE:
        return False
    return all(_close(a, b) for a, b in pairs[1:])


def _close(a: Any, b: Any) -> bool:
    if isinstance(a, float) or isinstance(b, float):
        return bool(abs(a - b) <= SUM_TOLERANCE * max(1.0, abs(a), abs(b)))
    return bool(a == b)


def engine_facts(blocks: list[BlockResult]) -> Iterator[Entry]:
    """Yield (time, owner, post, ordinal, kind, detail, wage)."""
    for block in blocks:
        facts = block.facts
        for n in range(facts["time"].size):
            kind, row = log.KINDS[int(facts["kind"][n])], int(facts["row"][n])
            rung = block.rungs[int(facts["rung"][n])]
            detail = {"left": CAUSES[int(facts["detail"][n])]}.get(kind, "")
            detail = rung if kind in {"opening", "hired", "promoted"} else detail
            owner, post = int(block.owners[row // block.posts]), row % block.posts
            yield float(facts["time"][n]), owner, post, int(facts["ordinal"][n]), kind, detail, float(facts["wage"][n])


def plain_facts(outcome: Outcome) -> Iterator[Entry]:
    """Yield the same of the reference."""
    for f in outcome.facts:
        yield f.time, f.employer, f.post, f.ordinal, f.kind, f.detail, f.wage


def engine_funding(blocks: list[BlockResult]) -> Iterator[Entry]:
    """Yield (time, owner, source, kind, cents)."""
    for block in blocks:
        table = block.funding
        for n in range(table["time"].size):
            source = block.sources[int(table["source"][n])] if table["source"][n] >= 0 else ""
            kind = log.FUNDING_KINDS[int(table["kind"][n])]
            yield (
                float(table["time"][n]),
                int(block.owners[int(table["employer"][n])]),
                source,
                kind,
                int(table["cents"][n]),
            )


def plain_funding(outcome: Outcome) -> Iterator[Entry]:
    """Yield the same of the reference."""
    for f in outcome.funding_facts:
        yield f.time, f.employer, f.source, f.kind, f.cents


def engine_lines(blocks: list[BlockResult]) -> Iterator[Entry]:
    """Yield (time, owner, kind, source, cents)."""
    for block in blocks:
        table = block.lines
        for n in range(table["time"].size):
            source = block.sources[int(table["source"][n])] if table["source"][n] >= 0 else ""
            kind = log.LINE_KINDS[int(table["kind"][n])]
            yield (
                float(table["time"][n]),
                int(block.owners[int(table["employer"][n])]),
                kind,
                source,
                int(table["cents"][n]),
            )


def plain_lines(outcome: Outcome) -> Iterator[Entry]:
    """Yield the same of the reference."""
    for line in outcome.ledger:
        yield line.time, line.employer, line.kind, line.source, line.cents


def _panel_differences(blocks: list[BlockResult], outcome: Outcome) -> Iterator[tuple[float, str]]:
    where = {int(owner): (block, place) for block in blocks for place, owner in enumerate(block.owners)}
    for month in outcome.months:
        block, place = where[month["employer"]]
        k = month["month"]
        market = ((name, month[name]) for name in MARKET if name in block.panel)
        for name, theirs in (*_panel_values(month), *market):
            ours = block.panel[name][k, place].item()
            if not _close(ours, theirs):
                yield (
                    k + 0.9999,
                    f"panel month {k} employer {month['employer']} {name}: engine {ours}, reference {theirs}",
                )
                return


def _panel_values(month: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in PANEL:
        yield name, month[name]
    for kind in BY_SOURCE:
        for source, value in month[kind].items():
            yield f"{kind}.{source}", value
    yield "broken", month["relationships_broken"]
