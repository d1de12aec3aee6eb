"""Uncertainty and sensitivity as plain values for JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim import __version__
from sim.questions.sensitivity.morris import Moved
from sim.questions.sensitivity.sensitivity import Sensitivity
from sim.questions.sensitivity.sobol import Index
from sim.questions.uncertainty.evppi import Worth
from sim.questions.uncertainty.uncertainty import Band, Choice, Spread, Uncertainty
from sim.questions.uncertainty.variance_shares import Guess
from sim.results.measures.table import measure_of
from sim.runs.futures.unknowns import Unknown
from sim.scenario.files import Loaded
from sim.words.as_json import Shape, made_by


def uncertainty_shape(found: Uncertainty, everyone: Sequence[Loaded]) -> Shape:
    """Return the shape of `peerstay uncertainty --json`."""
    return {
        **_head(found.key, found.names, everyone, found.seed),
        "draws": found.draws,
        "replications_per_draw": found.replications,
        "replications_undefined": found.undefined,
        "draws_refused": dict(found.refused),
        "draws_fitted": found.fitted,
        "assumptions": [_unknown(one) for one in found.unknowns],
        "luck_correlation": found.levels[0].whole.parts.luck_correlation,
        "scenarios": [_spread(one) for one in found.levels],
        "differences": [_spread(one) for one in found.differences],
        "choice": None if found.choice is None else _choice(found.choice),
    }


def sensitivity_shape(found: Sensitivity, everyone: Sequence[Loaded]) -> Shape:
    """Return the shape of `peerstay sensitivity --json`."""
    screening, portions = found.screening, found.portions
    return {
        **_head(found.key, found.names, everyone, found.seed),
        "replications_per_point": found.replications,
        "points_refused": dict(found.refused),
        "points_fitted": found.fitted,
        "morris": None
        if screening is None
        else {
            "trajectories": found.trajectories,
            "inputs": [_unknown(one) | _moved(moved) for one, moved in screening.inputs],
        },
        "sobol": None
        if portions is None
        else {
            "samples": portions.samples,
            "variance": portions.variance,
            "luck_share": portions.luck,
            "inputs": [
                _unknown(one) | {"first_order": _index(own.first), "total": _index(own.total)}
                for one, own in portions.inputs
            ],
        },
    }


def _head(key: str, names: Sequence[str], everyone: Sequence[Loaded], seed: int) -> Shape:
    return {
        "measure": key,
        "unit": measure_of(key).unit,
        "version": __version__,
        **made_by(),
        "seed": seed,
        "names": list(names),
        "fingerprints": [loaded.fingerprint for loaded in everyone],
    }


def _unknown(one: Unknown) -> Shape:
    names = ("path", "title", "group", "low", "likely", "high", "unit", "grade", "evidence")
    return {name: getattr(one, name) for name in names}


def _spread(one: Spread) -> Shape:
    parts = one.whole.parts
    return {
        "scenario": one.name,
        "as_taken": one.taken,
        "mean": one.mean,
        "mean_luck_se": one.luck_error,
        "variance": {"luck": parts.luck, "unknown": parts.ignorance},
        "band_90": {"both": _band(one.both), "luck": _band(one.luck), "unknown": _band(one.ignorance)},
        "luck_share": None if one.luck_share is None else _guess(one.luck_share),
        "groups": {
            group: {"of_all": _guess(of_all), "of_unknown": _guess(of_unknown)}
            for group, (of_all, of_unknown) in one.groups.items()
        },
        "together": {"of_all": one.together[0], "of_unknown": one.together[1]},
        "single_of_unknown": {path: _guess(guess) for path, guess in one.single.items()},
    }


def _choice(choice: Choice) -> Shape:
    return {
        "prefer": choice.prefer,
        "best_on_average": choice.best,
        "chance_best": {name: one.mean for name, one in choice.chance_best.items()},
        "chance_best_interval": {name: [one.low, one.high] for name, one in choice.chance_best.items()},
        "chance_order_changes": choice.order_changes.mean,
        "chance_order_changes_interval": [choice.order_changes.low, choice.order_changes.high],
        "evpi": _guess(choice.everything),
        "evppi_groups": {group: _worth(one) for group, one in choice.groups.items()},
        "evppi": {path: _worth(one) for path, one in choice.single.items()},
    }


def _worth(one: Worth) -> Shape:
    return _guess(one.value) | {"held_out": one.held_out, "noise_95": one.noise, "detectable": one.detectable}


def _moved(moved: Moved) -> Shape:
    return {
        "mu_star": moved.size,
        "mu_star_low": moved.low,
        "mu_star_high": moved.high,
        "mu": moved.mean,
        "sigma": moved.spread,
        "luck": moved.luck,
        "beyond_luck": moved.told_apart,
    }


def _guess(guess: Guess) -> Shape:
    return {"value": _number(guess.value), "se": _number(guess.error)}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _index(index: Index) -> Shape:
    return {"value": index.value, "low": index.low, "high": index.high}


def _band(inside: Band | None) -> list[float] | None:
    return None if inside is None else [inside.low, inside.high]
