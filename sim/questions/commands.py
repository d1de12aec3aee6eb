"""Write the command that makes a study again, whatever the files' own seed and replications become."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from sim.questions.frontier.mixes import Plan
from sim.questions.sensitivity.sensitivity import Plan as Screening
from sim.questions.solve.question import SCAN, Question
from sim.runs.futures.unknowns import Stated
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.words.provenance import command_line, luck_only, named


def solve_command(
    base: Loaded, question: Question, settings: Settings, sets: Sequence[str] = (), start: Loaded | None = None
) -> str:
    """Return the command that asks a question backwards; `start` is what every value is laid over, if not the base."""
    words = ["--vary", question.vary, "--between", *map(_number, question.between)]
    words += _repeated("--until", question.until)
    words += ["--with-chance", _number(question.chance)] if question.chance is not None else []
    words += ["--step", _number(question.step)] if question.step is not None else []
    words += ["--scan", str(question.scan)] if question.scan != SCAN else []
    return f"{_laid_over(base, start, settings, sets, 'solve')} {shlex.join(words)}{luck_only(settings)}"


def frontier_command(
    base: Loaded, plan: Plan, settings: Settings, sets: Sequence[str] = (), start: Loaded | None = None
) -> str:
    """Return the command that looks for the best mixes of a plan; `start` is what every mix is laid over."""
    asked = [word for path, *ends in plan.vary for word in ("--vary", path, *map(_number, ends))]
    asked += ["--points", str(plan.points)] if plan.grid is None else ["--grid", str(plan.grid)]
    asked += _repeated("--measure", plan.measures)
    asked += ["--equal", plan.equal, "--balance", plan.balance]
    return f"{_laid_over(base, start, settings, sets, 'frontier')} {shlex.join(asked)}{luck_only(settings)}"


def uncertainty_words(key: str, draws: int, settings: Settings, prefer: str | None = None) -> list[str]:
    """Return the options that say which measure is looked at, and how many draws and replications are made."""
    words = ["--measure", key, "--draws", str(draws), "--replications-per-draw", str(settings.replications)]
    return words + (["--prefer", prefer] if prefer else [])


def sensitivity_words(key: str, plan: Screening, wanted: Sequence[str], settings: Settings) -> list[str]:
    """Return the options that say which measure is looked at, which inputs are moved, and how."""
    words = [
        "--measure",
        key,
        *_repeated("--input", wanted),
        "--method",
        plan.method,
        "--trajectories",
        str(plan.trajectories),
    ]
    words += ["--samples", str(plan.samples), "--top", str(plan.top)] if plan.method == "sobol" else []
    return [*words, "--replications-per-point", str(settings.replications)]


def doubt_command(
    verb: str,
    everyone: Sequence[Loaded],
    words: Sequence[str],
    settings: Settings,
    sets: Sequence[str] = (),
    also: Sequence[Stated] = (),
) -> str:
    """Return the command that looks at the uncertainty of a measure."""
    told = ["peerstay", verb, *named(everyone), *words]
    told += _repeated("--set", sets)
    told += [word for one in also for word in ("--also", one.path, f"{one.low!r}", f"{one.high!r}")]
    months = everyone[0].scenario.horizon.months
    return shlex.join([*told, "--months", str(months), "--seed", str(settings.seed)])


def _laid_over(base: Loaded, start: Loaded | None, settings: Settings, sets: Sequence[str], verb: str) -> str:
    return command_line([base] if start in (None, base) else [base, start], settings, sets, verb)


def _repeated(option: str, values: Iterable[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def _number(value: float) -> str:
    return f"{value:.12g}"
