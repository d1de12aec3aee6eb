"""Show the first truth of this field: the share of paid hours that must be billed, and the share that is."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence.sources import source
from sim.results.on_paper.break_even import BreakEven, break_even, fee_for_service
from sim.runs.answer import Answer, Case
from sim.scenario.schema import Organization
from sim.scenario.timeline import plans
from sim.units import UNITS_PER_HOUR
from sim.words.layout import paragraph, table
from sim.words.numbers import value

TYPICAL = "40 to 50 %"
TYPICAL_SOURCE = "planner_2025"  # key of data/sources.toml
MOST_KINDS = 6
NOT_AT_START = "No billed hour brings anything at the start. Over the projection, payments by the unit meet cost at"
HEADING = ("Share of paid hours", "at the start", "after denials", "projection", "all cost", "billed")


def break_even_lines(answer: Answer, *, keyed: bool = True) -> str:
    """Return how the share comes about, and a row for each scenario that is paid by the unit.

    Args:
        answer: what is told.
        keyed: name the key of the source too, as `peerstay evidence` takes it.
    """
    rows = [row for case in answer.cases for row in _rows(case)]
    if not rows:
        return ""
    first = next((start for case in answer.cases for _, start in _starts(case)), None)
    told = NOT_AT_START if first is None else break_even_sentence(*first, keyed=keyed).removesuffix(".")
    return paragraph(f"{told}:", "  ") + "\n\n" + table(HEADING, rows)


def _starts(case: Case) -> Iterator[tuple[str, tuple[BreakEven, Organization]]]:
    """Yield the kinds of employers that are paid by the unit at the start."""
    for plan in plans(case.loaded.scenario):
        tables = plan.epochs[0][1]
        start = break_even(tables)
        if start is not None:
            yield plan.name, (start, tables)


def _rows(case: Case) -> Iterator[tuple[str, ...]]:
    """Yield the shares of one scenario; those of several kinds of employers beneath."""
    kinds = list(_starts(case))
    told = [case.measures[f"break_even_billable_share{ending}"].mean for ending in ("", "_full_cost")]
    if told[0] is None:
        return
    over = [_percent(share) for share in (*told, case.measures["billable_share"].mean)]
    alone = kinds[0][1][0] if len(kinds) == 1 else None
    yield (case.name, *_at_start(alone), *over)
    for name, (start, _) in kinds[:MOST_KINDS] if alone is None else ():
        yield (f"  {name}", *_at_start(start), "", "", "")


def _at_start(start: BreakEven | None) -> tuple[str, str]:
    return ("", "") if start is None else (_percent(start.share), _percent(start.share_after_denials))


def _typical_source(*, keyed: bool) -> str:
    found = source(TYPICAL_SOURCE)
    words = f"({found.citation.partition(',')[0]}, {found.year})"
    return f"{words} [{TYPICAL_SOURCE}]" if keyed else words


def break_even_sentence(start: BreakEven, organization: Organization, *, keyed: bool = False) -> str:
    """Return what a paid hour costs, what a billed hour brings, and the share of hours at which they meet.

    Args:
        start: the shares at the start.
        organization: whose they are.
        keyed: name the key of the source of the typical share too.
    """
    rates = {source.rate_usd_per_unit for _, source in fee_for_service(organization)}
    hour = f"{UNITS_PER_HOUR} × ${max(rates):,.2f} = " if len(rates) == 1 else ""
    return (
        f"A newcomer's paid hour costs ${start.wage:,.2f} × {1 + start.fringe_share:.4g} = ${start.cost:,.2f} and a "
        f"billed hour brings {hour}${start.hour.billed:,.2f}. So {_percent(start.share)} of paid hours must be billed "
        f"to pay wages and fringe alone; {TYPICAL} is typical {_typical_source(keyed=keyed)}. "
        "Denials, raises and all other cost come on top."
    )


def _percent(share: float | None) -> str:
    return value(share, "share")
