"""Write docs/validation.md from what the run found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sim.evidence.posterior import load_posterior_card
from sim.results.summary import Estimate
from studies.calibration.pages import markdown, not_produced, summary, targets_table
from studies.calibration.targets import TARGETS, inside
from studies.validation import words
from studies.validation.exact import Exact
from studies.validation.history import RESPONSES, Prediction, Study


def page(exact: Sequence[Exact], seen: dict[str, Estimate], predicted: Sequence[Prediction], draws: int) -> str:
    """Return the page."""
    parts = (
        words.INTRO.format(overview=_overview(exact, seen, predicted), **load_posterior_card()["left_out"]["all"]),
        words.EXACT,
        _exact_table(exact),
        "\n",
        words.TARGETS,
        targets_table(seen),
        f"\n{summary(seen)}\n\nNot produced by the model:\n\n",
        not_produced(),
        "\n",
        words.PREDICTIONS.format(draws=draws),
        *(_study(study, list(rows)) for study, rows in groupby(predicted, key=lambda one: one.study)),
        words.OUT_OF_REACH,
        words.CLAIMS,
    )
    return "".join(parts).rstrip() + "\n"


def _overview(exact: Sequence[Exact], seen: dict[str, Estimate], predicted: Sequence[Prediction]) -> str:
    held = sum(one.holds for one in exact)
    met = sum(inside(target, seen[target.key].mean or 0.0) for target in TARGETS)
    judged = [one for one in predicted if not one.row.start and one.response == RESPONSES[0]]
    rows = [
        ("(a) closed forms", f"{held} of {len(exact)} hold"),
        ("(b) calibration targets, at the values taken", f"{met} of {len(TARGETS)} rows lie in their bands"),
        (
            "(c) natural experiments, at the values taken",
            f"{sum(one.inside for one in judged)} of {len(judged)} published figures lie in the 90 % band",
        ),
    ]
    return markdown(["part", "result"], rows).rstrip()


def _exact_table(exact: Sequence[Exact]) -> str:
    rows = [
        [
            f"`{one.file}`",
            one.quantity,
            f"{one.exact:.6g}",
            f"{one.simulated:.6g}",
            f"{one.error:.2g}",
            "in" if one.holds else "**out**",
        ]
        for one in exact
    ]
    return markdown(["file", "quantity", "exact", "simulated", "standard error", ""], rows)


def _study(study: Study, predicted: Sequence[Prediction]) -> str:
    rows = [_row(one, several=study.wages_move) for one in predicted]
    head = ["quantity", "published", "simulated", "90 % band", "verdict"]
    files = " → ".join(f"`{name}`" for name in (study.base, study.alternative) if name)
    return (
        f"### {study.number} {study.title}\n\n{files}; published in `{study.source}`. {words.WHY[study.number]}\n\n"
        + markdown([*(["response"] if study.wages_move else []), *head], rows)
        + "\n"
    )


def _row(one: Prediction, *, several: bool) -> list[str]:
    verdict = "*start*" if one.row.start else ("inside" if one.inside else "**outside**")
    cells = [
        one.row.label,
        f"{one.row.published:g}",
        f"{one.simulated:.3f}",
        f"{one.low:.3f} – {one.high:.3f}",
        verdict,
    ]
    return [one.response, *cells] if several else cells
