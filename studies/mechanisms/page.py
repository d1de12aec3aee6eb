"""Write docs/mechanisms.md from what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.evidence.sources import Source
from studies.calibration.pages import markdown
from studies.mechanisms.levers import Asked, Found, Lever, Range, Seen, where

INTRO: Final = """# Mechanisms

Written by `make mechanisms`. One lever at a time: what it does in the model to who stays, beside what studies of
this and neighboring fields found. The organization is `{base}` with no rule about money, so that people answer and
budgets do not; {futures} futures of five years, the same for all levers. *Leaving* is separations for any cause, at
the base's mix of tenure, over what they are without the lever: 0.90 is a tenth fewer. A range holds the middle 90 %
of single futures: random variation and every uncertain assumption together.

A study stands beside a lever where it changed something like it, in a neighboring field as a rule: no study of peers
that was seen has tried any of these by lot. A correlation says that those who have more of something leave less, not
that giving it keeps people; it stands here without a ratio.

"""
SILENT: Final = "**The evidence is silent**: no study seen tells how many leave with this lever and without it.\n"
LABELS: Final = {
    "retention_12_months": ("Hired, there a year later", "points", 100.0),
    "retention_in_post_12_months": ("In post, there a year later", "points", 100.0),
    "burnout_mean": ("Burnout", "SD", 1.0),
    "hired_and_promoted_share": ("People hired who are ever promoted", "points", 100.0),
}


def page(asked: Asked, seen: Sequence[Seen]) -> str:
    """Return the page."""
    intro = INTRO.format(base=asked.base, futures=seen[0].futures)
    parts = [_overview(asked, seen), *(_part(*pair) for pair in zip(asked.levers, seen, strict=True))]
    return intro + "\n".join(parts).rstrip() + "\n"


def _overview(asked: Asked, seen: Sequence[Seen]) -> str:
    rows = [
        [
            f"[{lever.title}](#{_anchor(lever.title)})",
            _ratio(one.leaving),
            f"{100 * one.fewer:.0f}",
            _verdict(lever, one),
        ]
        for lever, one in zip(asked.levers, seen, strict=True)
    ]
    return markdown(["lever", "leaving, with over without", "fewer leave, of 100 futures", "studies"], rows)


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-").replace(",", "")


def _verdict(lever: Lever, seen: Seen) -> str:
    told = [where(study, seen).replace("*", "") for study in lever.studies if study.ratio is not None]
    if not told:
        return "silent"
    counts = {word: told.count(word) for word in dict.fromkeys(told)}
    return "; ".join(f"{number} {word}" for word, number in counts.items())


def _part(lever: Lever, seen: Seen) -> str:
    rows = [["Leaving, with over without", _ratio(seen.leaving)]]
    for key, one in seen.differences.items():
        label, unit, factor = LABELS[key]
        if one.low == one.high == 0.0:
            continue
        rows.append([f"{label}, {unit}", _signed(one, factor)])
    studies = markdown(
        ["source", "found", "leaving, with over without", "beside the model"],
        [[_cited(study.source), study.found, _published(study), where(study, seen)] for study in lever.studies],
    )
    told = "" if any(study.ratio is not None for study in lever.studies) else f"{SILENT}\n"
    model = markdown(["in the model", "mean, and the middle 90 % of futures"], rows)
    return f"## {lever.title}\n\n{lever.about}\n\n{model}\n{told}{studies}\n{lever.note}\n"


def _ratio(one: Range) -> str:
    return f"{one.mean:.2f} ({one.low:.2f} to {one.high:.2f})"


def _signed(one: Range, factor: float) -> str:
    if np.isnan(one.mean):
        return "undefined"
    digits = 1 if factor > 1.0 else 2
    mean, low, high = (_with_sign(factor * value, digits) for value in (one.mean, one.low, one.high))
    return f"{mean} ({low} to {high})"


def _with_sign(value: float, digits: int) -> str:
    return (
        f"{round(value, digits) + 0.0:+.{digits}f}".replace("-", "−") if round(value, digits) else f"{0.0:.{digits}f}"
    )


def _cited(one: Source) -> str:
    return f"{one.citation} [{one.key}, {one.quality}]"


def _published(study: Found) -> str:
    if study.ratio is None:
        return "–"
    low, high = study.ratio
    told = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
    return f"{told}: {study.derived}" if study.derived else told
