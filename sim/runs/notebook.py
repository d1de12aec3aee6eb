"""Keep experiments in a file beside the scenarios: what was asked and expected, what came out, what was decided.

The file is TOML and only ever grows: what was expected stays as it was written before the result was known. A person
may edit it; what is there is never written anew.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sim.runs.catalog import Entry, NoRunError, entries, printed
from sim.runs.safe_files import write_whole
from sim.runs.toml import written
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.clean_text import clean

NAME: Final = "notebook.toml"
HEAD: Final = (
    "# Experiments, the oldest first: what was asked and expected, what came out (of which run), what was decided.\n"
    "# Written by `peerstay notebook`, which only adds to it; edit what you like.\n"
)
DIGITS: Final = 16
LONGEST: Final = 2_000
Text = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(lambda text: clean(text).strip())]


class Note(BaseModel):
    """One entry; other keys, such as somebody's own, are let alone."""

    model_config = ConfigDict(frozen=True, strict=True)

    on: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class Question(Note):
    """What is asked, and what is expected before anything is run."""

    number: int = Field(ge=1)
    question: Text
    expected: Text


class Result(Note):
    """What came out, and the run that it came out of."""

    experiment: int
    found: Text
    run: str = ""  # key of the run; empty where none was named
    answer: str = ""  # digest of its answer as JSON
    replications: int = 0
    command: str = ""
    scenarios: tuple[str, ...] = Field((), strict=False)  # name and fingerprint of each


class Decision(Note):
    """What was decided."""

    experiment: int
    decided: Text


@dataclass(frozen=True)
class Experiment:
    """One experiment with everything that was noted of it."""

    asked: Question
    results: tuple[Result, ...]
    decisions: tuple[Decision, ...]


class _Book(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)

    experiment: list[Question] = Field(default_factory=list)
    result: list[Result] = Field(default_factory=list)
    decision: list[Decision] = Field(default_factory=list)


def experiments(file: Path) -> list[Experiment]:
    """Return the experiments of a notebook, none where there is no file yet.

    Raises:
        ScenarioError: with every fault of the file.
    """
    book = _book(file)
    numbers = [one.number for one in book.experiment]
    problems = [
        Problem(str(file), None, "experiment.number", str(number), "numbers two experiments", "number one anew")
        for number in sorted({one for one in numbers if numbers.count(one) > 1})
    ]
    problems += [
        Problem(str(file), None, f"{name}.experiment", str(one.experiment), "is the number of no experiment", "")
        for name, notes in (("result", book.result), ("decision", book.decision))
        for one in notes
        if one.experiment not in numbers
    ]
    if problems:
        raise ScenarioError(problems)
    return [
        Experiment(
            asked,
            tuple(one for one in book.result if one.experiment == asked.number),
            tuple(one for one in book.decision if one.experiment == asked.number),
        )
        for asked in book.experiment
    ]


def _book(file: Path) -> _Book:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _Book()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ScenarioError([Problem(str(file), None, "", None, f"is not TOML: {fault}")]) from None
    try:
        return _Book.model_validate(table)
    except ValidationError as fault:
        problems = [_problem(file, one) for one in fault.errors(include_url=False)]
        raise ScenarioError(problems) from None


def _problem(file: Path, fault: Any) -> Problem:
    path = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
    return Problem(str(file), None, path, None, fault["msg"])


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
    number = max((one.asked.number for one in experiments(file)), default=0) + 1
    _add(file, "experiment", Question(on=_today(), number=number, question=question, expected=expected))
    return number


def note_result(file: Path, number: int, found: str, run: Entry | None) -> None:
    """Add what came out of an experiment; without words, what the run's answer begins with.

    Raises:
        NoRunError: when the run was broken off before there was an answer.
    """
    experiment(file, number)
    about: dict[str, Any] = {}
    if run is not None:
        text, _ = printed(run)
        found = found or " ".join(text.partition("\n\n")[0].split())
        asked = run.question
        about = {
            "run": run.folder.name,
            "answer": answer_digest(run),
            "replications": asked["replications"],
            "command": asked["command"],
            "scenarios": tuple(f"{one['name']} {one['fingerprint']}" for one in asked["scenarios"]),
        }
    _add(file, "result", Result(on=_today(), experiment=number, found=found[:LONGEST], **about))


def decide(file: Path, number: int, decided: str) -> None:
    """Add what was decided after an experiment."""
    experiment(file, number)
    _add(file, "decision", Decision(on=_today(), experiment=number, decided=decided))


def _add(file: Path, name: str, note: Note) -> None:
    before = file.read_bytes() if file.exists() else HEAD.encode()
    if not before.endswith(b"\n"):
        before += b"\n"
    filled = {key: value for key, value in note.model_dump().items() if value not in ("", 0, ())}
    order = sorted(filled, key=lambda key: key not in {"number", "experiment"})
    write_whole(file, before + f"\n[[{name}]]\n{written({key: filled[key] for key in order})}".encode())


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


# the run behind a result -----------------------------------------------------------------------------------------


def answer_digest(run: Entry) -> str:
    """Return a digest of a run's answer as JSON."""
    _, shape = printed(run)
    return hashlib.sha256(shape.encode()).hexdigest()[:DIGITS]


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
