"""Keep a shared server alive: how large a run may be that a visitor starts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sim.runs.blocks import seconds
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from sim.words.layout import counted

PREFIX: Final = "PEERSTAY_PAGE_"
MINUTE: Final = 60.0
ELSEWHERE: Final = "or run it on your own machine with the command under “Reproduce this”"


@dataclass(frozen=True)
class Limits:
    """The limits of one run; each may be raised by an environment variable PEERSTAY_PAGE_<NAME>."""

    posts: int = 2_000  # in all employers together
    months: int = 240
    replications: int = 5_000
    seconds: int = 900  # of one worker
    workers: int = max(1, min(8, os.cpu_count() or 1))
    waiting: int = 64  # questions of all visitors that are worked on at a time


def limits(environment: Mapping[str, str] | None = None) -> Limits:
    """Return the limits that hold on this server.

    Raises:
        ValueError: when a variable holds no whole number above 0.
    """
    given = os.environ if environment is None else environment
    said = {
        name: given[PREFIX + name.upper()] for name in Limits.__dataclass_fields__ if PREFIX + name.upper() in given
    }
    for name, text in said.items():
        if not text.isdecimal() or int(text) < 1:
            raise ValueError(f"{PREFIX}{name.upper()} = {text!r}: must be a whole number above 0")
    return Limits(**{name: int(text) for name, text in said.items()})


def too_much(scenarios: list[Scenario], replications: int, allowed: Limits) -> Iterator[str]:
    """Yield what makes a run too large for this server, with the value, the rule and what helps."""
    posts = max(map(posts_of, scenarios))
    months = max(scenario.horizon.months for scenario in scenarios)
    sizes = (
        ("posts in all employers", posts, allowed.posts),
        ("months", months, allowed.months),
        ("runs", replications, allowed.replications),
    )
    for name, size, most in sizes:
        if size > most:
            yield f"{size:,} {name} are more than this server takes ({most:,}): try fewer, {ELSEWHERE}."
    long = too_long(seconds(scenarios, replications), allowed)
    if long:
        yield long


def too_long(work: float, allowed: Limits) -> str:
    """Return what makes work of so many seconds of one process too long for this server; nothing where it is not."""
    if work <= allowed.seconds:
        return ""
    minutes, given = work / MINUTE, allowed.seconds / MINUTE
    return (
        f"This takes about {counted(round(minutes), 'minute')} of work, more than this server gives ({given:,.0f}): "
        f"try fewer runs, "
        f"posts or months, {ELSEWHERE}."
    )


def posts_of(scenario: Scenario) -> int:
    """Return the most posts that all employers of a scenario have together."""
    return sum(plan.count * max(tables.posts.number for _, tables in plan.epochs) for plan in plans(scenario))
