"""Predict a study's figures exactly, by renewal, at that study's own level."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studies.careers import sector_leaving
from studies.observations import Figure, LevelCounts, Quantity, Study
from studies.renewal import Floats, Flows, NoLevelError, Reach, Shape, at_level

QUIT_SHARE: Final = 0.75  # where a study gives none (an assumption; of SUD counselors 0.751)
FILL_MONTHS: Final = 2.3  # 70 days; no figure of leaving depends on it much
COORDINATES: Final = ("tenure shape", "log early peak", "worker spread", "log employer spread")


@dataclass(frozen=True)
class Level:
    """What a study's workforce is known to lose, of whom, and the share of quits among them."""

    value: float
    counts: LevelCounts
    quit_share: float


def level_of(study: Study) -> Level | None:
    """Return a study's level: given, or set by the figure that is given; None where nothing sets one."""
    quits = study.quit_share or QUIT_SHARE
    if study.level_per_100_year is not None:
        return Level(study.level_per_100_year, study.level_counts, quits)
    kept = [figure for figure in study.figures if figure.given and figure.quantity == "newcomers_kept"]
    return Level(100.0 * (1.0 - kept[0].value), "newcomers", quits) if kept else None


def shape_of(point: Floats, reach: Reach) -> Shape:
    """Return a shape from its four coordinates."""
    tenure, peak, workers, employers = (float(one) for one in point)
    return Shape(tenure, math.exp(peak), workers, math.exp(employers), FILL_MONTHS, reach)


def predictable(study: Study) -> tuple[Figure, ...]:
    """Return a study's figures of leaving that its level does not give."""
    return tuple(figure for figure in study.figures if not figure.given and figure.quantity != "vacancy")


def predicted(study: Study, point: Floats, reach: Reach) -> Floats:
    """Return every predictable figure of a study; NaN where no hazards show its level."""
    level = level_of(study)
    if level is None:
        raise ValueError(f"{study.key}: neither a level nor a figure that sets it")
    try:
        found = at_level(shape_of(point, reach), level.value, level.quit_share, level.counts)
    except NoLevelError:
        return np.full(len(predictable(study)), np.nan)
    return np.array([_figure(found, study, figure) for figure in predictable(study)])


def _figure(found: Flows, study: Study, figure: Figure) -> float:
    if figure.quantity == "sector_leaving":
        return sector_leaving(found, study.stays_in_sector or 0.0, int(figure.since or 0), int(figure.months))
    return READ[figure.quantity](found, figure)


READ: Final[Mapping[Quantity, Callable[[Flows, Figure], float]]] = {
    "newcomers_kept": lambda found, figure: found.newcomers_kept(figure.months),
    "in_post_kept": lambda found, figure: found.in_post_kept(figure.months),
    "in_post_quit": lambda found, figure: found.in_post_quit(figure.months),
    "stock_under": lambda found, figure: found.stock_under(figure.months),
    "leavers_under": lambda found, figure: found.leavers_under(figure.months),
    "centers_losing_half": lambda found, figure: found.centers_losing_half(figure.people or 0.0),
    "centers_never": lambda found, figure: found.centers_never(figure.people or 0.0, figure.years or 0),
    "centers_again": lambda found, figure: found.centers_again(figure.people or 0.0, figure.years or 0),
}


def log_odds(figures: Sequence[Figure], values: Floats) -> Floats:
    """Return figures as log odds, over the last axis; a rate a year counts as the share that leaves at it in a year."""
    share = np.where(_rates(figures), 1.0 - np.exp(-values), values)
    return np.asarray(np.log(share / (1.0 - share)))


def from_odds(figures: Sequence[Figure], odds: Floats) -> Floats:
    """Return figures from log odds, over the last axis."""
    share = 1.0 / (1.0 + np.exp(-odds))
    return np.asarray(np.where(_rates(figures), -np.log1p(-share), share))


def _rates(figures: Sequence[Figure]) -> NDArray[np.bool_]:
    return np.array([figure.quantity == "sector_leaving" for figure in figures])
