"""What is asked on the pages Ask backwards and What matters most, as part of the page's address."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from sim.questions.frontier.mixes import MOST_MIXES, OBJECTIVES, PUBLIC_BILL
from sim.results.measures.table import MEASURES

LONGEST: Final = 4_000  # characters of an address
MOST_WISHES, MOST_INPUTS = 3, 4
PER_CENT: Final = 100.0

Side = Literal["most", "least"]
Against = Literal["number", "base", "percent"]
Place = Annotated[int, Field(ge=0)]  # of a scenario in the question


def _measure(key: str) -> str:
    if key not in MEASURES:
        raise ValueError(f"{key} is not a measure")
    return key


Key = Annotated[str, AfterValidator(_measure)]
Chance = Annotated[float, Field(gt=0, lt=1)]
Draws = Annotated[int, Field(ge=20)]
Runs = Annotated[int, Field(ge=4)]
Moves = Annotated[int, Field(ge=2)]


@dataclass(frozen=True)
class Wish:
    """One constraint: a measure at most or at least a number, the base's value, or so many percent from it."""

    key: Key = "exits_per_year"
    side: Side = "most"
    against: Against = "percent"
    number: float = -10.0

    @property
    def text(self) -> str:
        """Return it as on the command line."""
        target = {
            "number": f"{self.number:.12g}",
            "base": "base",
            "percent": f"base * {1.0 + self.number / PER_CENT:.12g}",
        }[self.against]
        return f"{self.key} {'<=' if self.side == 'most' else '>='} {target}"


@dataclass(frozen=True)
class Backwards:
    """A search on one scenario: which input may change, over which range, until which constraints hold."""

    place: Place = 0
    wishes: tuple[Wish, ...] = (Wish(),)
    vary: str = "pay.wage_usd_per_hour"
    low: float | None = None
    high: float | None = None
    chance: Chance | None = None


@dataclass(frozen=True)
class Range:
    """An input that is varied in mixes, and its range."""

    path: str
    low: float
    high: float


@dataclass(frozen=True)
class Mixed:
    """Which inputs to mix at equal cost; `paid` leaves out the employer's money rules."""

    place: Place = 0
    vary: Annotated[tuple[Range, ...], Field(max_length=MOST_INPUTS)] = ()
    measures: tuple[Key, ...] = OBJECTIVES
    equal: str = PUBLIC_BILL
    points: Annotated[int, Field(ge=2, le=MOST_MIXES)] = 16
    paid: bool = True


@dataclass(frozen=True)
class Doubted:
    """The measure to look at, and how many draws and replications to spend on its uncertainty."""

    key: Key = "separations_standardized_per_100_posts_year"
    draws: Draws = 100
    runs: Runs = 14


@dataclass(frozen=True)
class Moved:
    """The measure and scenario to look at, and the inputs to move over their ranges."""

    key: Key = "separations_standardized_per_100_posts_year"
    place: Place = 0
    wanted: tuple[str, ...] = ()
    moves: Moves = 4
    runs: Runs = 40


Asked = TypeVar("Asked", Backwards, Mixed, Doubted, Moved)


def text_of(asked: Backwards | Mixed | Doubted | Moved) -> str:
    """Return what is asked as text for an address."""
    told = json.dumps(asdict(asked), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def asked_in(text: str | None, kind: type[Asked]) -> Asked | None:
    """Return what an address asks; None where it asks nothing that can be read: whoever made it is not trusted."""
    if not text or len(text) > LONGEST:
        return None
    try:
        told = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return TypeAdapter(kind).validate_json(told)
    except (binascii.Error, ValueError, ValidationError, RecursionError):
        return None
