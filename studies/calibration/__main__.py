"""Fit the free parameters of the reference workforce: `python -m studies.calibration`, or `make calibrate`.

Writes data/calibration.toml and docs/calibration.md. Seeds are fixed, nothing of the day or the machine is written:
the same code and tables give the same bytes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

from sim.evidence.paths import DATA, ROOT
from sim.results.summary import Estimate
from sim.runs.toml import written
from studies.calibration.pages import page
from studies.calibration.reference import LEVEL, PARAMETERS, SEED, Parameter
from studies.calibration.search import (
    FITTED,
    POINTS,
    REPLICATIONS,
    Found,
    Point,
    Spread,
    descend,
    distance,
    evaluate,
    hypercube,
    on_grid,
    slopes,
)
from studies.calibration.showing import shown
from studies.calibration.staying import Fit, staying
from studies.calibration.targets import TARGETS, Target, inside, shortfall

FIT: Final = DATA / "calibration.toml"
PAGE: Final = ROOT / "docs" / "calibration.md"
WORKERS = 2
SCREENED: Final = (*(target.key for target in FITTED), "burned_out")


def main() -> None:
    """Search, show every target at the fit, and write both files."""
    with processes() as spread:
        fit = search(spread)
        seen = shown(fit.best.point, spread)
    FIT.write_text(written(table(fit, seen)), encoding="utf-8")
    PAGE.write_text(page(fit, seen), encoding="utf-8")


@contextmanager
def processes(workers: int = WORKERS) -> Iterator[Spread]:
    """Yield a map over processes."""
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool.map


def search(spread: Spread, points: int = POINTS) -> Fit:
    """Return the fit."""
    searched = [parameter for parameter in PARAMETERS if parameter.fitted]
    cube = hypercube(points)
    seen = list(spread(evaluate, cube))
    nearest = min(range(points), key=lambda number: distance(seen[number], cube[number], searched))
    prior = on_grid({parameter.name: parameter.prior for parameter in searched}, searched)
    start, priors = _start(cube[nearest], prior, searched, spread)
    stays = staying(descend(start.point, searched, spread), searched, FIT, spread)
    free = descend(stays.best.point | {LEVEL.name: LEVEL.prior}, [*searched, LEVEL], spread)
    return Fit(slopes(cube, seen, SCREENED), priors, start, stays, free)


def _start(point: Point, prior: Point, searched: list[Parameter], spread: Spread) -> tuple[Found, Found]:
    """Return the hypercube's best point on the grid, and the priors."""
    points = [on_grid(point, searched), prior]
    found = [
        Found(one, seen, distance(seen, one, searched))
        for one, seen in zip(points, spread(evaluate, points), strict=True)
    ]
    return found[0], found[1]


# what is kept --------------------------------------------------------------------------------------------------


def table(fit: Fit, seen: dict[str, Estimate]) -> dict[str, Any]:
    """Return what is kept of a fit."""
    return {
        "search": {
            "seed": SEED,
            "hypercube_points": POINTS,
            "replications": REPLICATIONS,
            "distance_of_the_priors": _rounded(fit.priors.distance),
            "distance_at_the_start": _rounded(fit.start.distance),
            "distance": _rounded(fit.best.distance),
            "distance_at_the_end": _rounded(fit.staying.ended.distance),
            "end_nearer_on_other_luck_by": _rounded(fit.staying.nearer),
            "end_nearer_on_other_luck_error": _rounded(fit.staying.error),
            "distance_with_free_separations": _rounded(fit.free.distance),
        },
        "parameter": {parameter.name: _parameter(parameter, fit) for parameter in PARAMETERS},
        "free_separations": {name: _rounded(value) for name, value in fit.free.point.items()},
        "target": {target.key: _target(target, seen[target.key]) for target in TARGETS},
    }


def _parameter(parameter: Parameter, fit: Fit) -> dict[str, Any]:
    return {
        "value": fit.best.point[parameter.name],
        "low": parameter.low,
        "high": parameter.high,
        "prior": parameter.prior,
        "fitted": parameter.fitted,
    }


def _target(target: Target, seen: Estimate) -> dict[str, Any]:
    low, high = target.limits
    value = 0.0 if seen.mean is None else seen.mean
    ends = {} if seen.low is None or seen.high is None else {"from": _rounded(seen.low), "to": _rounded(seen.high)}
    return {
        "number": target.number,
        "band": [_rounded(low), _rounded(high)],
        "simulated": _rounded(value),
        **ends,
        "inside": inside(target, value),
        "shortfall": _rounded(shortfall(target, value)),
        "fitted": target.fitted,
    }


def _rounded(value: float) -> float:
    return round(float(value), 4)


if __name__ == "__main__":
    main()
