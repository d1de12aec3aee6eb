"""Ask: what to expect, what alternatives change, what it takes, how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from peerstay.answers import Comparison, Run
from peerstay.doubts import Doubt
from peerstay.gathered import Gathered
from peerstay.scenarios import Scenario, Value, scenario
from peerstay.solutions import Solution
from sim.questions.solve.question import Question
from sim.questions.solve.solve import solve as solved
from sim.questions.uncertainty.uncertainty import uncertainty as doubted
from sim.runs.answer import Answer, ask, case_names, check, settings_of
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded

Organization = Scenario | str | Path | Mapping[str, Any]
Alternative = Scenario | str | Path | Mapping[str, Value]
Progress = Callable[[int, int], None]
DRAWS: Final = 200
PER_DRAW: Final = 14


def run(  # noqa: PLR0913  # options by name, as of the command
    base: Organization,
    *,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = 1,
    detail: bool = True,
    luck_only: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Project a scenario many times.

    Args:
        base: a scenario, or whatever `scenario` takes.
        replications: how many projected futures; left out, as many as the scenario says (200 by default).
        seed: the key of all random variation; left out, the scenario's.
        jobs: processes; None takes as many as are worth starting. In a script, more than one asks for
            `if __name__ == "__main__":` around what is run.
        detail: keep what happened to each person and every amount, for `panel`, `events`, `ledger` and `funding`.
        luck_only: take every assumption as known; left out, each projected future draws them anew.
        progress: called with the replications done and in all.

    Raises:
        ScenarioError: with every fault of the scenario.

    >>> import peerstay
    >>> told = peerstay.run("md_recovery_community", replications=4)
    >>> told
    <peerstay.Run of md_recovery_community: 4 replications, seed 1>
    >>> told.measures.loc["headcount", "unit"]
    'peers'
    >>> bool(told.ledger["usd"].sum() < 1e9)
    True
    """
    everyone = [scenario(base).loaded]
    settings = replace(_settings(everyone[0], replications, seed, jobs, progress), unknowns=not luck_only)
    return Run(*_asked(everyone, settings, detail=detail))


def compare(  # noqa: D417, PLR0913  # options by name, as of the command
    base: Organization,
    *alternatives: Alternative,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = 1,
    detail: bool = True,
    luck_only: bool = False,
    progress: Progress | None = None,
    **named: Alternative,
) -> Comparison:
    """Compare a base with alternatives, each projected future with the same random variation in all.

    Args:
        base: a scenario, or whatever `scenario` takes: what happens if nothing is decided.
        alternatives: scenarios, names, files; a mapping says what one changes in the base, as in `with_`.
        replications, seed, jobs, detail, luck_only, progress: as in `run`.
        named: more alternatives, each called by its keyword.

    Raises:
        ScenarioError: with everything that stands in the way.
        TypeError: without an alternative.

    >>> import peerstay
    >>> answer = peerstay.compare("md_recovery_community", raised={"pay.wage_usd_per_hour": 18.0}, replications=4)
    >>> answer
    <peerstay.Comparison of md_recovery_community with raised: 4 replications, seed 1>
    >>> answer.measures.loc[("raised", "mean_wage_usd_per_hour"), "verdict"] in ("higher", "better")
    True
    """
    if not alternatives and not named:
        raise TypeError("compare takes a base and at least one alternative")
    start = scenario(base)
    others = [_alternative(start, one) for one in alternatives]
    others += [_alternative(start, one, name) for name, one in named.items()]
    everyone = [one.loaded for one in (start, *others)]
    settings = replace(_settings(everyone[0], replications, seed, jobs, progress), unknowns=not luck_only)
    return Comparison(*_asked(everyone, settings, detail=detail))


def solve(  # noqa: D417, PLR0913  # a question has as many parts, all but the first four by name
    base: Organization,
    vary: str,
    between: tuple[float, float],
    until: str | Sequence[str],
    *,
    start: Alternative | None = None,
    chance: float | None = None,
    step: float | None = None,
    replications: int | None = None,
    seed: int | None = None,
    jobs: int | None = 1,
    luck_only: bool = False,
) -> Solution:
    """Find the smallest change of one input with which conditions hold.

    Args:
        base: a scenario, or whatever `scenario` takes.
        vary: the address of the input.
        between: the least and the largest value it may have.
        until: conditions such as "exits_per_year <= base - 2"; all must hold.
        start: what every value is laid over, if not the base: an alternative of it.
        chance: the least share of projected futures in which all must hold together; left out, their means must.
        step: resolution; left out, a cent, a whole number or a sensible one.
        replications, seed, jobs, luck_only: as in `run`.

    Raises:
        ScenarioError: with everything that is wrong with the question.

    >>> import peerstay
    >>> wish, few = "mean_wage_usd_per_hour >= base + 0.5", {"step": 0.5, "replications": 4}
    >>> found = peerstay.solve("md_recovery_community", "pay.wage_usd_per_hour", (15.5, 17.5), wish, **few)
    >>> found.outcome, found.value
    ('found', 16.0)
    """
    begun = scenario(base)
    over = None if start is None else _alternative(begun, start).loaded
    question = Question(vary, between, (until,) if isinstance(until, str) else tuple(until), chance, step)
    settings = replace(_settings(begun.loaded, replications, seed, jobs), unknowns=not luck_only)
    return Solution(solved(begun.loaded, question, settings, start=over), begun if over is None else Scenario(over))


def uncertainty(  # noqa: D417, PLR0913  # as above
    base: Organization,
    *alternatives: Alternative,
    measure: str,
    draws: int = DRAWS,
    replications: int = PER_DRAW,
    prefer: Literal["less", "more"] | None = None,
    seed: int | None = None,
    jobs: int | None = 1,
) -> Doubt:
    """Split the uncertainty of a result into random variation and uncertain assumptions, and name the ones that matter.

    Args:
        base: a scenario, or whatever `scenario` takes.
        alternatives: as in `compare`.
        measure: the key of the measure; `peerstay.measures()` lists all.
        draws: how often what is not known is drawn anew, at least 20.
        replications: projected futures of every draw, at least 4.
        prefer: which side is better, where the measure itself does not say.
        seed, jobs: as in `run`.

    Raises:
        ScenarioError: when scenarios cannot be compared, or the measure is hardly ever defined.
    """
    start = scenario(base)
    everyone = [start.loaded, *(_alternative(start, one).loaded for one in alternatives)]
    settings = _settings(start.loaded, replications, seed, jobs)
    return Doubt(doubted(everyone, measure, settings, draws, prefer=prefer))


def _alternative(base: Scenario, one: Alternative, name: str = "") -> Scenario:
    """Return an alternative; a mapping says what it changes in the base."""
    made = base.with_(one, name=name) if isinstance(one, Mapping) else scenario(one)
    return made.named(name) if name else made


def _settings(
    base: Loaded, replications: int | None, seed: int | None, jobs: int | None, progress: Progress | None = None
) -> Settings:
    settings = settings_of(base, jobs, progress)
    return replace(
        settings,
        replications=settings.replications if replications is None else replications,
        seed=settings.seed if seed is None else seed,
    )


def _asked(everyone: Sequence[Loaded], settings: Settings, *, detail: bool) -> tuple[Answer, Gathered]:
    check(everyone)
    gathered = Gathered(case_names(everyone), [one.scenario for one in everyone], detail=detail)
    return ask(everyone[0], everyone[1:], settings, gathered.keep), gathered
