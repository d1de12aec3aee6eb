"""Fit all studies, and all but one, for either reach of an employer's effect; keep every chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.streams import Generator
from sim.streams import study as named_luck
from studies.observations import Study, load_studies
from studies.posterior.checkpoints import Arrays, kept
from studies.posterior.emulator import Emulator, fitted
from studies.posterior.predicting import predictable
from studies.posterior.sampling import Length, effective_size, run, split_r_hat
from studies.posterior.tenure import Model, from_prior, model
from studies.renewal import Floats, Reach

SEED: Final = 20_261_129
FULL: Final = Length(ensembles=4, steps=10_000, burn=2_000, thin=25)
REFIT: Final = Length(ensembles=4, steps=4_500, burn=1_500, thin=25)
COMPARED: Final = Length(ensembles=2, steps=1_500, burn=700, thin=25)  # of the form that is only compared
EMULATED, STARTED, RUN = 1, 2, 3  # numbers of streams, with 10 for the reach and 100 for the study left out


@dataclass(frozen=True)
class Fit:
    """Chains of one fit as rows, with what tells how well they mixed."""

    model: Model
    chain: Floats
    r_hat: Floats
    effective: Floats
    accepted: float


def tenure_studies() -> tuple[Study, ...]:
    """Return the studies that have a figure of leaving to test."""
    return tuple(study for study in load_studies() if predictable(study))


def emulator(reach: Reach) -> Emulator:
    """Return the polynomials of all figures."""
    studies = tenure_studies()
    found = kept(f"emulator-{_word(reach)}", lambda: _arrays(fitted(studies, reach, luck_of(EMULATED, reach))))
    return Emulator(
        studies, found["of_study"].astype(int), found["weights"], found["rms"], found["largest"], int(found["lost"])
    )


def fit(reach: Reach, without: Sequence[str] = ()) -> Fit:
    """Return the fit of all studies but those left out."""
    emulated = emulator(reach)
    whole = model(emulated, without)
    name = "-".join(("chain", _word(reach), *without))
    length = COMPARED if reach == "all exits" else REFIT if without else FULL
    found = kept(name, lambda: _chains(whole, length, reach, without))
    chains = found["chains"]
    return Fit(
        whole,
        chains.reshape(-1, chains.shape[-1]),
        split_r_hat(chains),
        effective_size(chains),
        float(found["accepted"]),
    )


def _chains(whole: Model, length: Length, reach: Reach, without: Sequence[str]) -> Arrays:
    place = 1 + [study.key for study in whole.emulator.studies].index(without[0]) if without else 0
    first, later = luck_of(STARTED, reach, place), luck_of(RUN, reach, place)
    chains = run(whole, lambda number: from_prior(whole.emulator, number, first), length, later)
    return {"chains": chains.kept, "accepted": np.array(chains.accepted)}


def luck_of(what: int, reach: Reach = "quits", place: int = 0) -> Generator:
    """Return the luck of one part of the work."""
    return named_luck(SEED, what + 10 * (reach == "all exits") + 100 * place)


def _arrays(found: Emulator) -> Arrays:
    names = ("of_study", "weights", "rms", "largest")
    return {name: getattr(found, name) for name in names} | {"lost": np.array(found.lost)}


def _word(reach: Reach) -> str:
    return reach.replace(" ", "_")
