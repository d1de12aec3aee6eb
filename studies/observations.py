"""Read studies as observations: who was counted, what counted, over what time, how many, and the figure.

One file a study, in data/studies; `unused.toml` there says why any other row of the calibration and validation tables
is none. Sampling error is that of a share of n people; where n was not seen there is none, and none is made up.
What a study says of leaving and wages is an elasticity; its error is the source's, or says that it is assumed.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.evidence.paths import DATA, shown
from sim.evidence.sources import load_sources
from sim.evidence.tables import EvidenceError, did_you_mean

STUDIES: Final = DATA / "studies"
UNUSED: Final = "unused.toml"
ROWS: Final = (*(f"C{number}" for number in range(1, 28)), *(f"V{number}" for number in range(1, 13)))

Counted = Literal["newcomers", "people in post", "stock", "leavers", "employers", "people in the sector", "posts"]
Quantity = Literal[
    "newcomers_kept",
    "in_post_kept",
    "in_post_quit",
    "stock_under",
    "leavers_under",
    "centers_losing_half",
    "centers_never",
    "centers_again",
    "sector_leaving",
    "vacancy",
]
LevelCounts = Literal["separations", "people in post", "employers", "newcomers"]
COUNTED_BY: Final[Mapping[Quantity, tuple[Counted, str]]] = {
    "newcomers_kept": ("newcomers", "separations"),
    "in_post_kept": ("people in post", "separations"),
    "in_post_quit": ("people in post", "quits"),
    "stock_under": ("stock", "separations"),
    "leavers_under": ("leavers", "separations"),
    "centers_losing_half": ("employers", "separations"),
    "centers_never": ("employers", "separations"),
    "centers_again": ("employers", "separations"),
    "sector_leaving": ("people in the sector", "separations"),
    "vacancy": ("posts", "separations"),
}
NEEDS: Final[Mapping[Quantity, tuple[str, ...]]] = {
    "centers_losing_half": ("people",),
    "centers_never": ("people", "years"),
    "centers_again": ("people", "years"),
    "sector_leaving": ("since",),
}
Share = Annotated[float, Field(gt=0.0, lt=1.0)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Strict):
    """One figure: a share, the people or employers it is of, and the months it was counted over.

    `people` in post at a center, `years` counted one by one, and `since` how many months of time in the sector go with
    the quantities that need them. A figure that is `given` restates or sets the study's level: it is no test.
    `first_edition` is what the first edition of the model showed: its figure and its 90 % band, low and high.
    """

    row: str
    counted: Counted
    left: Literal["separations", "quits"]
    quantity: Quantity
    months: Annotated[float, Field(gt=0.0, le=480.0)]
    value: Share
    n: Annotated[int, Field(gt=0)] | None = None
    people: Annotated[float, Field(gt=0.0)] | None = None
    years: Annotated[int, Field(gt=0)] | None = None
    since: Annotated[float, Field(ge=0.0)] | None = None
    given: bool = False
    first_edition: tuple[float, float, float] | None = None
    note: str = ""

    @property
    def standard_error(self) -> float | None:
        """Return the sampling error of a share of n, without clustering; None where n was not seen."""
        return None if self.n is None else math.sqrt(self.value * (1.0 - self.value) / self.n)

    @model_validator(mode="after")
    def _counts_what_it_says(self) -> Figure:
        counted, left = COUNTED_BY[self.quantity]
        if (self.counted, self.left) != (counted, left):
            raise ValueError(
                f"{self.quantity} is counted over {counted} by {left}: write so or choose another quantity"
            )
        if self.row and self.row not in ROWS:
            raise ValueError(f"no row {self.row!r}: must be C1 to C27 or V1 to V12, or empty")
        needed = NEEDS.get(self.quantity, ())
        for name in ("people", "years", "since"):
            if (getattr(self, name) is not None) != (name in needed):
                raise ValueError(f"{self.quantity} {'needs' if name in needed else 'has no'} {name}")
        return self


class Wage(_Strict):
    """One elasticity of separations to the own wage, with its standard error and where that comes from."""

    row: str
    elasticity: float
    standard_error: Annotated[float, Field(gt=0.0)]
    error: Literal["published", "from a published range", "assumed"]
    first_edition: tuple[float, float, float]
    note: Annotated[str, Field(min_length=1)]


class _Table(_Strict):
    source: str
    population: Annotated[str, Field(min_length=1)]
    place: str | None = None
    level_per_100_year: Annotated[float, Field(gt=0.0)] | None = None
    level_counts: LevelCounts = "separations"
    level_source: str | None = None
    stays_in_sector: Share | None = None
    quit_share: Share | None = None
    quit_share_source: str | None = None
    figure: tuple[Figure, ...] = ()
    wage: tuple[Wage, ...] = ()

    @model_validator(mode="after")
    def _given_with_a_source(self) -> _Table:
        if not self.figure and not self.wage:
            raise ValueError("neither a figure nor a wage: add [[figure]] or [[wage]]")
        if (self.level_per_100_year is None) != (self.level_source is None):
            raise ValueError("level_per_100_year and level_source stand together: add the other")
        if (self.quit_share is None) != (self.quit_share_source is None):
            raise ValueError("quit_share and quit_share_source stand together: add the other")
        return self

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the keys of all sources named."""
        return tuple(key for key in (self.source, self.level_source, self.quit_share_source) if key is not None)


@dataclass(frozen=True)
class Study:
    """A study: its level a year and share of quits where given, its figures, and what it says of wages.

    Studies of one `place` share what a place has of its own.
    """

    key: str
    source: str
    population: str
    place: str
    level_per_100_year: float | None
    level_counts: LevelCounts
    stays_in_sector: float | None
    quit_share: float | None
    figures: tuple[Figure, ...]
    wages: tuple[Wage, ...]


def load_studies(folder: Path = STUDIES) -> tuple[Study, ...]:
    """Return the studies of a folder by name; raise EvidenceError that names every fault."""
    tables = {path: _read(path) for path in sorted(folder.glob("*.toml")) if path.name != UNUSED}
    faults = [fault for _, found in tables.values() for fault in found]
    if faults:
        raise EvidenceError("\n".join(faults))
    return tuple(_study(path.stem, table) for path, (table, _) in tables.items() if table is not None)


def load_unused(folder: Path = STUDIES) -> Mapping[str, str]:
    """Return why a row of the tables is no observation, by row."""
    return {row: str(reason) for row, reason in tomllib.loads((folder / UNUSED).read_text(encoding="utf-8")).items()}


def _study(key: str, table: _Table) -> Study:
    return Study(
        key,
        table.source,
        table.population,
        table.place or key,
        table.level_per_100_year,
        table.level_counts,
        table.stays_in_sector,
        table.quit_share,
        table.figure,
        table.wage,
    )


def _read(path: Path) -> tuple[_Table | None, list[str]]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        table = _Table.model_validate(data)
    except tomllib.TOMLDecodeError as error:
        return None, [f"{shown(path)}: {error}"]
    except ValidationError as error:
        return None, [f"{shown(path)}: {_said(one)}" for one in error.errors()]
    return table, [f"{shown(path)}: {fault}" for fault in _unknown(table.sources)]


def _said(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    given = "" if isinstance(error["input"], dict | BaseModel) else f" = {error['input']!r}"
    return f"{where}{given}: {error['msg']}"


def _unknown(keys: Iterable[str]) -> Iterator[str]:
    sources = load_sources()
    yield from (
        f"no source {key!r} in data/sources.toml{did_you_mean(key, sources)}" for key in keys if key not in sources
    )
