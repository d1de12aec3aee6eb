"""A rate build-up as text and as plain values for JSON: what it comes to, the table, turnover, rates of groups.

docs/rate.md explains the keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Final

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.rate.build_up import even_group_rate, group_ratio, rate_if_groups_stay
from sim.questions.rate.columns import ADDED, ALL, CHANGED, LINES, PLAIN, SIMULATED, WHOLE, Column, number
from sim.questions.rate.columns import SHARE as GIVEN_BACK
from sim.questions.rate.lines import SECTIONS, drawn_by, known, leans_on
from sim.questions.rate.neutral import at_start, left_out
from sim.questions.rate.rate import Carried, RateStudy, legal_minimum, wage_for
from sim.questions.rate.remarks import remarks
from sim.questions.rate.tables import (
    HOURLY,
    MORE_LESS,
    differences_told,
    groups_told,
    lines_told,
    simulated_told,
    turnover_told,
)
from sim.results.spreads import Spread
from sim.results.summary import Estimate
from sim.scenario.files import Loaded
from sim.scenario.tables.pay import LivingWageFloor
from sim.words.as_json import Shape, made_by
from sim.words.differences import hundredths, on_its_side
from sim.words.futures import ranges_told, runs_told
from sim.words.layout import bullets, command_lines, counted, listed, paragraph, section, table
from sim.words.numbers import NONE, value
from sim.words.sentences import month_name

POINT: Final = "share"
HALF_A_CENT: Final = 0.005
NOT_A_SHARE: Final = 5e-7


def rate_text(study: RateStudy, loaded: Sequence[Loaded], command: str) -> str:
    """Return a study as text; `loaded` are the scenarios as they were before they were made neutral."""
    parts = [paragraph(f"RATE BUILD-UP: {study.answer.base.title}"), paragraph(" ".join(how(study)))]
    below = {kind: "".join(f"\n{paragraph(one)}" for one in told) for kind, told in remarks(study).items()}
    parts.append(section("WHAT IT COMES TO", bullets(list(sentences(study)))))
    parts.append(section("THE TABLE", table(*lines_told(study, loaded[0]), left=2) + below[LINES]))
    parts.append(section("WHAT TURNOVER ADDS TO THE RATE OF A UNIT, USD", table(*turnover_told(study)) + below[ADDED]))
    if len(study.columns) > 1:
        changes = table(*differences_told(study)) + below[CHANGED]
        parts.append(section("WHAT CHANGES IN THE RATE OF A UNIT, USD", changes))
    title = "GROUP RATE AT WHICH AN HOUR WITH A GROUP BRINGS WHAT AN HOUR BILLED HAS TO, USD a unit and client"
    parts.append(section(title, groups_told(study)))
    came = simulated_told(study) + below[SIMULATED]
    parts.append(section("OUT OF THE RUNS, for each hour paid or each post's year of paid hours", came))
    parts.append(section("WHAT THE SIMULATED LINES LEAN ON", bullets(leaning(study, loaded[0]))))
    parts.append(section("HOW TO MAKE IT AGAIN", command_lines(command)))
    return "\n\n".join(part for part in parts if part)


def leaning(study: RateStudy, loaded: Loaded) -> list[str]:
    """Return what the simulated lines lean on, of futures with what is drawn of it."""
    futures = study.answer.settings.futures
    drawn = {} if futures is None else drawn_by(futures.unknowns)
    return list(leans_on(loaded, study.columns[0].loaded.scenario, drawn))


def how(study: RateStudy) -> list[str]:
    """Return how the numbers are to be read, and what was set aside for them."""
    horizon, answer = study.columns[0].loaded.scenario.horizon, study.answer
    of = f"{runs_told(answer)} over {counted(horizon.months, 'month')}"
    told = [f"Staffing is the mean of {of}; the rest is arithmetic at the prices of {horizon.start}."]
    if answer.settings.unknowns:
        told = [
            (
                f"A line is its mean over all hours paid in {of}, at the prices of {horizon.start}; the rate is the "
                "one that covers what is spent in all of them together, for it is set before anybody knows which "
                "future comes."
            )
        ]
    told.append(set_aside(study))
    if study.wanted.wage_source:
        told.append(f"The wage asked about: {study.wanted.wage_source}.")
    ranges = "Ranges are 95 % intervals for random variation only; of differences they are paired, run by run."
    if answer.settings.unknowns:
        ranges = ranges_told(answer)
    told.append(f"{ranges} Not in the rate: interest, audits, waiting for payment, a reserve.")
    return told


def set_aside(study: RateStudy) -> str:
    """Return what is set aside so that the rate is the answer."""
    payer = study.payer.replace("_", " ")
    terms = f"the terms of {payer}" if study.typed_payer else "the default terms of a payer by the unit"
    told = (
        "So that the rate is the answer and not an input, cash rules are off (rules.enforce = false) and one payer by "
        f"the unit covers every client, on {terms}."
    )
    if not study.left_out:
        return told
    return f"{told} Changes dated {listed(study.left_out)} are left out: what holds at the start holds throughout."


# what it comes to ----------------------------------------------------------------------------------------------


def sentences(study: RateStudy) -> Iterator[str]:
    """Yield what the study comes to, a sentence or two a scenario."""
    base = study.columns[0]
    yield (
        f"{base.name}: a wage of {_usd(base.prices.wage)}{_in_full(study.typed[0])} needs a rate of "
        f"{_ranged(base.told(LINES)['rate'])} a unit{with_groups(base)}."
        f"{_covers(base)} Turnover is {_ranged(base.told(ADDED)[ALL])} of it."
    )
    yield from _today(base)
    if study.carried is not None:
        yield _carried(study)
        return
    for one, typed in zip(study.columns[1:], study.typed[1:], strict=True):
        yield _same(one, typed) if _is_nothing(one) else f"{_needs(one, typed)}{_covers(one)} {_given_back(one)}"


def _bills_groups(one: Column) -> bool:
    alone = one.lines["alone"].mean
    return alone is not None and alone < 1.0 - NOT_A_SHARE


def group_rate_of(one: Column) -> float | None:
    """Return the group rate that goes with the rate, for each client in a group; None where no group is billed."""
    rate = one.lines["rate"].mean
    return number(group_ratio(one.prices)) * rate if rate is not None and _bills_groups(one) else None


def with_groups(one: Column) -> str:
    """Return which group rate goes with a rate, and what it is if the group rate stays; nothing without groups."""
    source, rate, group = one.prices.source, one.lines["rate"].mean, group_rate_of(one)
    if rate is None or group is None:
        return ""
    today = source.rate_usd_per_unit
    if not today:
        return f", with {_usd(group)} for each client in a group"
    if not source.group_rate_usd_per_unit:
        return ", with nothing for groups, as today"
    told = f", with {_usd(group)} for each client in a group (both in proportion to today's"
    brought, alone = (one.lines[key].mean or 0.0 for key in ("brought", "alone"))
    if not alone:
        return f"{told})"
    stays = rate_if_groups_stay(rate, today, brought, alone)
    return f"{told}; {_usd(stays)} if the group rate stays {_usd(source.group_rate_usd_per_unit)})"


def _is_nothing(one: Column) -> bool:
    more = one.told(CHANGED)[WHOLE]
    return not any((more.mean, more.low, more.high))


def _same(one: Column, typed: Loaded) -> str:
    """Return why an alternative needs the base's rate: all it changes comes later, or reaches no line."""
    later = [month_name(month) for month in left_out(typed)]
    when, beside = (" from the start", f" What it changes in {listed(later)} is left out.") if later else ("", "")
    return f"{one.name} needs the same rate as the base: nothing of what it changes{when} reaches a line of it.{beside}"


def _covers(column: Column) -> str:
    """Return in how many futures the rate covers what is spent, and which does in most."""
    covered, most = column.covered(column.lines["rate"].mean or 0.0), column.for_most
    if covered is None or most is None:
        return ""
    return f" It covers what is spent in {hundredths(covered)} of 100 futures; {_usd(most)} a unit does in 90."


def _today(base: Column) -> Iterator[str]:
    rate, needed = base.prices.source.rate_usd_per_unit, base.lines["rate"].mean
    if not rate or not needed:
        return
    carried, covered = wage_for(base.prices, base.staffing, rate), base.covered(rate)
    group, today = base.prices.source.group_rate_usd_per_unit, f"Today's rate of {_usd(rate)} is"
    cover, carries = "covers", "by itself it carries"
    if _bills_groups(base):
        today = f"Today's rates, {_usd(rate)} and {_usd(group)} for each client in a group, are"
        cover, carries = "cover", "by themselves they carry"
    told = f"{today} {value(rate / needed, POINT)} of that"
    if covered is not None:
        told += f" and {cover} what is spent in {_share(covered)}"
    if carried is None:
        yield f"{told}; {carries} no wage at all."
        return
    yield f"{told}; {carries} a wage of {_usd(carried)} with this staffing{_below(base, carried)}."


def _share(covered: float) -> str:
    return f"{hundredths(covered)} of 100 futures" if covered else "none of the futures"


def _needs(one: Column, typed: Loaded) -> str:
    more = one.told(CHANGED)[WHOLE]
    side = _side(one, WHOLE)
    often = f", {side} of 100 futures" if side else ""
    return (
        f"{one.name}: a wage of {_usd(one.prices.wage)}{_in_full(typed)} needs "
        f"{_ranged(one.told(LINES)['rate'])} a unit, {_more(more)} than the base{often}{with_groups(one)}."
    )


def _in_full(typed: Loaded) -> str:
    """Return that a floor reached over some months counts in full, where there is one."""
    floor = at_start(typed).pay.floor
    if not isinstance(floor, LivingWageFloor) or not floor.phase_in_months:
        return ""
    return f" (its floor in full, though it is reached over {counted(round(floor.phase_in_months), 'month')})"


def _side(one: Column, part: str) -> str:
    """Return in how many futures a change lies on the side of its mean: `more in 93`; nothing where none are told."""
    spread: Spread | None = one.spreads.get(CHANGED, {}).get(part)
    return "" if spread is None else on_its_side(spread, one.difference[part].mean, MORE_LESS)


def _given_back(one: Column) -> str:
    plain, back, share = one.told(CHANGED)[PLAIN], one.told(CHANGED)[ALL], one.told(CHANGED)[GIVEN_BACK]
    told, side = f"At the base's turnover it would be {_more(plain)}", _side(one, ALL)
    often = f" ({side} of 100 futures)" if side else ""
    if not back.mean or share.mean is None or not one.difference[ALL].excludes_zero:
        return f"{told}; its own turnover does nothing detectable to that{often}."
    verb = "lowers" if back.mean < 0 else "raises"
    part = value(abs(share.mean), POINT) + _shares(share)
    return f"{told}; its own turnover {verb} the rate by {_ranged(_size(back))}, {part} of that{often}."


def _carried(study: RateStudy) -> str:
    one, column = study.carried, study.columns[-1]
    assert one is not None
    needs = f"{_ranged(column.told(LINES)['rate'])}, {_left(one, column)}"
    rate = _usd(one.rate)
    if _bills_groups(column):
        rate += f", with {_usd(number(group_ratio(column.prices)) * one.rate)} for each client in a group,"
    told = f"A rate of {rate} carries a wage of {_usd(one.wage)} at the base's turnover. Simulated at that wage"
    if not one.lawful:
        return (
            f"A rate of {rate} carries no lawful wage: by arithmetic, at the base's turnover, it carries "
            f"{_usd(one.by_arithmetic)}{_below(column, one.by_arithmetic)}. Simulated at {_usd(one.wage)}, the lowest "
            f"lawful wage, a unit needs {needs}."
        )
    then = "no wage" if one.then is None else f"{_usd(one.then)}{_below(column, one.then)}"
    return f"{told} it needs {needs}. With the staffing at that wage the rate carries {then}."


def _left(one: Carried, column: Column) -> str:
    """Return by how much a wage needs more than the rate; of futures without a range, for it is that of the need."""
    apart = one.left.excludes_zero and abs(one.left.mean or 0.0) >= HALF_A_CENT
    left = one.left if column.rates is None else Estimate(one.left.mean, None, None, one.left.n)
    told = f"{_more(left)} than the rate" if apart else "no detectable difference from the rate"
    return told if one.covered is None else f"{told}, and the rate covers what is spent in {_share(one.covered)}"


def _below(column: Column, wage: float) -> str:
    """Return that a wage is less than may be paid; nothing where it is not."""
    least = legal_minimum(column.prices)
    return f", below the legal minimum of {_usd(least)}" if wage < least else ""


# numbers -------------------------------------------------------------------------------------------------------


def _usd(amount: float) -> str:
    return value(amount, HOURLY)


def _size(one: Estimate) -> Estimate:
    """Return an amount without its sign."""
    if one.mean is None or one.mean >= 0:
        return one
    low, high = (None if end is None else -end for end in (one.high, one.low))
    return Estimate(-one.mean, low, high, one.n)


def _ranged(one: Estimate) -> str:
    if one.mean is None:
        return NONE
    told = _usd(one.mean)
    return told if one.low is None or one.high is None else f"{told} ({_usd(one.low)} to {_usd(one.high)})"


def _more(one: Estimate) -> str:
    return f"{_ranged(_size(one))} {'less' if one.mean is not None and one.mean < 0 else 'more'}"


def _shares(one: Estimate) -> str:
    """Return the range of a share in brackets; nothing where it has none, or two signs."""
    if one.low is None or one.high is None or one.low < 0.0 < one.high:
        return ""
    return f" ({' to '.join(value(end, POINT) for end in sorted((abs(one.low), abs(one.high))))})"


# as JSON -------------------------------------------------------------------------------------------------------------


def rate_shape(study: RateStudy, loaded: Sequence[Loaded]) -> Shape:
    """Return a study for JSON, the base first; `loaded` are the scenarios before they were made neutral."""
    carried = study.carried
    return {
        "how": how(study),
        "says": list(sentences(study)),
        "remarks": remarks(study),
        "replications": study.answer.settings.replications,
        "seed": study.answer.settings.seed,
        **made_by(),
        **drawn_shape(study.answer),
        "months": study.columns[0].loaded.scenario.horizon.months,
        "prices_of": study.columns[0].loaded.scenario.horizon.start,
        "within": study.answer.within,
        "rules_enforced": False,
        "payer": study.payer if study.typed_payer else None,
        "wage_source": study.wanted.wage_source or None,
        "changes_left_out": list(study.left_out),
        "lines": [
            {
                "key": line.key,
                "section": title,
                "words": line.words,
                "unit": line.unit,
                "how_known": known(line, loaded[0], study.payer).how or "computed",
                "card": known(line, loaded[0], study.payer).card or None,
            }
            for title, lines in SECTIONS.items()
            for line in lines
        ],
        "carried": None if carried is None else asdict(carried),
        "scenarios": [_column_shape(one, study) for one in study.columns],
    }


def _column_shape(one: Column, study: RateStudy) -> Shape:
    rate, brought = one.lines["rate"].mean, one.lines["brought"].mean or 0.0
    return {
        "name": one.name,
        "wage": one.prices.wage,
        "rate": asdict(one.lines["rate"]),
        "lines": _all(one.lines),
        "nobody_leaves": one.without,
        "simulated": _all(one.simulated),
        "turnover": _all(one.turnover),
        "difference": _all(one.difference) or None,
        "group_rate": group_rate_of(one),
        "group_rates": {str(size): number(even_group_rate(rate or 0.0, brought, size)) for size in study.wanted.sizes},
        **_futures(one),
    }


def _futures(one: Column) -> Shape:
    """Return what single futures show; nothing where they are not told."""
    if one.rates is None:
        return {}
    bands = {kind: {key: _band(spread, kind) for key, spread in own.items()} for kind, own in one.spreads.items()}
    covered = one.covered(one.lines["rate"].mean or 0.0)
    return {"futures": {"covered_share": covered, "rate_for_90": one.for_most, **bands}}


def _band(spread: Spread, kind: str) -> Shape:
    return spread_shape(spread if kind == CHANGED else replace(spread, below=None, above=None))


def _all(estimates: Mapping[str, Estimate]) -> Shape:
    return {name: asdict(one) for name, one in estimates.items()}
