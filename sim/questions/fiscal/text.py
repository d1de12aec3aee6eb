"""A fiscal note as text, at most two pages for one alternative, and as plain values for JSON.

docs/fiscal.md explains the keys.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from sim.questions.compare.budget_text import YEARS_AT_ONCE, year_name
from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.fiscal.note import BASES, Note
from sim.questions.fiscal.terms import Award, Match
from sim.results.budget import TOTAL
from sim.results.fates import CLOSED, ENDED_EARLY, KEPT, LOST_FIRST, LOST_LATER
from sim.results.spreads import Spread
from sim.results.summary import Estimate
from sim.units import month_text
from sim.words.as_json import Shape, made_by
from sim.words.differences import on_its_side
from sim.words.layout import bullets, command_lines, counted, listed, name_of_key, paragraph, section, table
from sim.words.numbers import short, value
from sim.words.sentences import MONTH_NAMES, month_name

UNIT: Final = "USD"
PAYERS: Final = {
    "federal": "Federal", "state": "State general fund", "county": "County", "other": "Other", TOTAL: "All payers",
}  # fmt: skip
FATES_TOLD: Final = {
    KEPT: "keep it at every end within the projection", LOST_FIRST: "lose it at its first end",
    LOST_LATER: "lose it at a later end", ENDED_EARLY: "have it ended early", CLOSED: "close before they lose it",
}  # fmt: skip
TITLES: Final = {
    "cash": "CASH: paid in the year",
    "accrual": "ACCRUAL: owed for the year's service and cost, whenever paid",
}


def fiscal_text(note: Note, command: str) -> str:
    """Return a note as text."""
    parts = [paragraph(f"FISCAL NOTE: {note.answer.base.title}"), paragraph(" ".join(how_told(note)))]
    parts += [section(TITLES[basis], _tables(note, basis)) for basis in BASES]
    parts.append(section("FEDERAL SHARE, as the scenarios state it", bullets(match_lines(note))))
    parts.append(section("WHAT ENDS WITH AN AWARD", bullets(award_lines(note))))
    parts.append(section("HOW TO MAKE IT AGAIN", command_lines(command)))
    return "\n\n".join(part for part in parts if part)


def how_told(note: Note) -> list[str]:
    """Return how the numbers are to be read."""
    told = [
        counted_told(note),
        dollars_told(note),
        "Cash holds what was owed when the projection starts; accrual holds what is still owed when it ends.",
    ]
    if note.answer.alternatives:
        told.append(_ranges_told(note))
    return told


def counted_told(note: Note) -> str:
    """Return of how many runs amounts are means, and which years they are of."""
    runs = counted(note.answer.settings.replications, "future" if note.answer.over_futures else "run")
    begins = MONTH_NAMES[note.wanted.opens - 1]
    return f"Means of {runs}. State fiscal years begin in {begins}, named by the year they end in."


def _ranges_told(note: Note) -> str:
    futures = note.answer.settings.futures
    if futures is not None and note.answer.over_futures:
        return (
            f"Each future has {counted(len(futures.unknowns), 'uncertain assumption')} drawn anew and its own random "
            "numbers, alike for base and alternatives; what a scenario states is taken as known. Ranges of differences "
            "hold the middle 90 % of single futures."
        )
    kind = "for random variation only" if futures is None else "over futures"
    return (
        f"Ranges are intervals of the paired differences, {kind}; in each cell those of all alternatives hold together "
        "with 95 %."
    )


def dollars_told(note: Note) -> str:
    """Return in what dollars amounts are told, and by which assumption."""
    wanted = note.wanted
    if wanted.dollars_of is None:
        return "Amounts are in dollars of each year."
    where = "as typed" if wanted.typed else "as the base lets the living wage grow"
    growth = f"assumption: prices rise {wanted.growth:.2%} a year, {where}"
    return f"Amounts are in dollars of FY {wanted.dollars_of}; {growth}."


def _tables(note: Note, basis: str) -> str:
    names = [year_name(year) for year in note.years]
    steps = [slice(at, at + YEARS_AT_ONCE) for at in range(0, len(names), YEARS_AT_ONCE)]
    return "\n\n".join(table(("", *names[at]), _rows(note, basis, at)) for at in steps)


def _rows(note: Note, basis: str, at: slice) -> list[tuple[str, ...]]:
    payers, width = note.payers(basis), len(range(*at.indices(note.years.number)))
    rows: list[tuple[str, ...]] = []
    for case, one in enumerate(note.answer.cases):
        rows.append((one.name, *[""] * width))
        rows += [_row(f"  {PAYERS[payer]}", note.amounts(basis, payer, case)[at]) for payer in payers]
        rows += _by_member(note, basis, case, at)
        if case:
            rows.append(("  less the base:", *[""] * width))
            for payer in payers:
                spreads = note.spreads(basis, payer, case)[at]
                rows += _difference(f"    {PAYERS[payer]}", note.told_differences(basis, payer, case)[at], spreads)
    return rows


def _row(name: str, cells: list[Estimate]) -> tuple[str, ...]:
    return (name, *(short(cell.mean, UNIT) for cell in cells))


def _difference(name: str, cells: list[Estimate], spreads: list[Spread | None]) -> list[tuple[str, ...]]:
    """Return a row of differences, and beneath their ranges and in how many futures they hold, where there are any."""
    means = _ends(name, cells, "mean")
    if not any(map(_has_range, cells)):
        return [means]
    return [means, _ends("      from", cells, "low"), _ends("      to", cells, "high"), *_sides(cells, spreads)]


def _ends(name: str, cells: list[Estimate], which: str) -> tuple[str, ...]:
    return (name, *(short(getattr(cell, which), UNIT, signed=True) for cell in cells))


def _has_range(cell: Estimate) -> bool:
    return cell.low is not None and cell.low != cell.high


def _sides(cells: list[Estimate], spreads: list[Spread | None]) -> list[tuple[str, ...]]:
    told = tuple(map(_side, cells, spreads))
    return [("      of 100 futures", *told)] if any(told) else []


def _side(cell: Estimate, spread: Spread | None) -> str:
    return "" if spread is None else on_its_side(spread, cell.mean, ("higher", "lower"))


def _by_member(note: Note, basis: str, case: int, at: slice) -> list[tuple[str, ...]]:
    if note.wanted.members is None:
        return []
    return [("  Per member per month", *(f"${usd:,.2f}" for usd in per_member_month(note, basis, case)[at]))]


def per_member_month(note: Note, basis: str, case: int) -> list[float]:
    """Return what all payers spend for each member and month of a year, USD, in the mean."""
    members = note.wanted.members or 0
    usd = note.spending[case].of(basis)[TOTAL].mean(axis=0)
    return [float(amount) / (members * year.months) for amount, year in zip(usd, note.years, strict=True)]


def match_lines(note: Note) -> list[str]:
    """Return the shares of every scenario, those of an alternative only where they differ from the base's."""
    base = note.spending[0].matches
    told = [_match_line(one) for one in base]
    for case, own in zip(note.answer.cases[1:], note.spending[1:], strict=True):
        told += [f"{case.name}: {_match_line(one)}" for one in own.matches if one not in base]
    return told


def _match_line(one: Match) -> str:
    rest = PAYERS[one.payer].lower()
    shares = "all" if one.payer == "federal" or one.federal_share == 1.0 else f"{one.federal_share:.2%}"
    who = rest if one.federal_share == 0.0 else f"{shares} federal" + ("" if shares == "all" else f", the rest {rest}")
    return f"{name_of_key(one.source)}, from {one.since}: {who}"


def award_lines(note: Note) -> list[str]:
    """Return the awards of every scenario that end within the projection."""
    cases = zip(note.answer.cases, note.spending, strict=True)
    return [f"{case.name}: {_award_line(one)}" for case, own in cases for one in own.awards]


def _award_line(one: Award) -> str:
    posts = f" {counted(one.posts, 'post')} end with it." if one.posts else ""
    fates = listed(
        [f"{value(one.fates[fate], 'share')} {told}" for fate, told in FATES_TOLD.items() if one.fates[fate]]
    )
    return (
        f"{name_of_key(one.source)}, {short(one.usd_per_year, UNIT)} a year at its end, runs through "
        f"{month_name(one.last)}; stated chance of renewal {value(one.renewal_chance, 'share')} at each end. Of the "
        "employers in the runs, "
        f"{fates}.{posts}"
    )


# as JSON -------------------------------------------------------------------------------------------------------------


def fiscal_shape(note: Note) -> Shape:
    """Return a note for JSON, the base first among its scenarios."""
    return {
        "dollars": dollars_told(note),
        "members": note.wanted.members,
        "replications": note.answer.settings.replications,
        "seed": note.answer.settings.seed,
        **made_by(),
        **drawn_shape(note.answer),
        "within": note.answer.within,
        "fiscal_years": [
            {"name": f"FY {year.ends}", "from": month_text(year.first), "to": month_text(year.last)}
            for year in note.years
        ],
        "scenarios": [_case_shape(note, case) for case in range(len(note.spending))],
    }


def _case_shape(note: Note, case: int) -> Shape:
    own, named = note.spending[case], note.answer.cases[case]
    return {
        "name": named.name,
        "title": named.title,
        **{basis: _basis_shape(note, basis, case) for basis in BASES},
        "federal_shares": [asdict(one) for one in own.matches],
        "awards": [asdict(one) for one in own.awards],
    }


def _basis_shape(note: Note, basis: str, case: int) -> Shape:
    payers = note.payers(basis)
    shape: Shape = {
        "spending": {payer: _cells(note.amounts(basis, payer, case)) for payer in payers},
    }
    if note.wanted.members is not None:
        shape["per_member_per_month"] = per_member_month(note, basis, case)
    if case:
        shape["difference"] = {payer: _cells(note.differences(basis, payer, case)) for payer in payers}
        shape |= _futures(note, basis, case)
    return shape


def _futures(note: Note, basis: str, case: int) -> Shape:
    """Return how far differences are spread over futures; nothing where assumptions are taken as known."""
    told = {payer: note.spreads(basis, payer, case) for payer in note.payers(basis)}
    if not note.answer.over_futures:
        return {}
    return {"futures": {payer: [one and spread_shape(one) for one in cells] for payer, cells in told.items()}}


def _cells(cells: list[Estimate]) -> list[Shape]:
    return [asdict(cell) for cell in cells]
