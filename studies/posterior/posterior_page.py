"""Write docs/posterior.md: how the posterior was made, for readers of newspapers and for statisticians."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from studies.calibration.pages import markdown
from studies.posterior import vacancies, wages
from studies.posterior.drawing import DRAWS, LARGEST
from studies.posterior.emulator import DEGREE, EXPONENTS, HIGH, LOW, POINTS
from studies.posterior.fits import COMPARED, FULL, luck_of
from studies.posterior.leaving_out import LeftOut
from studies.posterior.predicting import FILL_MONTHS, QUIT_SHARE
from studies.posterior.report import QUANTILES, Report, held, made
from studies.posterior.sampling import WALKERS
from studies.posterior.scores import BANDS, Score
from studies.posterior.tenure import SHARED
from studies.posterior.trust_page import TEMPLATES
from studies.posterior.wage_effect import KEY
from studies.renewal import Floats, NoLevelError, Shape, at_level

TOLD = 10  # number of a stream
SEEN = 20_000
LEVEL: Final = 30.0


def posterior_page(found: Report) -> str:
    """Return docs/posterior.md."""
    parts = (_plain, _emulation, _chain, _forms, _paid, _filled, _columns)
    told = {name: value for part in parts for name, value in part(found).items()}
    return (TEMPLATES / "posterior.md").read_text(encoding="utf-8").format(**told)


def _plain(found: Report) -> dict[str, Any]:
    columns = found.draws.columns
    kept = 100.0 * _kept(found)
    pools = wages.new_places(found.pools, SEEN, luck_of(TOLD))
    fewer = 100.0 * (1.0 - 1.1**pools)
    return {
        "employer_ratio": float(np.exp(np.median(columns["turnover.employer_spread_sd"]))),
        **dict(zip(("kept_low", "kept_median", "kept_high"), np.quantile(kept, QUANTILES), strict=True)),
        **dict(zip(("raise_low", "raise_median", "raise_high"), np.quantile(fewer, QUANTILES), strict=True)),
    }


def _kept(found: Report) -> Floats:
    """Return the share of newcomers kept a year at 30 separations of 100, draw by draw."""
    names = ("tenure_shape", "early_peak", "worker_spread_sd", "employer_spread_sd")
    kept = []
    for row in zip(*(found.draws.columns[f"turnover.{name}"] for name in names), strict=True):
        try:
            tenure, peak, workers, employers = (float(one) for one in row)
            shape = Shape(tenure, peak, workers, employers, FILL_MONTHS)
            kept.append(at_level(shape, LEVEL, QUIT_SHARE).newcomers_kept(12))
        except NoLevelError:
            continue
    return np.array(kept)


def _emulation(found: Report) -> dict[str, Any]:
    emulated = found.fit.model.emulator
    return {
        "low": LOW,
        "high": HIGH,
        "peak_low": math.exp(LOW[1]),
        "peak_high": math.exp(HIGH[1]),
        "emp_low": math.exp(LOW[3]),
        "emp_high": math.exp(HIGH[3]),
        "degree": DEGREE,
        "terms": len(EXPONENTS),
        "points": POINTS["quits"],
        "lost": emulated.lost,
        "rms": float(emulated.rms.max()),
        "largest": float(emulated.largest.max()),
        "missed": found.missed,
    }


def _chain(found: Report) -> dict[str, Any]:
    rows = [
        [name, *(f"{value:.2f}" for value in np.quantile(values, QUANTILES)), f"{r:.4f}", f"{n:,.0f}"]
        for name, values, r, n in zip(SHARED, found.shared.T, found.fit.r_hat, found.fit.effective, strict=False)
    ]
    rates = [found.synthetic.held(percent) for percent in (90.0, 50.0)]
    sets = len(found.synthetic.ranks)
    checked = [[name, *(f"{rate[place]:.0%}" for rate in rates)] for place, name in enumerate(SHARED)]
    return {
        "ensembles": FULL.ensembles,
        "walkers": WALKERS,
        "steps": FULL.steps,
        "burn": FULL.burn,
        "accepted": found.fit.accepted,
        "shared": markdown(["parameter", "5 %", "median", "95 %", "R-hat", "effective draws"], rows),
        "sets": sets,
        "small": float(found.synthetic.effective.min()),
        "margin": 2.0 * math.sqrt(0.09 / sets),
        "synthetic": markdown(["parameter", "90 % band", "50 % band"], checked),
        "elsewhere": 1.25 * math.sqrt(2.0 / float(found.fit.effective[: len(SHARED)].min())),
    }


def _forms(found: Report) -> dict[str, Any]:
    named = (("quits (the engine's, shipped)", found.left), ("every exit (J)", found.other_left))
    rows = [_form(name, left) for name, left in named]
    gain = sum(one.log_density for one in found.other_left) - sum(one.log_density for one in found.left)
    told = f"So J would gain {gain:.1f}" if gain > 0 else f"So J would lose {-gain:.1f}"
    head = ["effect on", "figures", *(f"in {band} %" for band in BANDS), "CRPS", "log density", "largest R-hat"]
    return {
        "compared_steps": COMPARED.steps,
        "forms": markdown(head, rows),
        "gain": f"{told} in log density over {len(found.left)} studies.",
    }


def _form(name: str, left: Sequence[LeftOut]) -> list[str]:
    scores: list[Score] = [score for one in left for score in one.scores]
    one = held(scores)
    density = sum(study.log_density for study in left)
    return [
        name,
        str(one["figures"]),
        *(str(one[f"in_{band}"]) for band in BANDS),
        f"{one['crps']:.4f}",
        f"{density:.1f}",
        f"{max(study.r_hat for study in left):.3f}",
    ]


def _paid(found: Report) -> dict[str, Any]:
    rows = [
        *_pools("all ten", found.pools),
        *_pools("without the warehouse study", found.without),
    ]
    turned = found.translation
    seen = [
        [f"{effect:g}", f"{shown:.2f}", f"{error:.2f}"]
        for effect, shown, error in zip(turned.effects, turned.shown, turned.errors, strict=True)
    ]
    head = [
        "estimates",
        "form",
        "weight",
        "middle place (90 %)",
        "spread",
        "a new place, 90 %",
        "10 % more pay: separations ×",
    ]
    return {
        "wages": markdown(head, rows),
        "translation": markdown(["direct effect", "elasticity of separations", "standard error"], seen),
        "tail": found.draws.tail,
        "largest_wage": LARGEST,
        "key": KEY,
    }


def weight_told(weight: float) -> str:
    """A form's weight: to the hundredth, or that it is less."""
    return f"{weight:.2f}" if weight >= 0.005 else "under 0.005"


def _pools(name: str, pools: Sequence[wages.Pooled]) -> list[list[str]]:
    rows, luck = [], luck_of(TOLD)
    for one, weight in zip(pools, wages.weights(pools), strict=True):
        centers, spreads = wages.cells(one, SEEN, luck)
        places = wages.new_places([one], SEEN, luck)
        middle = -np.exp(centers) if one.form == "lognormal" else centers
        low, median, high = np.quantile(middle, QUANTILES)
        ends = np.quantile(places, QUANTILES)
        times = np.quantile(1.1**places, QUANTILES)
        unit = " (log)" if one.form == "lognormal" else ""
        rows.append(
            [
                name,
                one.form,
                weight_told(weight),
                f"{median:.2f} ({low:.2f} to {high:.2f})",
                f"{np.median(spreads):.2f}{unit}",
                f"{ends[0]:.2f} to {ends[2]:.2f}",
                f"{times[1]:.2f} ({times[0]:.2f} to {times[2]:.2f})",
            ]
        )
    return rows


def _filled(found: Report) -> dict[str, Any]:
    days = np.quantile(vacancies.new_places(found.filling, SEEN, luck_of(TOLD)), QUANTILES)
    return dict(zip(("fill_low", "fill_median", "fill_high"), map(float, days), strict=True))


def _columns(found: Report) -> dict[str, Any]:
    rows = [
        [f"`{path}`", *(f"{value:.2f}" for value in np.quantile(values, QUANTILES))]
        for path, values in found.draws.columns.items()
    ]
    told = made()
    names = ("seed", "data_of", "numpy", "scipy", "emcee", "pyarrow")
    return {
        "columns": markdown(["input", "5 %", "median", "95 %"], rows),
        "refused": found.draws.refused,
        "draws": DRAWS,
        "digest": told["studies"],
        **{name: told[name] for name in names},
    }
