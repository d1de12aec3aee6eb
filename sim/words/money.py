"""One line each on what a critical reader of a budget asks first: closing, the decision behind it, money left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.results.budget import Decision, Split, Undrawn, decision_that_took_most, event, splits, undrawn
from sim.results.first_year import allowed_usd_per_year
from sim.results.fiscal import FiscalYears, fiscal_years
from sim.results.measures.table import measure_of
from sim.results.summary import estimate_of
from sim.runs.answer import Answer, Case
from sim.scenario.tables.funding import Grant
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR
from sim.words.layout import counted, listed
from sim.words.numbers import value
from sim.words.sentences import MONTH_NAMES

CLOSING: Final = "chance_of_closure"
LIKELY: Final = 0.1  # of the runs: from here on an answer leads with closing
MUCH_UNDRAWN: Final = 0.05  # of an award
DECIDES: Final = 0.2  # of the peers: renewal decides if they differ by as much
TOOK: Final = {"budget": "the budget of", "award_cut": "the end of an award in", "layoff": "layoffs in fiscal year"}


def month_told(month: int, years: FiscalYears) -> str:
    """Return a month since the start as `March 2029`."""
    year, place = divmod(years.start + month, MONTHS_PER_YEAR)
    return f"{MONTH_NAMES[place]} {year}"


def closing_lead(answer: Answer) -> str:
    """Return which scenarios are likely to close, and when; nothing where none is."""
    told = [(case, estimate_of(CLOSING, case.values[CLOSING]).mean or 0.0) for case in answer.cases]
    lines = [_closes(case, share, answer) for case, share in told if share >= LIKELY]
    if not lines:
        return ""
    return f"{listed(lines)}. Averages and amounts a year are over the time employers exist."


def _closes(case: Case, share: float, answer: Answer) -> str:
    whose = "employers" if case.loaded.scenario.employer else "runs"
    typical = event(case.books, "closing", share).typical if case.books else None
    when = "" if typical is None else f", typically in {month_told(typical, _years(answer))}"
    return f'"{case.title}" closes in {value(share, "share")} of the {whose}{when}'


def money_lines(answer: Answer) -> list[str]:
    """Return what each scenario's books say that no mean does, a line each; named where there are several."""
    several, years = len(answer.cases) > 1, _years(answer)
    return [
        f'"{case.title}": {line[:1].lower()}{line[1:]}' if several else line
        for case in answer.cases
        if case.books
        for line in _of_case(case, years)
    ]


def _years(answer: Answer) -> FiscalYears:
    return fiscal_years(answer.base.loaded.scenario)


def _of_case(case: Case, years: FiscalYears) -> Iterator[str]:
    yield from (_undrawn_in_words(one, case) for one in undrawn(case.books, years) if one.share > MUCH_UNDRAWN)
    most = decision_that_took_most(case.books, years)
    if most is not None:
        yield decision_in_words(most, years)
    yield from (split_in_words(one) for one in splits(case.books, _employers(case)) if _decides(one))


def _undrawn_in_words(one: Undrawn, case: Case) -> str:
    """Return what is drawn of an award and what lapses, and whether its posts could draw all of it."""
    told = (
        f"Award money left undrawn: of {one.name.replace('_', ' ')}, {value(one.drawn, 'USD')} a year of the "
        f"projection is drawn and {value(one.lapsed, 'USD')} lapses, {value(one.share, 'share')} of the two together. "
    )
    own = plans(case.loaded.scenario)[0].epochs[0][1]
    grant = own.funding.get(one.name)
    if isinstance(grant, Grant) and (most := allowed_usd_per_year(own, grant)) < grant.amount_usd_per_year:
        amount = value(grant.amount_usd_per_year, "USD")
        told += f"With every post filled all year, the cost it may pay would be {value(most, 'USD')} of its {amount}. "
    return f"{told}Look at what it may pay for, its cap on overhead and its term."


def _employers(case: Case) -> int:
    return sum(kind.count for kind in case.loaded.scenario.employer) or 1


def decision_in_words(one: Decision, years: FiscalYears) -> str:
    """Return what a decision took: `The budget of July 2028 cut 6.0 posts on average, in 85.0 % of runs`."""
    laid_off = one.kind == "layoff"
    when = str(list(years)[one.at].ends) if laid_off else month_told(one.at + 1, years)  # holds from the next month on
    took = f"let {one.posts:,.1f} people go" if laid_off else f"cut {one.posts:,.1f} posts"
    last = " That is the close of the projection: who is let go then counts as laid off." * (one.at == years.months - 1)
    return (
        f"The decision that took most posts: {TOOK[one.kind]} {when} {took} on average, in "
        f"{value(one.share, 'share')} of runs.{last * (not laid_off)}"
    )


def _decides(one: Split) -> bool:
    kept, lost = one.peers
    return abs(kept - lost) >= DECIDES * max(kept, lost, 1.0)


def split_in_words(one: Split) -> str:
    """Return what renewal decides: peers and cash at the end where an award is renewed, and where it ends."""
    usd = measure_of("cash_end_usd").unit
    yes, no = (
        f"{peers:,.1f} peers and {value(cash, usd)} at the end" for peers, cash in zip(one.peers, one.cash, strict=True)
    )
    return (
        f"Renewal of {one.name.replace('_', ' ')} decides: renewed ({counted(one.runs[0], 'run')}), {yes}; not renewed "
        f"or ended early ({counted(one.runs[1], 'run')}), {no}."
    )
