"""One line each on what a critical reader of a budget asks first: closing, the decision behind it, money left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from sim.results.books import DECISIONS
from sim.results.budget import Decision, Split, Undrawn, decision_that_took_most, event, splits, undrawn
from sim.results.fates import CLOSED, ENDED_EARLY, KEPT, LOST, LOST_FIRST, LOST_LATER
from sim.results.fiscal import FiscalYears, fiscal_years
from sim.results.measures.table import measure_of
from sim.results.on_paper.first_year import allowed_usd_per_year
from sim.results.summary import estimate_of
from sim.runs.answer import Answer, Case
from sim.scenario.schema import Scenario
from sim.scenario.tables.funding import grants_of
from sim.scenario.tables.funding.grant import award_ends
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR
from sim.words.first_year import first_ends
from sim.words.futures import employers_of, whose_chance
from sim.words.keeping import named
from sim.words.layout import capitalized, counted, listed, name_of_key
from sim.words.numbers import reads_zero, value
from sim.words.sentences import MONTH_NAMES, month_name

CLOSING: Final = "chance_of_closure"
LIKELY: Final = 0.1  # of the runs: from here on an answer leads with closing
MUCH_UNDRAWN: Final = 0.05  # of an award
DECIDES: Final = 0.2  # of the peers: renewal decides if they differ by as much
HARDLY_ANYBODY: Final = 0.05  # peers, told as 0.0
OVER_TIME: Final = (
    "Wages, burnout and vacancies are over the time employers exist; amounts a year are of the whole projection."
)
LOOK: Final = "Look at what it may pay for, its cap on overhead and its term."
WITHOUT_WORK: Final = "With nobody in post there is no payroll to miss."
NOBODY: Final = " With nobody in post an employer stays open in the model until it cannot pay its bills."


def month_told(month: int, years: FiscalYears) -> str:
    """Return a month since the start as `March 2029`."""
    year, place = divmod(years.start + month, MONTHS_PER_YEAR)
    return f"{MONTH_NAMES[place]} {year}"


def closing_lead(answer: Answer) -> str:
    """Return which scenarios are likely to close, and when, or to end with nobody in post; nothing where none is."""
    shares = [(estimate_of(CLOSING, case.values[CLOSING]).mean or 0.0, _emptied(case)) for case in answer.cases]
    closing, empty = (any(share >= LIKELY for share in side) for side in zip(*shares, strict=True))
    told = [_ends(case, *share, answer) for case, share in zip(answer.cases, shares, strict=True)]
    if not any(told):
        return ""
    return f"{'; '.join(filter(None, told))}.{f' {OVER_TIME}' * closing}{f' {WITHOUT_WORK}' if empty else ''}"


def _ends(case: Case, closes: float, emptied: float, answer: Answer) -> str:
    """Return in what share of the runs one scenario closes, or ends with nobody in post; nothing where in few."""
    whose = whose_chance(case.loaded.scenario)
    ends = []
    if closes >= LIKELY:
        typical = event(case.books, "closing", closes).typical if case.books else None
        when = "" if typical is None else f", typically in {month_told(typical, _years(answer))}"
        ends.append(f"closes in {value(closes, 'share')} of the {whose}{when}")
    if emptied >= LIKELY:
        ends.append(
            f"is open at the end with nobody in post in {value(emptied, 'share')}{f' of the {whose}' * (not ends)}"
        )
    return f'"{case.title}" {", and ".join(ends)}' if ends else ""


def _emptied(case: Case) -> float:
    """Return in what share of the runs an employer is open at the end with nobody in post; of one employer alone.

    Where the last close of all has taken posts, as an award that ends with the projection does, they were filled until
    then.
    """
    if not case.books or employers_of(case.loaded.scenario) != 1:
        return 0.0
    books = case.books
    at_last = sum(books[f"took.{decision}"][:, -1] for decision in DECISIONS)
    return float(np.mean((books["peers_end"] == 0) & ~books["closing"].any(axis=1) & (at_last == 0)))


def money_lines(answer: Answer, names: Mapping[str, str] | None = None, *, renewal: bool = True) -> list[str]:
    """Return what each scenario's books say that no mean does, a line each; named where there are several.

    Args:
        answer: the answer.
        names: what scenarios are called, by name; left out, by their titles.
        renewal: whether what renewal decides is told among them.
    """
    whose: dict[str, list[str]] = {}
    for case in (one for one in answer.cases if one.books):
        for line in _lines_of(case, answer, renewal=renewal):
            whose.setdefault(line, []).append(names[case.name] if names else named(case, answer))
    if len(answer.cases) == 1:
        return list(whose)
    return _said_once([f"{listed(who)}: {line[:1].lower()}{line[1:]}" for line, who in whose.items()])


def _lines_of(case: Case, answer: Answer, *, renewal: bool) -> list[str]:
    told = [*_of_case(case, _years(answer)), *(renewal_lines(case) if renewal else ())]
    known = [] if case is answer.base else _lost_everywhere(answer.base)
    return [*told, *(line for line in _lost_everywhere(case) if line not in known)]


def _said_once(lines: list[str]) -> list[str]:
    """Return lines of which only the first gives advice, or a rule of the model, that several would repeat."""
    for remark in (f" {LOOK}", NOBODY):
        _, *others = [at for at, line in enumerate(lines) if remark in line] or [0]
        lines = [line.replace(remark, "") if at in others else line for at, line in enumerate(lines)]
    return lines


def _years(answer: Answer) -> FiscalYears:
    return fiscal_years(answer.base.loaded.scenario)


def _of_case(case: Case, years: FiscalYears) -> Iterator[str]:
    yield from (_undrawn_in_words(one, case) for one in undrawn(case.books, years) if one.share > MUCH_UNDRAWN)
    most = decision_that_took_most(case.books, years)
    scenario = case.loaded.scenario
    if most is not None and not reads_zero(most.posts, "posts"):
        several = employers_of(scenario) > 1
        yield decision_in_words(most, years, _cause(most, scenario, years), several=several)


def renewal_lines(case: Case) -> list[str]:
    """Return what the renewal of each award decides in a scenario, where it decides much."""
    scenario = case.loaded.scenario
    years = fiscal_years(scenario)
    return [
        split_in_words(one, _first_end(one.name, scenario, years), years)
        for one in splits(case.books, employers_of(scenario))
        if _decides(one)
    ] if case.books else []  # fmt: skip


def _lost_everywhere(case: Case) -> list[str]:
    """Return when each award ends that some lose and nobody keeps; alternatives tell what the base does not."""
    months = case.loaded.scenario.horizon.months
    return [
        f"{capitalized(name_of_key(name))} runs through {month_name(last)}, month {place} of {months}, and is kept to "
        "the end of the projection in no run."
        for name, last, place in first_ends(case.loaded.scenario)
        if f"{KEPT}.{name}" in case.books
        and not case.books[f"{KEPT}.{name}"].any()
        and any(case.books[f"{fate}.{name}"].any() for fate in LOST)
    ]


def _undrawn_in_words(one: Undrawn, case: Case) -> str:
    """Return what is drawn of an award and what lapses, and whether its posts could draw all of it."""
    whose = "" if one.name == "award" else f" ({name_of_key(one.name)})"
    told = (
        f"Award money left undrawn{whose}: in a mean year of the projection, those without the award too, "
        f"{value(one.drawn, 'USD')} is drawn and {value(one.lapsed, 'USD')} lapses, {value(one.share, 'share')} of the "
        "two together. "
    )
    own = plans(case.loaded.scenario)[0].epochs[0][1]
    grant = grants_of(own.funding).get(one.name)
    if grant is not None and (most := allowed_usd_per_year(own, grant)) < grant.amount_usd_per_year:
        amount = value(grant.amount_usd_per_year, "USD")
        told += f"With every post filled all year, the cost it may pay would be {value(most, 'USD')} of its {amount}. "
    return f"{told}{LOOK}"


LAST_CLOSE: Final = (
    " That is the close of the projection: who is let go then counts as laid off and is not kept. A projection a month "
    "shorter would show none of it."
)


def decision_in_words(one: Decision, years: FiscalYears, cause: str = "", *, several: bool = False) -> str:
    """Return what a decision took: `The budget of July 2028 cut 6.0 posts on average, in 85.0 % of runs`.

    Args:
        one: the decision.
        years: the fiscal years of the projection.
        cause: of a cut at an award's end: which award, and whether it was bridged.
        several: whether there are several employers, of which a run has a decision where one of them takes it.
    """
    last = LAST_CLOSE * (one.at == years.months - 1 and one.kind != "layoff")
    share = f"in {value(one.share, 'share')} of runs{' at one employer or more' * several}"
    if one.kind == "award_cut":
        close = month_told(one.at, years)
        took = f"{cause or 'the end of an award'} cut {one.posts:,.1f} posts on average as {close} closed, {share}"
    elif one.kind == "layoff":
        took = f"layoffs in fiscal year {list(years)[one.at].ends} let {one.posts:,.1f} people go on average, {share}"
    else:  # a budget holds from the month that begins
        took = f"the budget of {month_told(one.at + 1, years)} cut {one.posts:,.1f} posts on average, {share}"
    return f"The decision that took most posts: {took}.{last}"


def _cause(one: Decision, scenario: Scenario, years: FiscalYears) -> str:
    """Return which award's end cut posts at a close, and whether they were bridged until then; nothing if unclear."""
    if one.kind != "award_cut":
        return ""
    found = [
        (name, end, one.at + 1 - end)
        for plan in plans(scenario)
        for own in [plan.epochs[0][1]]
        for name, grant in grants_of(own.funding).items()
        if grant.posts_paid
        for end in award_ends(grant, years.start, years.months)
        if one.at + 1 - end in (0, own.rules.bridge_months)
    ]
    if len(set(found)) != 1:
        return ""
    name, end, after = found[0]
    bridge = f"; {counted(after, 'month')} of bridge after it, as rules.bridge_months allows" if after else ""
    return f"the end of {name_of_key(name)} (it runs through {month_told(end - 1, years)}{bridge})"


def _decides(one: Split) -> bool:
    kept, lost = one.peers
    return abs(kept - lost) >= DECIDES * max(kept, lost, 1.0)


def split_in_words(one: Split, first_end: int | None, years: FiscalYears) -> str:
    """Return what becomes of an award in all runs, and peers and cash at the end where it is kept and where not.

    Args:
        one: the runs by what becomes of the award.
        first_end: the month after its first end, since the start; None where that lies beyond the projection.
        years: the fiscal years of the projection.
    """
    usd = measure_of("cash_end_usd").unit
    kept, lost = (
        f"{peers:,.1f} peers and {value(cash, usd)} at the end" for peers, cash in zip(one.peers, one.cash, strict=True)
    )
    first = "" if first_end is None else f" (it runs through {month_told(first_end - 1, years)})"
    how = {LOST_FIRST: f"at its first end{first}", LOST_LATER: "at a later end", ENDED_EARLY: "ended early"}
    ways = listed([f"{one.runs[fate]:,} {told}" for fate, told in how.items() if one.runs[fate]])
    held = "never ended" if first_end is None else "renewed at every end within the projection"
    after = f"; in {one.closed_after:,} of these the employer closed" if one.closed_after else ""
    closed = one.runs[CLOSED]
    gone = f" In {counted(closed, 'run')} the employer closed before the award was lost." if closed else ""
    nobody = one.peers[1] < HARDLY_ANYBODY and one.closed_after < one.lost
    return (
        f"Renewal of {name_of_key(one.name)} decides: {held} ({counted(one.runs[KEPT], 'run')}), {kept}; lost "
        f"({counted(one.lost, 'run')}), {lost}: {ways}{after}.{gone}{NOBODY * nobody}"
    )


def _first_end(name: str, scenario: Scenario, years: FiscalYears) -> int | None:
    grant = grants_of(plans(scenario)[0].epochs[0][1].funding)[name]
    ends = award_ends(grant, years.start, years.months)
    return ends[0] if ends else None
