"""Say how far the model can be trusted, by the published figures that it had to predict without their study."""

from __future__ import annotations

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
