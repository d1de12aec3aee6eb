"""Keep experiments in a file beside the scenarios, and find the runs behind what came out of them again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim.runs.answer import Answer, in_all
from sim.runs.catalog import Entry, NoRunError, entries, printed
from sim.runs.experiments import (
    Came,
    Experiment,
    Result,
    asked_entry,
    decision_entry,
    experiments_in,
    grown,
    next_number,
    result_entry,
)
from sim.runs.identity import question_key
from sim.runs.safe_files import write_whole
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.layers import at_most

DIGITS: Final = 16


def experiments(file: Path) -> list[Experiment]:
    """Return the experiments of a notebook, none where there is no file yet.

    Raises:
        ScenarioError: with every fault of the file.
    """
    return experiments_in(at_most(file), str(file)) if file.exists() else []


def experiment(file: Path, number: int) -> Experiment:
    """Return one experiment.

    Raises:
        ScenarioError: when there is none of that number, or the file is faulty.
    """
    known = experiments(file)
    for one in known:
        if one.asked.number == number:
            return one
    numbers = ", ".join(str(one.asked.number) for one in known) or "none yet"
    raise ScenarioError([Problem(str(file), None, "", None, f"has no experiment {number}", f"there is {numbers}")])


# writing ---------------------------------------------------------------------------------------------------------


def ask(file: Path, question: str, expected: str) -> int:
    """Add a question and what is expected; return its number."""
    number = next_number(experiments(file))
    add(file, asked_entry(str(file), number, question, expected))
    return number


def note_result(file: Path, number: int, found: str, run: Entry | None) -> None:
    """Add what came out of an experiment; without words, what the run's answer begins with.

    Raises:
        NoRunError: when the run was broken off before there was an answer.
    """
    experiment(file, number)
    came = Came(found) if run is None else _of_entry(run)
    add(file, result_entry(str(file), number, replace(came, found=found or came.found)))


def decide(file: Path, number: int, decided: str) -> None:
    """Add what was decided after an experiment."""
    experiment(file, number)
    add(file, decision_entry(str(file), number, decided))


def add(file: Path, *entries: str) -> None:
    """Add entries to a notebook, which is made where there is none."""
    write_whole(file, grown(file.read_bytes() if file.exists() else b"", *entries))


# the run behind a result -----------------------------------------------------------------------------------------


def of_answer(answer: Answer, command: str, text: str, shape: str) -> Came:
    """Return what is noted of an answer: how its text begins, and the run as `peerstay runs` would list it.

    Args:
        answer: what came out.
        command: what makes it again.
        text: the answer as it is printed.
        shape: the same as JSON.
    """
    everyone, settings = [case.loaded for case in answer.cases], answer.settings
    everybody = in_all(everyone, loop_off=any(one.loops is not None for one in answer.alternatives))
    return Came(
        _beginning(text),
        question_key([one.scenario for one in everybody], settings.seed, settings.futures),
        _digest(shape),
        settings.replications,
        command,
        tuple(f"{case.name} {case.loaded.fingerprint}" for case in answer.cases),
    )


def _of_entry(run: Entry) -> Came:
    text, shape = printed(run)
    asked = run.question
    names = tuple(f"{one['name']} {one['fingerprint']}" for one in asked["scenarios"])
    return Came(_beginning(text), run.folder.name, _digest(shape), asked["replications"], asked["command"], names)


def _beginning(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def _digest(shape: str) -> str:
    return hashlib.sha256(shape.encode()).hexdigest()[:DIGITS]


def answer_digest(run: Entry) -> str:
    """Return a digest of a run's answer as JSON."""
    return _digest(printed(run)[1])


def standing(result: Result, store: Path) -> str:
    """Return how a result's run stands now: `none`, `gone`, `same` or `changed`, by the digest of its answer."""
    if not result.run:
        return "none"
    there = next((one for one in entries(store) if one.folder.name == result.run), None)
    if there is None:
        return "gone"
    try:
        return "same" if answer_digest(there) == result.answer else "changed"
    except NoRunError:
        return "gone"
