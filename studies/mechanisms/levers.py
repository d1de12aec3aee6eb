"""Run single levers over futures: what each does to leaving, burnout and who stays."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.evidence.sources import Source, source
from sim.results.spreads import BAND
from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load, load_over
from sim.scenario.patch import nested, split
from sim.scenario.read.layers import Layer

FILE: Final = Path(__file__).with_name("mechanisms.toml")
LEAVING: Final = "separations_standardized_per_100_posts_year"
TOLD: Final = ("retention_12_months", "retention_in_post_12_months", "burnout_mean", "hired_and_promoted_share")


@dataclass(frozen=True)
class Found:
    """What a study found of a lever: leaving with it over leaving without, low and high, where it is such a ratio."""

    source: Source
    found: str
    ratio: tuple[float, float] | None
    derived: str


@dataclass(frozen=True)
class Lever:
    """One lever: what is set, and what studies found."""

    title: str
    about: str
    note: str  # what to make of it
    sets: Mapping[str, Any]
    studies: tuple[Found, ...]


@dataclass(frozen=True)
class Asked:
    """What the page tries, and on which organization."""

    base: str
    sets: Mapping[str, Any]
    levers: tuple[Lever, ...]


@dataclass(frozen=True)
class Range:
    """A mean over futures and the middle 90 % of single ones."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Seen:
    """What a lever does in the model: leaving over the base's, at the base's mix of tenure, and differences."""

    leaving: Range
    differences: Mapping[str, Range]
    fewer: float  # share of futures in which fewer leave
    futures: int


def load_page(file: Path = FILE) -> Asked:
    """Return what the page tries; a source that is not in the register is an EvidenceError."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    levers = tuple(
        Lever(one["title"], one["about"], one["note"], one["set"], tuple(map(_found, one["study"])))
        for one in table["lever"]
    )
    return Asked(table["base"], table["with"], levers)


def _found(one: Mapping[str, Any]) -> Found:
    ratio = one.get("ratio")
    return Found(source(one["source"]), one["found"], None if ratio is None else tuple(ratio), one.get("derived", ""))


def seen(asked: Asked, settings: Settings) -> list[Seen]:
    """Return what every lever does, all on the same futures."""
    base = _with(load(f"library:{asked.base}"), asked.sets, "no rule about money")
    answer = ask(base, [_with(base, one.sets, one.title) for one in asked.levers], settings)
    before = answer.base.own
    assert before is not None  # futures are asked for, and there are enough of them
    afters = [one.case.own for one in answer.alternatives]
    return [_seen(before, after) for after in afters if after is not None]


def _with(loaded: Loaded, sets: Mapping[str, Any], name: str) -> Loaded:
    layers: Iterable[Layer] = (Layer(name, nested(split(path), value)) for path, value in sets.items())
    return load_over(loaded, layers, name)


def _seen(before: Mapping[str, NDArray[np.float64]], after: Mapping[str, NDArray[np.float64]]) -> Seen:
    there = before[LEAVING] > 0.0  # a short run may see nobody leave
    ratio = after[LEAVING][there] / before[LEAVING][there]
    differences = {key: _range(after[key] - before.get(key, np.zeros(1))) for key in TOLD if key in after}
    mean = float(np.nanmean(after[LEAVING]) / np.nanmean(before[LEAVING]))
    known = ratio[np.isfinite(ratio)]
    low, high = np.quantile(known, BAND).tolist()
    return Seen(Range(mean, low, high), differences, float(np.mean(known < 1.0)), known.size)


def _range(values: NDArray[np.float64]) -> Range:
    known = values[np.isfinite(values)]
    low, high = np.quantile(known, BAND).tolist() if known.size else (np.nan, np.nan)
    return Range(float(known.mean()) if known.size else np.nan, low, high)


def where(study: Found, seen: Seen) -> str:
    """Return where a study's ratio lies to the model's band."""
    if study.ratio is None:
        return "no ratio of leaving"
    low, high = study.ratio
    if seen.leaving.low <= high and low <= seen.leaving.high:
        return "inside the model's band" if _within(low, high, seen.leaving) else "overlaps the model's band"
    return "**more effect than in the model**" if high < seen.leaving.low else "**less effect than in the model**"


def _within(low: float, high: float, band: Range) -> bool:
    return band.low <= low and high <= band.high
