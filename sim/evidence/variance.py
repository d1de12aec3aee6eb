"""What the causes leave unexplained, so that the national reference workforce keeps SD 1 in every state.

In the reference workforce each exogenous cause is independent with SD 1, and a month moves the four states by

    y(t+1) = D y(t) + (I − D)(M y(t) + L x) + N ε,   D = diag(exp(−1/τ)),   N = diag(σ sqrt(1 − exp(−2/τ)))

M holds the effects of states on states, L the loadings on the causes x. Boundary difficulty and prospects
pass on what moves them: each is a unit-variance part of its own plus the effects that point to it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

STATES = ("burnout", "satisfaction", "role_clarity", "recovery")
PASSED_ON = ("boundary_difficulty", "prospects")
SATISFACTION_SUPPORTS = (
    "supervisor_support",
    "collaborative_culture",
    "autonomy",
    "peer_support_at_work",
    "outside_relationships",
    "training",
    "recovery_culture",
    "role_clarity",
    "burnout",
)

Matrix = NDArray[np.floating]
Edge = tuple[str, str, float]

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Loadings:
    """M (states × states) and L (states × causes) of the effects, with the names of the causes."""

    causes: tuple[str, ...]
    on_states: Matrix
    on_causes: Matrix


def loadings(effects_by_key: Mapping[str, float]) -> Loadings:
    """Return what the four states load on, effects that point to an exit left out."""
    edges = [_edge(key, effect) for key, effect in effects_by_key.items()]
    starts = dict.fromkeys(cause for cause, _, _ in edges)
    reached = [(cause, *end) for cause in starts for end in _onwards(cause, edges)]
    causes = tuple(sorted({cause for cause, _, _ in reached} - set(STATES)))
    return Loadings(causes, _filled(reached, STATES), _filled(reached, causes))


def noise_sd(effects_by_key: Mapping[str, float], time_constants: Mapping[str, float]) -> dict[str, float]:
    """Return σ of each state, such that every state of the reference workforce has variance exactly 1.

    Effects are named cause.outcome, time constants are months by state. Raise ValueError for a state whose
    effects leave no room.
    """
    load = loadings(effects_by_key)
    step, decay = _step(load, time_constants)
    shocks = np.diag(1 - decay**2)
    per_unit = np.column_stack([_lyapunov(step, np.diag(shock)).diagonal() for shock in shocks])
    needed = 1 - _explained(load).diagonal()
    variances = dict(zip(STATES, np.linalg.solve(per_unit, needed).tolist(), strict=True))
    _check_room(variances)
    return {state: max(variance, 0.0) ** 0.5 for state, variance in variances.items()}


@lru_cache(maxsize=8192)
def noise_sd_of(effects: tuple[str, ...], states: tuple[str, ...], own: tuple[float, ...]) -> dict[str, float]:
    """Return `noise_sd`, found once, given the names of effects and states and then the number of each."""
    months = dict(zip(states, own[len(effects) :], strict=True))
    return noise_sd(dict(zip(effects, own[: len(effects)], strict=True)), months)


def explained_share(
    effects_by_key: Mapping[str, float],
    time_constants: Mapping[str, float],
    outcome: str,
    predictors: Collection[str],
    going_together: float = 0.0,
) -> float:
    """Return R² of one state on causes and states seen at the same moment in the reference workforce.

    `going_together` lets the causes among the predictors correlate with one another by so much, effects and luck as
    they are: in a survey of several employers they do, in the reference workforce they do not.
    """
    names, covariance = reference_covariance(effects_by_key, time_constants)
    chosen = [names.index(name) for name in predictors]
    covariance = _correlated(covariance, [place for place in chosen if place >= len(STATES)], going_together)
    target = names.index(outcome)
    across = covariance[chosen, target]
    weights = np.linalg.solve(covariance[np.ix_(chosen, chosen)], across)
    return float(across @ weights / covariance[target, target])


def reference_covariance(
    effects_by_key: Mapping[str, float], time_constants: Mapping[str, float]
) -> tuple[list[str], Matrix]:
    """Return names and covariance of the states and causes of the reference workforce."""
    load = loadings(effects_by_key)
    sigma = noise_sd(effects_by_key, time_constants)
    step, decay = _step(load, time_constants)
    shocks = np.array([sigma[state] ** 2 for state in STATES]) * (1 - decay**2)
    of_states = _explained(load) + _lyapunov(step, np.diag(shocks))
    gain = _gain(load)
    covariance = np.block([[of_states, gain], [gain.T, np.eye(len(load.causes))]])
    return [*STATES, *load.causes], covariance


def _correlated(covariance: Matrix, causes: list[int], correlation: float) -> Matrix:
    """Return the covariance when some causes correlate: y = gain·x + luck, so only x's own covariance R changes."""
    states, gain = len(STATES), covariance[: len(STATES), len(STATES) :]
    together = np.eye(gain.shape[1])
    places = np.array(causes, dtype=int) - states
    together[np.ix_(places, places)] += correlation * (1 - np.eye(len(places)))
    of_states = covariance[:states, :states] + gain @ (together - np.eye(len(together))) @ gain.T
    return np.block([[of_states, gain @ together], [(gain @ together).T, together]])


def _edge(key: str, effect: float) -> Edge:
    cause, outcome = key.split(".")
    return cause, outcome, effect


def _onwards(cause: str, edges: list[Edge]) -> Iterator[tuple[str, float]]:
    """Yield the states a cause moves and by how much, straight or through what passes it on."""
    for start, outcome, effect in edges:
        if start == cause and outcome in STATES:
            yield outcome, effect
        elif start == cause and outcome in PASSED_ON:
            yield from ((state, effect * onward) for state, onward in _onwards(outcome, edges))


def _filled(reached: list[Edge], columns: tuple[str, ...]) -> Matrix:
    matrix = np.zeros((len(STATES), len(columns)))
    for cause, state, loading in reached:
        if cause in columns:
            matrix[STATES.index(state), columns.index(cause)] += loading
    return matrix


def _step(load: Loadings, time_constants: Mapping[str, float]) -> tuple[Matrix, Matrix]:
    """Return the matrix that moves deviations by a month, and the monthly decay of each state."""
    decay = np.exp(-1 / np.array([time_constants[state] for state in STATES], dtype=float))
    step = np.diag(decay) + (1 - decay)[:, None] * load.on_states
    if np.abs(np.linalg.eigvals(step)).max() >= 1:
        raise ValueError(f"the effects of {', '.join(STATES)} on one another grow without end")
    return step, decay


def _gain(load: Loadings) -> Matrix:
    return np.linalg.solve(np.eye(len(STATES)) - load.on_states, load.on_causes)


def _explained(load: Loadings) -> Matrix:
    gain = _gain(load)
    return gain @ gain.T


def _lyapunov(step: Matrix, shocks: Matrix) -> Matrix:
    """Return the stationary covariance of z(t+1) = step z(t) + shocks."""
    size = len(step)
    flat = np.linalg.solve(np.eye(size * size) - np.kron(step, step), shocks.reshape(-1))
    return flat.reshape(size, size)


def _check_room(variances: Mapping[str, float]) -> None:
    for state, variance in variances.items():
        if variance < -ROUNDING:
            raise ValueError(
                f"the effects on {state} explain more than all of its variance: {variance:.3f} is left; "
                f"make the effects that end in .{state} smaller"
            )
