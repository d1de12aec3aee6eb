"""What documents call the scenarios of an answer: Base, A, B …, and their titles."""

from __future__ import annotations

from string import ascii_uppercase

from sim.runs.answer import Answer, Case
from sim.takeaway.plain import one_line

NAME = 90  # letters of a title in a table


def called(answer: Answer) -> dict[str, str]:
    """Return the short name of each case: Base, A, B …; by the case's own name."""
    letters = [*ascii_uppercase, *(f"{first}{second}" for first in ascii_uppercase for second in ascii_uppercase)]
    return dict(zip((case.name for case in answer.cases), ("Base", *letters), strict=False))


def keyed(answer: Answer, most: int | None = None) -> str:
    """Return which short name stands for which scenario."""
    names = called(answer)
    return "; ".join(f"{names[case.name]} = {case_title(case)}" for case in answer.cases[:most])


def case_title(case: Case) -> str:
    """Return what a scenario is called, short enough for a table."""
    return one_line(case.title, NAME)


def called_in_full(cases: int) -> list[str]:
    """Return what scenarios are called in a sentence."""
    return ["Base", *(f"Alternative {letter}" for letter in ascii_uppercase[: cases - 1])]


def named_in_full(answer: Answer) -> dict[str, str]:
    """Return what each case is called in a sentence: Base, Alternative A …; by the case's own name."""
    return dict(zip((case.name for case in answer.cases), called_in_full(len(answer.cases)), strict=True))
