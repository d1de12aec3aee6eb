"""When a grant's first award begins and ends, however its term is stated."""

from __future__ import annotations

from collections.abc import Mapping

from sim.scenario.tables.funding import Grant
from sim.units import month_number

USUAL_TERM_MONTHS = 36


def grants_of(funding: Mapping[str, object]) -> dict[str, Grant]:
    """Grants among the sources of money of an organization, by name."""
    return {name: source for name, source in funding.items() if isinstance(source, Grant)}


def first_award(grant: Grant, projection_start: int) -> tuple[int, int]:
    """First month of the first award and the month after its last, in months since the projection starts.

    Args:
        grant: a grant that states `start`, `ends` or `months_left`, as the checks of a scenario demand.
        projection_start: first month of the projection, in months since year 0.
    """
    term = grant.term_months or USUAL_TERM_MONTHS
    end = _stated_end(grant, projection_start)
    if grant.start is not None:
        start = month_number(grant.start) - projection_start
        return start, start + term if end is None else end
    if end is None:
        raise ValueError("a grant needs start, ends or months_left: load the scenario with sim.scenario.files.load")
    return end - term, end


def renewal_term(grant: Grant, projection_start: int) -> int:
    """Months of a renewed award: as stated, else as long as the first."""
    start, end = first_award(grant, projection_start)
    return grant.renewal_term_months or end - start


def award_ends(grant: Grant, projection_start: int, months: int) -> list[int]:
    """Return the month after the last of each award, in months since the start, if the grant is renewed throughout.

    Only ends within `months` of the projection count; none lies before its start.
    """
    _, end = first_award(grant, projection_start)
    found = []
    while end <= months:
        found += [end] if end > 0 else []
        end += grant.gap_months + renewal_term(grant, projection_start)
    return found


def _stated_end(grant: Grant, projection_start: int) -> int | None:
    if grant.months_left is not None:
        return grant.months_left
    return None if grant.ends is None else month_number(grant.ends) + 1 - projection_start
