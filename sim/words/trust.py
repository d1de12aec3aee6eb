"""Say what all studies together tell, and how far the model can be trusted by figures predicted without their study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sim.evidence.posterior import load_posterior_card

EXPECTED: Final = 0.9  # of the figures, in bands that should hold nine of ten


def trust_sentence() -> str:
    """Return how many published figures lay in bands predicted without their study, and how many should have."""
    held = load_posterior_card()["left_out"]["all"]
    figures, inside = held["figures"], held["in_90"]
    return (
        f"Tried on {figures} published figures of leaving, vacancies and pay, each predicted without its own study, "
        f"its 90 % bands held {inside}, where {EXPECTED * figures:.0f} should be held."
    )


def column_of(paths: Iterable[str]) -> Mapping[str, float] | None:
    """Return low, median and high of the posterior's draws of the first address that has any."""
    columns = load_posterior_card()["column"]
    return next((columns[path] for path in paths if path in columns), None)


def draws_in_words(column: Mapping[str, float]) -> str:
    """Return what futures draw where no file states the input."""
    low, middle, high = (f"{column[name]:.3g}".replace("-", "−") for name in ("low", "median", "high"))
    return (
        f"{middle} ({low} to {high} in nine of ten), from what all studies say together (docs/posterior.md), "
        "where no file states it; the value above is taken with luck alone (--luck-only)"
    )
