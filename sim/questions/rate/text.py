"""A rate build-up on a terminal: what it comes to, the table, what turnover costs, rates of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.questions.rate.build_up import TURNOVER, group_rate
from sim.questions.rate.lines import (
    PARTS_IN_WORDS,
    SECTIONS,
    SHARE,
    STAFFING_IN_WORDS,
    USD,
    Known,
    Line,
    known,
    leans_on,
    lines_of,
)
from sim.questions.rate.rate import ALL, DIFFERENCES, PLAIN, WHOLE, Column, RateStudy, wage_for
from sim.questions.rate.rate import SHARE as GIVEN_BACK
from sim.results.summary import Estimate
from sim.scenario.files import Loaded
from sim.words.layout import bullets, command_lines, counted, listed, paragraph, section, table
from sim.words.numbers import NONE, value

Told = tuple[tuple[str, ...], list[tuple[str, ...]]]  # a heading and its rows
TITLES: Final = {PLAIN: "At the base's turnover (arithmetic)", WHOLE: "The rate, in all"}
HOURLY, POINT = "USD/hour", "share"
NOTHING: Final = 5e-7
HALF_A_CENT: Final = 0.005


def rate_text(study: RateStudy, loaded: Sequence[Loaded], command: str) -> str:
    """Return a study as text; `loaded` are the scenarios as they were before they were made neutral."""
    parts = [f"RATE BUILD-UP: {study.answer.base.title}", paragraph(" ".join(how(study)))]
    parts.append(section("WHAT IT COMES TO", bullets(list(sentences(study)))))
    parts.append(section("THE TABLE", table(*lines_told(study, loaded[0]), left=2)))
    parts.append(section("WHAT TURNOVER ADDS TO THE RATE OF A UNIT, USD", table(*turnover_told(study))))
    if len(study.columns) > 1:
        parts.append(section("WHAT CHANGES IN THE RATE OF A UNIT, USD", table(*differences_told(study))))
    parts.append(section("RATE OF A UNIT FOR EACH CLIENT OF A GROUP, USD", _groups(study)))
    parts.append(section("OUT OF THE RUNS, for each hour paid or each post's year of paid hours", _simulated(study)))
    leaning = list(leans_on(loaded[0], study.columns[0].prices.organization))
    parts.append(section("WHAT THE SIMULATED LINES LEAN ON", bullets(leaning)))
    parts.append(section("HOW TO MAKE IT AGAIN", command_lines(command)))
    return "\n\n".join(part for part in parts if part)


def how(study: RateStudy) -> list[str]:
    """Return how the numbers are to be read, and what was set aside for them."""
    settings, horizon = study.answer.settings, study.columns[0].loaded.scenario.horizon
    payer = study.payer.replace("_", " ")
    terms = f"the terms of {payer}" if study.typed_payer else "the default terms of a payer by the unit"
    runs, months = counted(settings.replications, "run"), counted(horizon.months, "month")
    told = [f"Staffing is the mean of {runs} over {months}; the rest is arithmetic at the prices of {horizon.start}."]
    told.append(
        "So that the rate is the answer and not an input, cash rules are off (rules.enforce = false) and one payer by "
        f"the unit covers every client, on {terms}."
    )
    if study.left_out:
        told.append(f"Changes dated {listed(study.left_out)} are left out: what holds at the start holds throughout.")
    if study.wanted.wage_source:
        told.append(f"The wage asked about: {study.wanted.wage_source}.")
    told.append(
        "Ranges are 95 % intervals for random variation only; of differences they are paired, run by run. Not in the "
        "rate: interest, audits, waiting for payment, a reserve."
    )
    return told


# what it comes to ----------------------------------------------------------------------------------------------


def sentences(study: RateStudy) -> Iterator[str]:
    """Yield what the study comes to, a sentence or two a scenario."""
    base = study.columns[0]
    yield (
        f"{base.name}: a wage of {_usd(base.prices.wage)} needs a rate of {_ranged(base.lines['rate'])} a unit. "
        f"Turnover is {_ranged(base.turnover[ALL])} of it."
    )
    yield from _today(base)
    if study.carried is not None:
        yield _carried(study)
        return
    for one in study.columns[1:]:
        yield f"{_needs(one)} {_given_back(one)}"


def _today(base: Column) -> Iterator[str]:
    rate, needed = base.prices.source.rate_usd_per_unit, base.lines["rate"].mean
    if not rate or not needed:
        return
    carried = wage_for(base.prices, base.staffing, rate)
    told = f"Today's rate of {_usd(rate)} is {value(rate / needed, POINT)} of that"
    if carried is None:
        yield f"{told}; by itself it carries no wage at all."
        return
    least = base.prices.organization.place.minimum_wage_usd_per_hour or 0.0
    below = f", below the legal minimum of {_usd(least)}" if carried < least else ""
    yield f"{told}; by itself it carries a wage of {_usd(carried)} with this staffing{below}."


def _needs(one: Column) -> str:
    more = one.difference[WHOLE]
    return (
        f"{one.name}: a wage of {_usd(one.prices.wage)} needs {_ranged(one.lines['rate'])} a unit, "
        f"{_more(more)} than the base."
    )


def _given_back(one: Column) -> str:
    plain, back, share = one.difference[PLAIN], one.difference[ALL], one.difference[GIVEN_BACK]
    told = f"At the base's turnover it would be {_more(plain)}"
    if not back.mean or share.mean is None or not back.excludes_zero:
        return f"{told}; its own turnover does nothing detectable to that."
    verb = "lowers" if back.mean < 0 else "raises"
    part = value(abs(share.mean), POINT) + (f" ({_shares(share)})" if share.low is not None else "")
    return f"{told}; its own turnover {verb} the rate by {_ranged(_size(back))}, {part} of that."


def _carried(study: RateStudy) -> str:
    one = study.carried
    assert one is not None
    then = "no wage" if one.then is None else _usd(one.then)
    apart = one.left.excludes_zero and abs(one.left.mean or 0.0) >= HALF_A_CENT
    left = f"{_more(one.left)} than the rate" if apart else "no detectable difference from the rate"
    return (
        f"A rate of {_usd(one.rate)} carries a wage of {_usd(one.wage)} at the base's turnover. Simulated at that wage "
        f"it needs {_ranged(one.needs)}, {left}. With the staffing at that wage the rate carries {then}."
    )


# tables --------------------------------------------------------------------------------------------------------


def lines_told(study: RateStudy, loaded: Loaded) -> Told:
    """Return the heading and the rows of the build-up: words, how known, and an amount a column."""
    largest = {
        key: max(abs(amount) for amount in _row(study, key) if amount is not None)
        for key in dict.fromkeys(key for one in study.columns for key in one.lines)
    }
    rows: list[tuple[str, ...]] = []
    for title in SECTIONS:
        rows.append((title, *[""] * (len(study.columns) + 2)))
        for line in lines_of(title, largest):
            amounts = [_amount(amount, line.unit) for amount in _row(study, line.key)]
            rows.append((f"  {line.words}", _source(known(line, loaded, study.payer), line), *amounts))
    base = study.columns[0].lines["rate"]
    if base.low is not None:
        for words, end in (("from", "low"), ("to", "high")):
            ends = [_amount(getattr(one.lines["rate"], end), USD) for one in study.columns]
            rows.append((f"    {words}", "", "", *ends))
    heading = (
        "",
        "how known, evidence card",
        "nobody leaves",
        *(one.name for one in study.columns),
    )
    return heading, rows


def _row(study: RateStudy, key: str) -> list[float | None]:
    """Return a line's amounts: of the base if nobody left, then of every scenario."""
    told = [study.columns[0].without.get(key)]
    return told + [one.lines[key].mean if key in one.lines else None for one in study.columns]


def _source(one: Known, line: Line) -> str:
    return f"{one.how.removeprefix('grade ')} {one.card}".strip() if line.path else ""


def turnover_told(study: RateStudy) -> Told:
    """Return the heading and the rows of what turnover adds to the rate of a unit, each with its range."""
    parts = (*TURNOVER, ALL)
    return _with_ranges(parts, [(one.name, one.turnover) for one in study.columns], PARTS_IN_WORDS, signed=False)


def differences_told(study: RateStudy) -> Told:
    """Return the heading and the rows of what changes in the rate of a unit against the base."""
    words = PARTS_IN_WORDS | TITLES
    told = [(one.name, one.difference) for one in study.columns[1:]]
    return _with_ranges(DIFFERENCES, told, words, signed=True)


def _with_ranges(
    keys: Sequence[str], columns: Sequence[tuple[str, dict[str, Estimate]]], words: dict[str, str], *, signed: bool
) -> Told:
    rows: list[tuple[str, ...]] = []
    for key in keys:
        cells = [cell for _, one in columns for cell in _cells(one[key], signed=signed)]
        rows.append((words[key], *cells))
    heads = [head for name, _ in columns for head in (name, "from", "to")]
    return ("", *heads), rows


def _cells(one: Estimate, *, signed: bool) -> tuple[str, str, str]:
    mean, low, high = (
        NONE if end is None else value(end, HOURLY, signed=signed) for end in (one.mean, one.low, one.high)
    )
    return mean, low, high


def _groups(study: RateStudy) -> str:
    rows = []
    for size in study.wanted.sizes:
        cells = [value(float(group_rate(one.lines["rate"].mean or 0.0, size)), HOURLY) for one in study.columns]
        rows.append((counted(size, "client"), *cells))
    return table(("", *(one.name for one in study.columns)), rows)


def _simulated(study: RateStudy) -> str:
    rows = []
    for key, (words, unit) in STAFFING_IN_WORDS.items():
        if any(abs(one.simulated[key].mean or 0.0) > NOTHING for one in study.columns):
            cells = [_plain(end, unit) for one in study.columns for end in _ends(one.simulated[key])]
            rows.append((words, *cells))
    heads = [head for one in study.columns for head in (one.name, "from", "to")]
    return table(("", *heads), rows)


# numbers -------------------------------------------------------------------------------------------------------


def _ends(one: Estimate) -> tuple[float | None, float | None, float | None]:
    return one.mean, one.low, one.high


def _plain(amount: float | None, unit: str) -> str:
    if amount is None:
        return NONE
    return value(amount, SHARE) if unit == SHARE else f"{amount:.3f}"


def _amount(amount: float | None, unit: str) -> str:
    return value(amount, HOURLY if unit == USD else SHARE)


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
    ends = sorted(abs(end) for end in (one.low, one.high) if end is not None)
    return " to ".join(value(end, POINT) for end in ends)
