"""Look up what is asked of the table of net income: a state's curves, what a raise leaves of itself, where it falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.evidence.net_income import HOURS_PER_YEAR, Curve, load_net_income
from sim.evidence.raises import Cliff, Raise, both, raise_of
from sim.evidence.tables import EvidenceError
from sim.words.earnings.household import why_not


@dataclass(frozen=True)
class Asked:
    """What the table shows for a state: its curves, and what each household keeps of a raise, if one is given."""

    state: str
    curves: tuple[Curve, ...]
    wages: tuple[float, float] | None  # from and to, USD an hour
    raises: tuple[Raise, ...]

    @property
    def gross(self) -> float:
        """Return what the raise is of gross pay, USD a year at full time."""
        return 0.0 if self.wages is None else HOURS_PER_YEAR * (self.wages[1] - self.wages[0])

    def cliffs(self) -> list[tuple[str, Cliff]]:
        """Return where each household's amounts fall as the wage rises."""
        return [(curve.household, one) for curve in self.curves for one in both(curve)]


def look_up(state: str, wages: Sequence[float] | None = None, households: Sequence[str] = ()) -> Asked:
    """Return what is known of a state, of all households or of some.

    Args:
        state: its two-letter code.
        wages: from and to, USD an hour; left out, no raise is looked at.
        households: names of household types; left out, all.

    Raises:
        EvidenceError: when the table does not hold the state, or a wage.
    """
    reason = why_not(state, wages or ())
    if reason:
        raise EvidenceError(reason)
    curves = tuple(curve for curve in load_net_income().of(state) if not households or curve.household in households)
    if wages is None:
        return Asked(state, curves, None, ())
    before, after = wages
    found = (raise_of(curve, before, after) for curve in curves)
    return Asked(state, curves, (before, after), tuple(one for one in found if one is not None))
