"""What a notebook of experiments holds, as text: what was asked and expected, what came out, what was decided.

It is TOML and only ever grows: what was expected stays as it was written before the result was known. A person may edit
it; what is there is never written anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from sim.runs.toml import written
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.clean_text import clean
from sim.scenario.read.library import NOTEBOOK

NAME: Final = NOTEBOOK
HEAD: Final = (
    "# Experiments, the oldest first: what was asked and expected, what came out (of which run), what was decided.\n"
    "# Written by `peerstay notebook`, which only adds to it; edit what you like.\n"
)
LONGEST: Final = 2_000
SAID: Final = {  # by pydantic's type of fault: rule and fix
    "string_too_short": ("is empty", "write a sentence"),
    "string_too_long": (f"is longer than {LONGEST:,} letters", "shorten it"),
    "missing": ("is missing", ""),
}


def _cleaned(text: Any) -> Any:
    return clean(text).strip() if isinstance(text, str) else text


Text = Annotated[str, Field(min_length=1, max_length=LONGEST), BeforeValidator(_cleaned)]


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


def experiments_in(content: bytes, label: str) -> list[Experiment]:
    """Return the experiments of a notebook's content; `label` is what messages call it.

    Raises:
        ScenarioError: with every fault there is.
    """
    book = _book(content, label)
    problems = _misnumbered(book, label)
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


def _misnumbered(book: _Book, label: str) -> list[Problem]:
    """Return numbers that two experiments have, and notes of no experiment."""
    numbers = [one.number for one in book.experiment]
    twice = sorted({one for one in numbers if numbers.count(one) > 1})
    found = [
        Problem(label, None, "experiment.number", str(number), "numbers two experiments", "number one anew")
        for number in twice
    ]
    for name, notes in (("result", book.result), ("decision", book.decision)):
        lost = [one.experiment for one in notes if one.experiment not in numbers]
        rule = "is the number of no experiment"
        found += [Problem(label, None, f"{name}.experiment", str(number), rule, "") for number in lost]
    return found


def _book(content: bytes, label: str) -> _Book:
    try:
        table = tomllib.loads(content.decode())
    except RecursionError:
        raise ScenarioError([Problem(label, None, "", None, "nests deeper than any notebook does")]) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ScenarioError([Problem(label, None, "", None, f"is not TOML: {fault}")]) from None
    try:
        return _Book.model_validate(table)
    except ValidationError as fault:
        raise _in_words(fault, label) from None


def _in_words(fault: ValidationError, label: str) -> ScenarioError:
    return ScenarioError([_problem(label, one) for one in fault.errors(include_url=False)])


def _problem(label: str, fault: Any) -> Problem:
    path = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
    rule, fix = SAID.get(fault["type"], (fault["msg"], ""))
    return Problem(label, None, path, None, rule, fix)


# writing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Came:
    """What came out, and the run that it came out of; without one, words alone."""

    found: str
    run: str = ""
    answer: str = ""
    replications: int = 0
    command: str = ""
    scenarios: tuple[str, ...] = ()


def next_number(known: Sequence[Experiment]) -> int:
    """Return the number of the next experiment."""
    return max((one.asked.number for one in known), default=0) + 1


def asked_entry(label: str, number: int, question: str, expected: str) -> str:
    """Return a question and what is expected as the file has them.

    Raises:
        ScenarioError: when a text cannot be noted; `label` is what the message calls the notebook.
    """
    return _entry(label, "experiment", Question, number=number, question=question, expected=expected)


def result_entry(label: str, number: int, came: Came) -> str:
    """Return what came out of an experiment as the file has it; otherwise as `asked_entry`."""
    return _entry(label, "result", Result, experiment=number, **(asdict(came) | {"found": came.found[:LONGEST]}))


def decision_entry(label: str, number: int, decided: str) -> str:
    """Return what was decided as the file has it; otherwise as `asked_entry`."""
    return _entry(label, "decision", Decision, experiment=number, decided=decided)


def _entry(label: str, name: str, kind: type[Note], **texts: Any) -> str:
    try:
        note = kind(on=_today(), **texts)
    except ValidationError as fault:
        raise _in_words(fault, label) from None
    filled = {key: value for key, value in note.model_dump().items() if value not in ("", 0, ())}
    order = sorted(filled, key=lambda key: key not in {"number", "experiment"})
    return f"\n[[{name}]]\n{written({key: filled[key] for key in order})}"


def grown(before: bytes, *entries: str) -> bytes:
    """Return a notebook with entries behind what is there; a new one where nothing is."""
    content = before or HEAD.encode()
    return content + b"\n" * (not content.endswith(b"\n")) + "".join(entries).encode()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
