"""Write docs/trust.md: how far the model held studies that it had not been fitted to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from studies.calibration.pages import markdown
from studies.observations import load_studies
from studies.posterior.leaving_out import TENURE, VACANCY, WAGES
from studies.posterior.report import Report, card
from studies.posterior.scores import BANDS

TEMPLATES: Final = Path(__file__).parent / "templates"

KINDS: Final = {TENURE: "who leaves when", VACANCY: "vacancy", WAGES: "response to wages"}
GOALS: Final = {90: (0.83, 0.97), 80: (0.68, 0.90), 50: (0.38, 0.62)}
BETTER: Final = {TENURE: 0.45, WAGES: 0.25}  # than the first edition, by so much of its CRPS


def trust_page(found: Report) -> str:
    """Return docs/trust.md."""
    whole = card(found)
    parts = whole["left_out"]
    studies = load_studies()
    return (
        (TEMPLATES / "trust.md")
        .read_text(encoding="utf-8")
        .format(
            **parts["all"],
            first_leaving=parts[TENURE]["first_in_90"],
            first_leaving_figures=parts[TENURE]["first_figures"],
            overview=_overview(parts),
            studies=len({one.study for one in found.scores}),
            places=len({study.place for study in studies if any(one.study == study.key for one in found.scores)}),
            by_study=_by_study(whole["study"]),
            goals=_goals(parts),
        )
    )


def _overview(parts: Mapping[str, Any]) -> str:
    head = ["", "figures", *(f"in {band} %" for band in BANDS), "CRPS", "first edition", "others"]
    rows = [[words_of, *_row(parts[kind])] for kind, words_of in KINDS.items()]
    return markdown(head, [*rows, ["all", *_row(parts["all"], compare=False)]])


def _row(one: Mapping[str, Any], *, compare: bool = True) -> list[str]:
    cells = [str(one["figures"]), *(str(one[f"in_{band}"]) for band in BANDS)]
    return [
        *cells,
        *([f"{one['crps']:.3f}", _beside(one, "first"), _beside(one, "others")] if compare else ["", "", ""]),
    ]


def _beside(one: Mapping[str, Any], rival: str) -> str:
    if f"{rival}_crps" not in one:
        return ""
    return f"{one[f'crps_beside_{rival}']:.3f} against {one[f'{rival}_crps']:.3f} (of {one[f'{rival}_figures']})"


def _by_study(table: Mapping[str, Any]) -> str:
    head = ["study", "figures", *(f"in {band} %" for band in BANDS), "CRPS", "first edition", "others"]
    return markdown(head, [[f"`{study}`", *_row(one)] for study, one in table.items()])


def _goals(parts: Mapping[str, Any]) -> str:
    whole = parts["all"]
    rows = []
    for band, (low, high) in GOALS.items():
        share = whole[f"in_{band}"] / whole["figures"]
        rows.append([f"{band} % bands hold", f"{low:.0%} to {high:.0%}", f"{share:.0%}", _met(low <= share <= high)])
    for kind, wanted in BETTER.items():
        one = parts[kind]
        gain = 1.0 - one["crps_beside_first"] / one["first_crps"]
        name = f"CRPS below the first edition's, {KINDS[kind]}"
        rows.append([name, f"by {wanted:.0%}", f"{gain:.0%}", _met(gain >= wanted)])
    for kind in (WAGES, VACANCY):
        one = parts[kind]
        ratio = one["crps_beside_others"] / one["others_crps"]
        rows.append(
            [f"CRPS beside other studies' mean and spread, {KINDS[kind]}", "≤ 1", f"{ratio:.2f}", _met(ratio <= 1)]
        )
    return markdown(["goal", "wanted", "reached", ""], rows)


def _met(met: bool) -> str:
    return "met" if met else "**missed**"
