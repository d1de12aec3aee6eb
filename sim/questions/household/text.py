"""What a raise leaves in the household, as text for a terminal: the curve by wage, and its cliffs."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from sim.evidence.net_income import GAINS, NET, WITH_HEALTH, Curve, load_net_income
from sim.evidence.places import load_places
from sim.questions.household.asked import Asked
from sim.words.earnings.household import NAMES, cliff_in_words, gross_told, hourly, how_to_read, raise_table, usd
from sim.words.layout import bullets, paragraph, section, table

STEP: Final = 2.0  # USD an hour between the rows of a curve
SHORT: Final = {
    "one_adult": "1 adult",
    "one_adult_one_child": "1 + 1 child",
    "one_adult_two_children": "1 + 2 children",
    "two_adults": "2 adults",
    "two_adults_two_children": "2 + 2 children",
}
TITLES: Final = {NET: "Net income a year", WITH_HEALTH: "Net income a year with health cover counted"}
PARTS: Final = {
    "taxes": "taxes", "credits": "credits", "food": "food", "other": "other", "public_cover": "public cover",
    "marketplace_help": "marketplace",
}  # fmt: skip
FALLEN: Final = "▼"


def household_answer(asked: Asked) -> str:
    """Return what is asked as text."""
    place, known = load_places()[asked.state].name, load_net_income()
    parts = [
        f"WHAT REACHES THE HOUSEHOLD: {place}, rules of {known.year}",
        paragraph(how_to_read(known)),
        _raise(asked),
    ]
    parts += [section(f"{title}, by full-time wage", _curve(asked, column)) for column, title in TITLES.items()]
    parts += [
        section(f"{title}: where it falls as the wage rises", _falls(asked, column)) for column, title in TITLES.items()
    ]
    return "\n\n".join(part for part in parts if part)


def _raise(asked: Asked) -> str:
    if asked.wages is None:
        return ""
    before, after = map(hourly, asked.wages)
    title = f"From {before} to {after} an hour: {gross_told(asked.gross)}"
    rows = [
        (f"  {NAMES[one.household]}", *(usd(one.felt[name], signed=True) for name in GAINS)) for one in asked.raises
    ]
    parts = table(("  What is added to gross, or taken", *(PARTS[name] for name in GAINS)), rows)
    return section(title, f"{raise_table(asked.raises)}\n\n{parts}")


def _curve(asked: Asked, column: str) -> str:
    first = asked.curves[0].wages
    wages = [wage for wage in first if (wage - first[0]) % STEP == 0.0]
    rows = [(hourly(wage), *(_cell(curve, column, wage) for curve in asked.curves)) for wage in wages]
    note = f"{FALLEN} somewhere since the row above, a higher wage leaves less."
    return table(("  An hour", *(SHORT[curve.household] for curve in asked.curves)), rows) + f"\n{note}"


def _cell(curve: Curve, column: str, wage: float) -> str:
    own = [amount for at, amount in zip(curve.wages, curve.amounts[column], strict=True) if wage - STEP <= at <= wage]
    fell = any(after < before for before, after in pairwise(own))
    return f"{FALLEN} ${own[-1]:,.0f}" if fell else f"${own[-1]:,.0f}"


def _falls(asked: Asked, column: str) -> str:
    told = [f"{NAMES[name]}: {cliff_in_words(one)}" for name, one in asked.cliffs() if one.column == column]
    return bullets(told) or "  nowhere"
