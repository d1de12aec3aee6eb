"""Write docs/calibration.md from a fit: nothing in it is typed by hand but the reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from sim.results.summary import Estimate
from studies.calibration import words
from studies.calibration.reference import PARAMETERS
from studies.calibration.search import FITTED, POINTS, PULL, REPLICATIONS
from studies.calibration.staying import LUCKS, Fit
from studies.calibration.targets import MARGIN, NOT_PRODUCED, TARGETS, Target, inside


def page(fit: Fit, seen: dict[str, Estimate]) -> str:
    """Return the page."""
    method = words.METHOD.format(points=POINTS, replications=REPLICATIONS, pull=PULL, margin=f"{MARGIN:.0%}")
    targets = ("\n## Targets\n\n", targets_table(seen), f"\n{summary(seen)}\n")
    missing = ("\nNot produced by the model:\n\n", not_produced())
    conflicts = ("\n## What cannot be met together\n\n", _conflicts(fit, seen))
    parts = (
        words.INTRO,
        method,
        _screening(fit),
        words.KEPT,
        _parameters(fit),
        _way(fit),
        *targets,
        *missing,
        *conflicts,
    )
    return "".join(parts)


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _screening(fit: Fit) -> str:
    names = [parameter.name for parameter in PARAMETERS]
    rows = [[key, *(f"{fit.slopes[key][name]:+.3f}" for name in names)] for key in fit.slopes]
    return markdown(["quantity", *(name.replace("_", " ") for name in names)], rows)


def _parameters(fit: Fit) -> str:
    rows = [
        [
            parameter.name.replace("_", " "),
            f"{fit.best.point[parameter.name]:g}",
            f"{parameter.low:g} – {parameter.high:g}",
            f"{parameter.prior:g}",
            "fitted" if parameter.fitted else "kept",
            f"`{parameter.card}`",
        ]
        for parameter in PARAMETERS
    ]
    return markdown(["parameter", "value", "range searched", "prior", "how", "card or effect"], rows)


def _way(fit: Fit) -> str:
    """Return how near to the targets the search came, and whether the values kept from before moved."""
    stays = fit.staying
    told = (
        f"\nDistance {fit.priors.distance:.4f} at the priors, {fit.start.distance:.4f} at the hypercube's best point, "
        f"{stays.ended.distance:.4f} where the search ended.\n"
    )
    if stays.ended is stays.kept:
        return told + "\nIt ended at the values kept from the fit before.\n"
    ended = ", ".join(
        f"{one.name.replace('_', ' ')} {stays.ended.point[one.name]:g}" for one in PARAMETERS if one.fitted
    )
    moved = "more than luck tells, so they moved" if stays.moves else "no more than luck tells, so they stay"
    return told + words.STAYING.format(
        ended=ended, kept=f"{stays.kept.distance:.4f}", lucks=LUCKS,
        nearer=f"{stays.nearer:.4f}".replace("-", "−"), error=f"{stays.error:.4f}", moved=moved,
    )  # fmt: skip


# targets ---------------------------------------------------------------------------------------------------------


def targets_table(seen: dict[str, Estimate]) -> str:
    """Return every target with its band, simulated value and interval."""
    head = ["target", "quantity", "band", "simulated", "95 % interval", "", "note"]
    return markdown(head, [_target_row(target, seen[target.key]) for target in TARGETS])


def _target_row(target: Target, seen: Estimate) -> list[str]:
    low, high = target.limits
    value = float("nan") if seen.mean is None else seen.mean
    interval = "" if seen.low is None or seen.high is None else f"{seen.low:.3g} – {seen.high:.3g}"
    led = " (led the search)" if target.fitted else ""
    return [
        target.number,
        f"{target.label}, {target.unit}{led}",
        f"{low:.3g} – {high:.3g}",
        f"{value:.3g}",
        interval,
        "in" if inside(target, value) else "**out**",
        target.note,
    ]


def summary(seen: dict[str, Estimate]) -> str:
    """State how many targets hold."""
    held = [target for target in TARGETS if inside(target, seen[target.key].mean or 0.0)]
    inputs = sum("input" in target.note or "solved" in target.note for target in held)
    led = sum(target.fitted for target in held)
    return (
        f"**{len(held)} of {len(TARGETS)} rows lie inside their bands**: {inputs} of them are inputs that come out as "
        f"they went in, {led} led the search, {len(held) - inputs - led} did neither."
    )


def not_produced() -> str:
    """Return the targets that the model does not answer, with the reason."""
    return markdown(["target", "quantity", "why not"], NOT_PRODUCED)


# conflicts -------------------------------------------------------------------------------------------------------


def _conflicts(fit: Fit, seen: dict[str, Estimate]) -> str:
    return "".join((words.IDENTITY, _two_rates() + _in_post(seen), _fill_time(), _free(fit)))


def _two_rates() -> str:
    """Return what a first-year ratio leaves of retention, with two constant hazards."""
    rows = []
    for separations in (20, 25, 30, 40):
        first = _first_year_hazard(100.0 / separations)
        rows.append((str(separations), *(f"{_kept(first, years):.2f}" for years in (0.5, 1.0, 3.0))))
    head = ("separations per 100 a year", "kept 6 months", "kept 12 months", "kept 36 months")
    return words.TWO_RATES + markdown(head, rows)


def _in_post(seen: dict[str, Estimate]) -> str:
    """State what C4 looks like for those who were in post at the start."""
    stock, newcomers = (
        ", ".join(f"{seen[name].mean or 0.0:.2f} at {name.rpartition('_')[2]}" for name in names) + " months"
        for names in ([key.replace("retention", "in_post") for key in C4], C4)
    )
    return words.TWO_RATES_READ.format(stock=stock, newcomers=newcomers)


C4: Final = tuple(target.key for target in TARGETS if target.number == "C4")


def _first_year_hazard(mean_years: float) -> float:
    """Return the hazard of the first year at which people stay some years on average, by halving."""
    low, high = 0.01, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _mean_years(middle) > mean_years else (low, middle)
    return low


RATIO: Final = 2.6


def _mean_years(first: float) -> float:
    return (1 - math.exp(-first)) / first + math.exp(-first) * RATIO / first


def _kept(first: float, years: float) -> float:
    return math.exp(-first * min(years, 1.0) - first / RATIO * max(years - 1.0, 0.0))


def _fill_time() -> str:
    rows = [
        (f"{days}", *(f"{100 * _vacant(separations, days):.1f} %" for separations in (0.30, 0.45)))
        for days in (45, 62, 80, 113)
    ]
    head = ("days to fill", "vacancy at 30 per 100", "at 45 per 100")
    return words.FILL + markdown(head, rows) + words.FILL_READ


def _vacant(separations: float, days: float) -> float:
    waiting = separations * days / 365.25
    return waiting / (1 + waiting)


def _free(fit: Fit) -> str:
    point = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in fit.free.point.items())
    rows = [
        (
            target.number,
            target.label,
            "{:.3g} – {:.3g}".format(*target.limits),
            *(_marked(target, found.seen[target.key]) for found in (fit.best, fit.free)),
        )
        for target in FITTED
    ]
    head = ("target", "quantity", "band", "at the fit", "separations free")
    return words.FREE.format(point=point, distance=f"{fit.free.distance:.4f}") + markdown(head, rows)


def _marked(target: Target, value: float) -> str:
    return f"{value:.3g}" if inside(target, value) else f"**{value:.3g}**"
