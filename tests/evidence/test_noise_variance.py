"""The reference workforce has SD 1 in every state, whatever the causes explain."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.evidence.effects import load_effects
from sim.evidence.paths import DATA
from sim.evidence.variance import (
    SATISFACTION_SUPPORTS,
    STATES,
    explained_share,
    loadings,
    noise_sd,
    reference_covariance,
)

MONTHS = {"burnout": 8.0, "satisfaction": 6.0, "role_clarity": 4.0, "recovery": 12.0}
Peers = NDArray[np.floating]
README = (DATA / "README.md").read_text(encoding="utf-8")
EFFECTS = {key: effect.effect for key, effect in load_effects().items()}


def simulated(effects: dict[str, float], peers: int, months: int) -> Peers:
    """Run the monthly step of many unlike peers from the mean, in the words of the model, cause by cause."""
    luck = np.random.default_rng(20261)
    sigma = noise_sd(effects, MONTHS)
    own: dict[str, Peers] = {cause: luck.standard_normal(peers) for cause in loadings(effects).causes}
    y: dict[str, Peers] = {state: np.zeros(peers) for state in STATES}
    for _ in range(months):
        seen = own | y
        for passed in ("boundary_difficulty", "prospects"):
            seen[passed] = own[passed] + total(effects, passed, own | y)
        shock = {state: sigma[state] * luck.standard_normal(peers) for state in STATES}
        y = {state: moved(state, y[state], total(effects, state, seen), shock[state]) for state in STATES}
    return np.array([y[state] for state in STATES])


def total(effects: dict[str, float], outcome: str, causes: dict[str, Peers]) -> Peers:
    pairs = [(key.split(".")[0], effect) for key, effect in effects.items() if key.endswith(f".{outcome}")]
    return sum((effect * causes[cause] for cause, effect in pairs), np.zeros(1))


def moved(state: str, now: Peers, aim: Peers, shock: Peers) -> Peers:
    keep = math.exp(-1 / MONTHS[state])
    return aim + (now - aim) * keep + math.sqrt(1 - keep**2) * shock


def test_many_simulated_peers_have_standard_deviation_one_in_every_state() -> None:
    peers = 40_000
    states = simulated(EFFECTS, peers=peers, months=150)
    standard_error = 1 / math.sqrt(2 * peers)
    assert np.abs(states.std(axis=1) - 1).max() < 4 * standard_error
    assert np.abs(states.mean(axis=1)).max() < 4 / math.sqrt(peers)


def test_the_simulated_covariance_of_the_states_is_the_one_in_closed_form() -> None:
    peers = 40_000
    names, expected = reference_covariance(EFFECTS, MONTHS)
    measured = np.cov(simulated(EFFECTS, peers=peers, months=150))
    assert names[:4] == list(STATES)
    assert np.abs(measured - expected[:4, :4]).max() < 4 * math.sqrt(2 / peers)


def test_the_closed_form_gives_every_state_and_cause_variance_one() -> None:
    _, covariance = reference_covariance(EFFECTS, MONTHS)
    assert covariance.diagonal() == pytest.approx(np.ones(len(covariance)), abs=1e-12)


def test_the_table_leaves_room_for_luck_in_every_state() -> None:
    assert all(sigma > 0.5 for sigma in noise_sd(EFFECTS, MONTHS).values())


def test_without_effects_everything_is_unexplained() -> None:
    nothing = dict.fromkeys(EFFECTS, 0.0)
    assert noise_sd(nothing, MONTHS) == pytest.approx(dict.fromkeys(STATES, 1.0), abs=1e-12)


def test_one_steady_cause_takes_the_square_of_its_effect() -> None:
    sigma = noise_sd({"workload.burnout": 0.6}, MONTHS)
    assert sigma["burnout"] == pytest.approx(0.8, abs=1e-12)
    assert sigma["satisfaction"] == pytest.approx(1.0, abs=1e-12)


def test_what_raises_prospects_reaches_satisfaction_through_them() -> None:
    direct = noise_sd({"prospects.satisfaction": 0.5}, MONTHS)["satisfaction"]
    with_stigma = noise_sd({"prospects.satisfaction": 0.5, "stigma.prospects": -0.6}, MONTHS)["satisfaction"]
    assert direct**2 == pytest.approx(1 - 0.25, abs=1e-12)
    assert with_stigma**2 == pytest.approx(1 - 0.25 - 0.09, abs=1e-12)


def test_a_state_that_feeds_on_itself_through_boundaries_needs_less_luck() -> None:
    without = {"boundary_difficulty.burnout": 0.3}
    with_loop = without | {"burnout.boundary_difficulty": 0.3}
    assert noise_sd(with_loop, MONTHS)["burnout"] < noise_sd(without, MONTHS)["burnout"]


def test_what_only_points_to_an_exit_does_not_count() -> None:
    exits_only = {"team_exits_3_months.exit_voluntary": 5.0, "training.return_to_use": 5.0}
    assert noise_sd(exits_only, MONTHS) == pytest.approx(dict.fromkeys(STATES, 1.0), abs=1e-12)


def test_effects_that_explain_more_than_everything_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="effects on satisfaction explain more than all"):
        noise_sd({"autonomy.satisfaction": 0.9, "training.satisfaction": 0.9}, MONTHS)


def test_states_that_drive_one_another_without_end_are_refused() -> None:
    with pytest.raises(ValueError, match="grow without end"):
        noise_sd({"burnout.satisfaction": -1.5, "satisfaction.burnout": -1.5}, MONTHS)


def test_all_causes_and_states_together_explain_as_much_of_satisfaction_as_surveys_of_peers() -> None:
    seen = [*loadings(EFFECTS).causes, "burnout", "role_clarity"]
    assert 0.42 <= explained_share(EFFECTS, MONTHS, "satisfaction", seen) <= 0.71


def test_support_clarity_and_burnout_alone_fall_short_of_the_surveys_by_the_published_gap() -> None:
    """The surveys' band is 42–71 %; data/README.md states what this table gives and why."""
    share = explained_share(EFFECTS, MONTHS, "satisfaction", SATISFACTION_SUPPORTS)
    assert share == pytest.approx(0.363, abs=0.001)


def test_pay_benefits_and_prospects_beside_support_bring_the_share_to_the_edge_of_the_band() -> None:
    """What a survey calls satisfaction with the organization's support holds these too."""
    wider = [*SATISFACTION_SUPPORTS, "pay_adequacy", "benefits", "prospects"]
    assert explained_share(EFFECTS, MONTHS, "satisfaction", wider) == pytest.approx(0.427, abs=0.001)


@pytest.mark.parametrize(("correlation", "share"), [(0.0, 0.363), (0.1, 0.427), (0.3, 0.524)])
def test_support_that_goes_together_explains_more_by_the_same_effects(correlation: float, share: float) -> None:
    told = explained_share(EFFECTS, MONTHS, "satisfaction", SATISFACTION_SUPPORTS, correlation)
    assert told == pytest.approx(share, abs=0.001)
    assert f"{100 * share:.1f}" in README


def test_two_causes_that_go_together_explain_what_their_sum_does() -> None:
    effects = {"autonomy.satisfaction": 0.3, "training.satisfaction": 0.4}
    share = explained_share(effects, MONTHS, "satisfaction", ["autonomy", "training"], 0.5)
    explained = 0.09 + 0.16 + 2 * 0.5 * 0.12
    assert share == pytest.approx(explained / (explained + 0.75), abs=1e-12)
