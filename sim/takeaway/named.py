"""What documents call the scenarios of an answer, Base, A, B … and their titles, and what the answer was made by."""

from __future__ import annotations

from datetime import UTC, datetime
from string import ascii_uppercase

from sim.runs.answer import Answer, Case
from sim.takeaway.plain import one_line
from sim.words.layout import counted
from sim.words.provenance import Stamp

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


def made_by(stamp: Stamp) -> tuple[str, ...]:
    """Return by which version, model and data, with which luck and from which scenarios an answer was made.

    Digests stand in the first line, which has room: a line more is a third page of Word where other parts are asked.
    """
    digests = f" (model {stamp.model}, data {stamp.data})" if stamp.model else ""
    runs = counted(stamp.replications, "replication")
    when = datetime.fromisoformat(stamp.made).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return (
        f"peerstay {stamp.version}{digests}, seed {stamp.seed}, {runs}, made {when}.",
        f"Fingerprints: {fingerprints_told(stamp, len(stamp.fingerprints))}.",
    )


def fingerprints_told(stamp: Stamp, most: int) -> str:
    """Return the fingerprints of the first scenarios, and how many more there are."""
    told = [f"{one_line(name, NAME)} {print_}" for name, print_ in stamp.fingerprints.items()]
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")
