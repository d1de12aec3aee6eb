"""Long work is found again where it was broken off, and draws are of populations that none of the studies is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.streams import study as named
from studies.posterior import checkpoints
from studies.posterior.drawing import DRAWS, LIMITS, draws
from studies.posterior.fits import Fit
from studies.posterior.report import held
from studies.posterior.scores import Published, scored
from studies.posterior.tenure import model
from studies.posterior.wage_effect import KEY, Translation
from tests.studies.test_posterior_model import flat


def test_what_took_long_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    made: list[int] = []

    def make() -> checkpoints.Arrays:
        made.append(1)
        return {"values": np.arange(3.0)}

    for _ in range(2):
        assert checkpoints.kept("long", make)["values"].tolist() == [0.0, 1.0, 2.0]
    assert len(made) == 1
    monkeypatch.setattr(checkpoints, "_digest", lambda: "other-code")
    checkpoints.kept("long", make)
    assert len(made) == 2


def test_draws_spread_as_studies_do_and_stay_within_limits() -> None:
    """From one point of the chain all spread is that between studies; what lies beyond a limit is drawn again."""
    whole = model(flat())
    chain = np.zeros((8 * DRAWS, whole.dimensions))
    chain[:, :8] = [1.0, 0.0, np.log(0.4), np.log(1.9), np.log(0.2), np.log(0.5), np.log(0.3), np.log(0.1)]
    fit = Fit(whole, chain, np.ones(8), np.ones(8), 0.2)
    straight = Translation(np.array([-1.0, 0.0]), np.array([-1.0, 0.0]), np.zeros(2))
    found = draws(fit, straight, named(3, 1))
    for path, (low, high) in LIMITS.items():
        assert found.columns[path].shape == (DRAWS,)
        assert ((found.columns[path] >= low) & (found.columns[path] <= high)).all()
    assert found.columns["turnover.tenure_shape"].std() == pytest.approx(0.2, rel=4 / np.sqrt(2 * DRAWS))
    assert 0.3 < found.refused < 0.6  # an employer spread of 1.9 goes beyond 2 in 43 of 100
    assert np.median(found.columns[KEY]) == pytest.approx(-0.9, abs=0.3)
    assert np.abs(found.columns[KEY]).max() <= 5.0


def test_rivals_are_compared_over_the_figures_that_have_them() -> None:
    sample = np.linspace(0.0, 1.0, 101)
    figures = [Published("a", "x", "k", 0.5, (0.4, 0.3, 0.5)), Published("b", "y", "k", 0.96, None, (0.1, 0.2))]
    one = held([scored(figure, sample) for figure in figures])
    assert (one["figures"], one["in_50"], one["in_90"]) == (2, 1, 1)
    assert (one["first_figures"], one["others_figures"], one["first_in_90"]) == (1, 1, 1)
    assert one["crps_beside_first"] == round(scored(figures[0], sample).crps, 4)
