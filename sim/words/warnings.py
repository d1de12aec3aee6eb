"""What to check in the inputs of an answer: the warnings of its scenarios, each once."""

from __future__ import annotations

from collections.abc import Iterable

from sim.runs.answer import Answer
from sim.scenario.files import Loaded
from sim.scenario.read.library import PREFIX
from sim.words.as_json import Shape

TITLE = "Check these inputs"


def warned_inputs(everyone: Iterable[Loaded]) -> list[str]:
    """Return the warnings of scenarios as one line each: file, line, input, rule and fix.

    A scenario of the library is called by its name where it is asked for, and with a prefix where a file extends it.
    """
    every = (str(problem) for loaded in everyone for problem in loaded.warnings)
    once: dict[str, str] = {}
    for told in every:
        once.setdefault(told.removeprefix(PREFIX), told)
    return list(once.values())


def warned_of(answer: Answer) -> Shape:
    """Return the warnings of an answer for JSON, by input, without files and lines; nothing where there are none.

    A file that says the same in another order has the same answer.
    """
    found = [
        {"scenario": case.name, "input": one.path, "value": one.value, "rule": one.rule, "fix": one.fix}
        for case in answer.cases
        for one in sorted(case.loaded.warnings, key=lambda one: (one.path, one.rule))
    ]
    return {"warnings": found} if found else {}
