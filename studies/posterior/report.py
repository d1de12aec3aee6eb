"""Gather everything that is told of the posterior, and its card in data/posterior.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from typing import Any, Final

import numpy as np

from sim import __version__
from sim.evidence.paths import DATA
from studies.observations import load_studies
from studies.posterior import vacancies, wages
from studies.posterior.checkpoints import digest_of
from studies.posterior.drawing import DRAWS, Draws, draws
from studies.posterior.fits import SEED, Fit, fit, luck_of
from studies.posterior.leaving_out import TENURE, VACANCY, WAGES, LeftOut, leaving, paid, vacant
from studies.posterior.predicting import log_odds, predictable, predicted
from studies.posterior.scores import BANDS, Score
from studies.posterior.synthetic import Synthetic, synthetic
from studies.posterior.tenure import SHARED
from studies.posterior.vacancies import Filling
from studies.posterior.wage_effect import Translation, translation
from studies.posterior.wages import Pooled
from studies.renewal import Floats

DATA_OF: Final = "2026-11-29"
COMMAND: Final = "python -m studies.posterior"
WAREHOUSE: Final = "emanuel_harrington_2020"
QUANTILES: Final = (0.05, 0.5, 0.95)
COMPARED, CHECKED = 40, 9  # points of the chain predicted exactly; number of a stream


@dataclass(frozen=True)
class Report:
    """All that was found: the fit, studies left out by both forms, wages with and without the warehouse, the draws."""

    fit: Fit
    left: list[LeftOut]
    other_left: list[LeftOut]
    scores: list[Score]
    pools: list[Pooled]
    without: list[Pooled]
    filling: Filling
    synthetic: Synthetic
    translation: Translation
    draws: Draws
    missed: float

    @property
    def shared(self) -> Floats:
        """Return what all studies share, a row a point of the chain."""
        return self.fit.model.parameters(self.fit.chain)[0]


def report() -> Report:
    """Work everything out; what took long is found again where it was broken off."""
    whole, left = fit("quits"), leaving("quits")
    found = wages.estimates(load_studies())
    fewer = [one for one in found if one.study != WAREHOUSE]
    turned = translation(_middle(whole))
    return Report(
        whole,
        left,
        leaving("all exits"),
        [*(score for one in left for score in one.scores), *vacant(), *paid()],
        [wages.pooled(found, form) for form in wages.FORMS],
        [wages.pooled(fewer, form) for form in wages.FORMS],
        vacancies.filled(vacancies.vacancies(load_studies())),
        synthetic(),
        turned,
        draws(whole, turned),
        _missed(whole),
    )


def _middle(whole: Fit) -> dict[str, float]:
    middle = np.median(whole.model.parameters(whole.chain)[0], axis=0)
    return {
        "tenure_shape": float(middle[0]),
        "early_peak": float(np.exp(middle[1])),
        "worker_spread_sd": float(middle[2]),
        "employer_spread_sd": float(np.exp(middle[3])),
    }


def _missed(whole: Fit) -> float:
    """Return the root mean square of what the polynomials miss by, in log odds, where the chain is."""
    emulated = whole.model.emulator
    rows = luck_of(CHECKED).choice(len(whole.chain), COMPARED, replace=False)
    points = whole.model.parameters(whole.chain[rows])[1]
    guessed = emulated.predict(points)
    exact = [
        np.concatenate(
            [
                log_odds(predictable(study), predicted(study, point, "quits"))
                for study, point in zip(emulated.studies, row, strict=True)
            ]
        )
        for row in points
    ]
    return float(np.sqrt(np.nanmean(np.square(guessed - np.array(exact)))))


def card(found: Report) -> dict[str, Any]:
    """Return data/posterior.toml."""
    return {
        "made": made(),
        "column": {path: _quantiles(values) for path, values in found.draws.columns.items()},
        "shared": {
            name: _quantiles(values) | {"r_hat": round(float(r), 4), "effective_draws": round(float(n))}
            for name, values, r, n in zip(SHARED, found.shared.T, found.fit.r_hat, found.fit.effective, strict=False)
        },
        "left_out": {
            "all": held(found.scores),
            **{kind: held([one for one in found.scores if one.kind == kind]) for kind in (TENURE, VACANCY, WAGES)},
        },
        "study": {
            study: held(list(scores))
            for study, scores in groupby(sorted(found.scores, key=lambda one: one.study), key=lambda one: one.study)
        },
    }


def made() -> dict[str, Any]:
    """Return how the draws were made."""
    return {
        "command": COMMAND,
        "version": __version__,
        "data_of": DATA_OF,
        "studies": digest_of(sorted((DATA / "studies").glob("*.toml"))),
        "seed": SEED,
        "draws": DRAWS,
        "form": "employers' effect on quits; Student t leftovers; wages normal, lognormal and one response, by weight",
        **{name: version(name) for name in ("numpy", "scipy", "emcee", "pyarrow")},
    }


def held(scores: Sequence[Score]) -> dict[str, Any]:
    """Return how many figures there are, how many each band holds, and CRPS beside those of the rivals."""
    table: dict[str, Any] = {"figures": len(scores)}
    table |= {f"in_{band}": sum(one.holds(band) for one in scores) for band in BANDS}
    table["crps"] = _mean([one.crps for one in scores])
    before = [one.first_holds for one in scores if one.first_holds is not None]
    if before:
        table["first_in_90"] = sum(before)
    for rival in ("first", "others"):
        both = [(one.crps, value) for one in scores if (value := getattr(one, f"{rival}_crps")) is not None]
        if both:
            ours, theirs = (_mean(list(values)) for values in zip(*both, strict=True))
            table |= {f"{rival}_figures": len(both), f"{rival}_crps": theirs, f"crps_beside_{rival}": ours}
    return table


def _mean(values: list[float]) -> float:
    return round(float(np.mean(values)), 4)


def _quantiles(values: Floats) -> dict[str, Any]:
    low, median, high = (round(float(one), 4) for one in np.quantile(values, QUANTILES))
    return {"low": low, "median": median, "high": high}
