"""Load what a command names: files, and alternatives that are typed with --with; every fault at once."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

import click

from sim.cli.terminal import aside
from sim.questions.evidence.where_it_acts import causes_of_card, sections_of_card
from sim.questions.solve.question import Faults
from sim.scenario.differences import differences
from sim.scenario.files import Loaded, load
from sim.scenario.patch import find, split
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.library import shadowed
from sim.scenario.read.what_if import OPTION, WhatIf, called, what_ifs
from sim.words.inputs import input_at, title_in_words
from sim.words.layout import capitalized
from sim.words.warnings import warned_inputs

HAZARDS: Final = {5, 6}  # sections of docs/model.md: what moves states, and whether people leave
SOLVED_UNDER: Final = frozenset({"rules.enforce is false"})  # turnover is solved with the employer's cash rules off
AREA: Final = ("place", "area")  # counts only where employers of a portfolio meet
DESCRIBES: Final = ("turnover", "effects", "horizon", "experiment")  # tables that no employer decides on
MARKET: Final = "market"
INCOME: Final = ("pay", "adequacy_income")  # how pay is weighed
OPTIONS: Final = ("sets", "months", "replications", "seed")


def everyone_of(paths: Sequence[str], given: dict[str, Any], least: int = 0) -> list[Loaded]:
    """Return scenarios, the base first, then alternatives of files, then those typed; warnings go to stderr.

    Args:
        paths: files, the base's first.
        given: the options of the command.
        least: how many alternatives there must be.

    Raises:
        click.UsageError: when there are fewer alternatives.
        ScenarioError: with every fault of all of them.
    """
    if len(paths) - 1 + len(given["withs"]) < least:
        raise click.UsageError(
            f"nothing to compare {paths[0]} with: name the file of an alternative, or say what it changes, as in "
            "--with pay.wage_usd_per_hour=25"
        )
    everyone = [_titled(one, one.what_if, base) if one.what_if else one for base, one in _loaded(paths, given)]
    warn(everyone)
    for note in (
        *_of_the_library(paths),
        *_changing_nothing(everyone),
        *_set_anew(everyone),
        *_another_organization(everyone[0], given["sets"]),
    ):
        aside(f"note: {note}")
    return everyone


def _loaded(paths: Sequence[str], given: dict[str, Any]) -> Iterator[tuple[Loaded, Loaded]]:
    """Return the base with each scenario; raise ScenarioError with every fault of all of them."""
    options: dict[str, Any] = {name: given.get(name) for name in OPTIONS}
    typed, problems = what_ifs(given["withs"])
    faults, everyone = Faults([*problems, *_set_too(typed, given["sets"])]), list[Loaded]()
    for path, what_if in [*((path, None) for path in paths), *((paths[0], one) for one in typed)]:
        with faults.collected(), _where(what_if, faults.problems):
            everyone.append(load(path, what_if=what_if, **options))
    faults.problems = list(dict.fromkeys(faults.problems))  # what is wrong with a base is wrong on it too
    faults.settle()
    return ((everyone[0], one) for one in everyone)


@contextmanager
def _where(what_if: WhatIf | None, known: Sequence[Problem]) -> Iterator[None]:
    """Name the typed alternative in faults of a file's lines that only it brings about."""
    try:
        yield
    except ScenarioError as error:
        if what_if is None:
            raise
        told = " ".join(called(one.text) for one in what_if.assignments)
        typed = {called(one.text) for one in what_if.assignments}
        mine = [replace(one, rule=f"{one.rule}, in the alternative of {told}") for one in error.problems]
        pairs = zip(error.problems, mine, strict=True)
        raise ScenarioError(
            [one if one in known or one.file in typed or one.file.startswith(OPTION) else own for one, own in pairs]
        ) from None


def warn(everyone: Iterable[Loaded]) -> None:
    """Print on stderr what to check in the scenarios, each warning once."""
    for text in warned_inputs(everyone):
        aside(f"warning: {text}")


def _set_too(typed: Iterable[WhatIf], sets: Iterable[str]) -> Iterator[Problem]:
    """Yield what --with changes and --set holds in every scenario."""
    held = [split(text.partition("=")[0]) for text in sets]
    for one in (one for what_if in typed for one in what_if.assignments):
        path = split(one.address)
        if any(path[: len(other)] == other or other[: len(path)] == path for other in held):
            rule = "--set sets it too, in base and alternatives alike"
            yield Problem(called(one.text), None, "", None, rule, "leave one of them out")


def _titled(one: Loaded, typed: WhatIf, base: Loaded) -> Loaded:
    """Return a typed alternative under its name and what differs in it, unless it has a title of its own."""
    if one.scenario.title != base.scenario.title:
        return one
    found = differences(base.scenario, one.scenario)
    told = title_in_words(found) if found else "Nothing different"
    title = f"{typed.name}: {told}" if typed.named else told
    return one.titled(capitalized(title))


def _of_the_library(paths: Sequence[str]) -> Iterator[str]:
    for name in paths:
        if file := shadowed(name):
            yield f"{name} is the scenario of the library; the file here is {file}"


def _changing_nothing(everyone: Sequence[Loaded]) -> Iterator[str]:
    base = everyone[0]
    for one in everyone[1:]:
        if one.what_if is not None and one.fingerprint == base.fingerprint:
            yield f"{one.label}: changes nothing in what {base.path} means"


def _set_anew(everyone: Sequence[Loaded]) -> Iterator[str]:
    """Yield what a dated change of the base sets otherwise later, whatever is typed for the first day."""
    base = everyone[0]
    for one in (one for loaded in everyone for one in (loaded.what_if.assignments if loaded.what_if else ())):
        later = [change.at for change in base.scenario.change if one.address in change.set and change.at > one.date]
        if later:
            fix = f"type it with that month too ({one.address}=…@{later[0]}) to change it from then on"
            yield f"{called(one.text)}: holds until {base.path} sets it again from {later[0]}; {fix}"


def _another_organization(base: Loaded, sets: Sequence[str]) -> Iterator[str]:
    """Yield what --set means where it touches what the stated turnover is solved with."""
    touching = [text for text in sets if _solved_with(base, split(text.partition("=")[0]))]
    if touching:
        told, file = " ".join(f"--set {text}" for text in touching), shlex.quote(str(base.path))
        asked = " ".join(f"--with {shlex.quote(text)}" for text in touching)
        yield (
            f"{told} describes another organization with the same stated turnover, not a change this one makes; "
            f"for a what-if use --with: peerstay compare {file} {asked}"
        )


def _solved_with(base: Loaded, path: Sequence[str]) -> bool:
    """Whether an input decides how many leave, so that it counts when the stated turnover is solved."""
    inner = path[2:] if path[0] == "employer" else path
    if not inner or _alike_in_all(base, inner):
        return False
    table = find(base.raw, path[:-1])[0]
    found = input_at(inner, str(table.get("kind", "")) if isinstance(table, dict) else "")
    key = found.evidence if found is not None else ""
    moves = bool(key) and (bool(causes_of_card(key, SOLVED_UNDER)) or not HAZARDS.isdisjoint(sections_of_card(key)))
    return moves or tuple(inner) == ("posts", "number")


def _alike_in_all(base: Loaded, inner: Sequence[str]) -> bool:
    """Whether an input is the same in base and alternatives, as how a market is modeled is: no what-if to point to."""
    if inner == AREA:
        return not base.scenario.market.employers_meet
    return inner[0] in (*DESCRIBES, MARKET) or inner == INCOME
