"""Faults of a history in the words of the page, whose controls stand for the options of the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from sim.scenario.problems import Problem

COLUMNS: Final = "Columns by their headings"
SINCE: Final = "Everybody who left is in the file from"
UNTIL: Final = "Last month that the file tells of"
DATES: Final = "Dates such as 11/03/2023 are written"
CONTROLS: Final = (  # what the command line says, and what the page does; the longer first
    (r"the names of --column", f"the names under “{COLUMNS}”"),
    (r"--column (\w+)=HEADING", rf"\1=HEADING under “{COLUMNS}”"),
    (r"--column (\w+):", rf"\1, under “{COLUMNS}”:"),
    (r"say --dates month-first or --dates day-first", f"choose month first or day first under “{DATES}”"),
    (r"say --dates", f"choose under “{DATES}”"),
    (r"--since( and |, )--until", rf"“{SINCE}”\1“{UNTIL}”"),
    (r"with --since 2021-01", f"under “{SINCE}”, as in 2021-01"),
)


def on_page(problem: Problem) -> Problem:
    """Return a fault whose rule and fix name the page's controls."""
    return replace(problem, rule=_said(problem.rule), fix=_said(problem.fix))


def _said(text: str) -> str:
    for option, control in CONTROLS:
        text = re.sub(option, control, text)
    return text
