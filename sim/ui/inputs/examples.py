"""Open ready-made examples of the library, and any scenario of it, as a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path
from typing import Final

from sim.evidence.paths import SCENARIOS
from sim.scenario.files import load_tables
from sim.scenario.patch import TableDict, merge
from sim.scenario.read.layers import read_layers
from sim.scenario.read.library import scenario_files
from sim.ui.question import Alternative, Question

LIBRARY: Final = SCENARIOS


@dataclass(frozen=True)
class Example:
    """What an example asks, in words, and the library files it is made of."""

    label: str
    base: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of question and its examples."""

    who: str
    asks: str
    examples: tuple[Example, ...]


KINDS: Final = (
    Kind(
        "You set a rate or fund services",
        "What does a new rate, a wider list of what may be billed, or another kind of funding do to the workforce, and "
        "what does it cost?",
        (
            Example("A Medicaid rate 20 % higher", "pa_fee_for_service", ("pa_rate_rise", "pa_rate_rise_pass_through")),
            Example("More activities billable", "pa_fee_for_service", ("pa_wider_billing",)),
            Example("A block grant instead of billing", "pa_fee_for_service", ("pa_block_grant", "pa_braided")),
            Example("A rate that keeps up with prices", "nc_managed_care", ("nc_rate_keeps_up",)),
        ),
    ),
    Kind(
        "You make the case for better pay",
        "What would a higher wage or a living wage cost here, what does it give back, and who has to pay for it?",
        (
            Example("One dollar an hour more, or a bonus for staying", "pa_fee_for_service",
                    ("pa_wage_25", "pa_stay_bonus")),
            Example("Part-time posts paid like full-time ones", "pa_positions", ("pa_positions_equal_pay",)),
            Example("A living wage, with and without a rate that pays for it", "pa_fee_for_service",
                    ("pa_living_wage", "pa_living_wage_funded")),
        ),
    ),
    Kind(
        "You run an organization",
        "Would a career ladder or better supervision keep our peers, and can our funding carry it?",
        (
            Example("A ladder of three rungs", "pa_fee_for_service", ("pa_ladder",)),
            Example("Stronger supervision", "pa_fee_for_service", ("pa_supervision",)),
            Example("A small recovery community on one award", "md_recovery_community", ("md_short_award",)),
            Example("A rural organization with more groups", "id_rural", ("id_more_groups",)),
        ),
    ),
)  # fmt: skip


def opened(example: Example) -> Question:
    """Return an example as a question."""
    return question_of(example.base, example.alternatives)


def question_of(base: str, alternatives: tuple[str, ...] = ()) -> Question:
    """Return a base of the library and files that extend it as a question."""
    tables = complete(base)
    experiment = load_tables({base: tables}, Path(base)).scenario.experiment
    made = tuple(Alternative(_over(base, name)) for name in alternatives)
    return Question(tables, made, experiment.replications, experiment.seed)


@cache
def bases() -> dict[str, str]:
    """Return the scenarios of the library by name, with their titles; those that extend no other come first."""
    names = sorted((len(read_layers(file)) > 1, file.stem) for file in scenario_files(LIBRARY))
    return {name: str(complete(name)["title"]) for _, name in names}


def complete(name: str) -> TableDict:
    """Return a scenario of the library as one table, without its notes, which are too long for a link."""
    layers = read_layers(LIBRARY / f"{name}.toml")
    loaded = load_tables({f"{place}": layer.data for place, layer in enumerate(layers)}, Path(name))
    return {key: value for key, value in loaded.raw.items() if key != "notes"}


def _over(base: str, name: str) -> TableDict:
    """Return what a file that extends the base lays over it."""
    layers = read_layers(LIBRARY / f"{name}.toml")
    beneath = len(read_layers(LIBRARY / f"{base}.toml"))
    over: TableDict = reduce(merge, (layer.data for layer in layers[beneath:]), {})
    return {key: value for key, value in over.items() if key not in ("notes", "question")}
