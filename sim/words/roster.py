"""Sum up a list of people in lines that tell of no small group: what counts fewer than 11 is told with others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from sim.scenario.tables.positions import RosterEntry
from sim.units import month_number

FEWEST: Final = 11
TOO_FEW: Final = f"fewer than {FEWEST} peers: no more is shown of so few"
YEARS: Final = ("under a year", "1 to 2 years", "3 to 4 years", "5 years and more")
UPPER: Final = (12, 36, 60)  # months, where the next of YEARS begins
MOST_RUNGS: Final = 6
Line = tuple[str, str]


def roster_lines(roster: Sequence[RosterEntry], start: str) -> list[Line]:
    """Return a list of people in figures, each of at least 11 of them.

    Args:
        roster: the people in post.
        start: first month of the projection, from which time in the job counts.
    """
    if len(roster) < FEWEST:
        return [("Peers on the list", TOO_FEW)]
    lines = [("Peers on the list", f"{len(roster):,}")]
    rungs = Counter(one.rung.replace("_", " ") for one in roster)
    certified = Counter("certified" if one.certified else "not certified" for one in roster)
    years = Counter(_years(one, start) for one in roster)
    for name, counts in (("On rung", rungs), ("Certificate", certified), ("In the job for", years)):
        lines += [(f"{name}: {label}", f"{count:,}") for label, count in together(counts)]
    return lines


def _years(one: RosterEntry, start: str) -> str:
    months = month_number(start) - month_number(one.hired)
    return YEARS[sum(months >= end for end in UPPER)]


def together(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return groups with their sizes, the largest first; small groups are put together until none has fewer than 11."""
    groups = [(label, count) for label, count in counts.most_common() if count]
    while len(groups) > 1 and groups[-1][1] < FEWEST:
        (one, few), (other, more) = groups.pop(), groups.pop()
        groups.append((f"{other} or {one}", few + more))
        groups.sort(key=lambda group: -group[1])
    return groups
