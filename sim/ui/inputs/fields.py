"""How an input is shown: its label with the unit, in percent or dollars, its range and its step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.scenario.describe import Input, Limits
from sim.ui.addresses import Path
from sim.words.inputs import name_in_words
from sim.words.layout import capitalized

PER_CENT: Final = 100.0
DIGITS: Final = 12  # a share typed as percent is rounded to these, so that 5 % is 0.05
STEPS: Final = {
    "USD/hour": 0.5, "USD per 15 minutes": 0.25, "USD per 15 minutes per client": 0.25, "FTE": 0.5, "ratio": 0.05,
    "SD per SD": 0.05, "log hazard per SD": 0.05,
}  # fmt: skip
LARGE_USD, LARGE_STEP = 1000.0, 1000.0
WIDEST: Final = 1000.0  # a slider over a wider range could not be set
UNITS: Final = {
    "USD/hour": "$ an hour",
    "code": "", "text": "", "name": "", "yes/no": "", "kind": "", "level": "", "list": "", "form": "",
    "order": "", "seed": "", "month": "year-month", "list of sources": "", "month of the year": "1 to 12",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """How one input is shown; numbers are as the visitor sees them."""

    path: Path
    given: Input
    name: str
    label: str
    about: str  # what else there is to say
    scale: float  # a number of the scenario times this is what is shown
    step: float
    format: str

    @property
    def whole(self) -> bool:
        """Whether it is a whole number."""
        return self.given.type == "whole number"

    def shown(self, value: Any) -> Any:
        """Return a number as the visitor sees it; anything else as it is."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        return int(value) if self.whole and float(value).is_integer() else round(float(value) * self.scale, DIGITS)

    def meant(self, shown: Any) -> Any:
        """Return what the visitor's number means in the scenario."""
        if shown is None or self.whole:
            return shown
        return round(float(shown) / self.scale, DIGITS)

    def out_of_range(self, value: Any) -> str:
        """Return what a number must be, as the visitor sees numbers: `from 0 to 100 %`; nothing where it is that."""
        limits = self.given.limits
        if type(value) not in (int, float) or limits.allow(value):
            return ""
        shown = Limits(*map(self.shown, (limits.ge, limits.le, limits.lt)))
        return f"{shown.words()}{' %' * (self.scale == PER_CENT)}"

    def span(self, *values: Any) -> tuple[float, float] | None:
        """Return the ends of a slider: the range of the evidence, widened to hold some values; None for no slider."""
        inside = _range_of(self.given.evidence)
        if inside is None:
            return None
        known = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        low, high = (self.shown(end) for end in (min([inside[0], *known]), max([inside[1], *known])))
        return (low, high) if 0 < high - low <= WIDEST * self.step else None


def _range_of(key: str) -> tuple[float, float] | None:
    """Return the range of an estimate's evidence card, or of a row of the effects table."""
    effect, card = load_effects().get(key), load_cards().get(key)
    if effect is not None:
        return effect.low, effect.high
    if card is None or card.low is None or card.high is None or card.kind != "estimate":
        return None
    return card.low, card.high


def field_of(path: Path, given: Input) -> Field:
    """Return how an input is shown."""
    name = name_in_words(path, given.kind)
    unit = unit_in_words(given.unit)
    percent = is_percent(given.unit)
    about = " ".join(given.about.split()).partition("; ")[2]
    step = _step(given)
    return Field(
        path=path,
        given=given,
        name=name,
        label=f"{name} ({unit})" if unit else name,
        about=f"{capitalized(about)}." if about else "",
        scale=PER_CENT if percent else 1.0,
        step=step,
        format="%d" if given.type == "whole number" else "%.2f" if given.unit.startswith("USD") else "%.5g",
    )


def is_percent(unit: str) -> bool:
    """Whether a unit is shown in percent."""
    return unit.startswith(("share", "chance")) and unit != "share above"


def unit_in_words(unit: str) -> str:
    """Return a unit as it stands behind a label: `$ an hour`, `% of wages`, `months`."""
    if unit in UNITS:
        return UNITS[unit]
    if is_percent(unit):
        kind, _, rest = unit.partition(" ")
        return " ".join(part for part in ("%", "chance" * (kind == "chance"), rest) if part)
    return unit.replace("USD", "$")


def _step(given: Input) -> float:
    if given.type == "whole number" or is_percent(given.unit):
        return 1.0
    if given.unit in STEPS:
        return STEPS[given.unit]
    if given.unit.startswith("USD"):
        return LARGE_STEP if (given.limits.le or 0.0) > LARGE_USD * LARGE_STEP else 10.0
    return 1.0 if given.unit in ("days", "months", "clients", "units") else 0.1
