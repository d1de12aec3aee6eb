"""Show the first truth of this field: the share of paid hours that must be billed, and the share that is."""

from __future__ import annotations

from sim.experiment.answer import Answer, Case
from sim.report.layout import paragraph
from sim.report.numbers import value
from sim.results.break_even import BreakEven, break_even, fee_for_service
from sim.scenario.timeline import plans
from sim.units import UNITS_PER_HOUR

TYPICAL = "40 to 50 %"
MOST_KINDS = 3


def break_even_lines(answer: Answer) -> str:
    """Return a paragraph for each scenario that is paid by the unit, alike ones once."""
    told: list[str] = []
    for case in answer.cases:
        several = len(answer.cases) > 1
        told += [f"{case.name}: {text}" if several else text for text in _of(case)]
    return "\n".join(paragraph(text, "  ") for text in told)


def _of(case: Case) -> list[str]:
    found = []
    kinds = plans(case.loaded.scenario)
    for plan in kinds:
        start = break_even(plan.epochs[0][1])
        if start is not None:
            name = f"{plan.name}: " if len(kinds) > 1 else ""
            rates = [source.rate_usd_per_unit for _, source in fee_for_service(plan.epochs[0][1])]
            found.append(name + _at_start(start, rates))
    if not found:
        return []
    more = (
        [f"{len(found) - MOST_KINDS} more kinds of employers are paid by the unit."] if len(found) > MOST_KINDS else []
    )
    return [*found[:MOST_KINDS], *more, _over_the_projection(case)]


def _at_start(start: BreakEven, rates: list[float]) -> str:
    hour = f"{UNITS_PER_HOUR} × ${rates[0]:,.2f} = " if len(set(rates)) == 1 else ""
    return (
        f"at the start a newcomer's paid hour costs ${start.wage:,.2f} × {1 + start.fringe_share:.3g} = ${start.cost:,.2f} "
        f"and a billed hour brings {hour}${start.hour.billed:,.2f}. So {_percent(start.share)} of paid hours must be "
        f"billed to pay wages and fringe alone ({_percent(start.share_after_denials)} after denials); {TYPICAL} is typical."
    )


def _over_the_projection(case: Case) -> str:
    told = case.measures
    labour, full = (told[f"break_even_billable_share{ending}"].mean for ending in ("", "_full_cost"))
    return (
        f"over the projection: {value(told['billable_share'].mean, 'share')} billed, {value(labour, 'share')} needed for "
        f"wages and fringe, {value(full, 'share')} for all cost."
    )


def _percent(share: float) -> str:
    return value(share, "share")
