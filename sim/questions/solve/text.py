"""Write an answer of `solve` as text: the sentence, the values near it, what it costs, how to use and make it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.questions.compare.tables import comparison_table
from sim.questions.solve.rows import near_rows
from sim.questions.solve.solve import Solution
from sim.questions.solve.words import solution_lines
from sim.results.measures.table import MEASURES
from sim.words.audience import COMMANDS
from sim.words.layout import NAMES, bullets, command_lines, counted, paragraph, section, table
from sim.words.provenance import Stamp, command_line, luck_only, what_if_of

COSTS = (
    "headcount", "exits_per_year", "hours_delivered_per_year", "cost_usd_per_year", "revenue_usd_per_year",
    "margin_usd_per_year", "cash_end_usd", "chance_of_negative_cash", "spending_federal_usd_per_year",
    "spending_state_usd_per_year", "spending_county_usd_per_year", "spending_other_usd_per_year",
)  # fmt: skip

PATH_WIDTH = 26  # of an address in the heading, which goes on beneath


def solve_text(solution: Solution, stamp: Stamp, sets: Sequence[str]) -> str:
    """Return the text of `peerstay solve`."""
    answer, *besides = solution_lines(solution, COMMANDS)
    parts = [
        paragraph(answer),
        table(*near_rows(solution), left=2, kept=(PATH_WIDTH, NAMES[1])),
        bullets(besides),
        section(_costs_title(solution), _costs(solution)),
        section("Full comparison with the base", _use(solution, sets)),
        section("Reproduce this", _reproduce(solution, stamp)),
    ]
    return "\n\n".join(part for part in parts if part)


def _costs_title(solution: Solution) -> str:
    return (
        "Effects and costs, compared with the base"
        if solution.found
        else "Effects of the best value, compared with the base"
    )


def _costs(solution: Solution) -> str:
    answer = solution.answer
    if not answer.alternatives:
        return ""
    measured = answer.alternatives[0].measures
    wished = [wish.key for wish in solution.asked.wishes]
    keys = [*dict.fromkeys((*wished, *COSTS))]
    moving = [key for key in keys if measured[key].base.mean or measured[key].alternative.mean]
    return comparison_table(answer, sorted(moving, key=lambda key: [*MEASURES].index(key.partition(".")[0])))


def _use(solution: Solution, sets: Sequence[str]) -> str:
    if not solution.answer.alternatives or solution.found is None:
        return ""
    asked = solution.asked
    answer = what_if_of(asked.base, asked.start, [(asked.lever.path, solution.found.value)])
    return command_lines(command_line([asked.base, answer], solution.settings, sets) + luck_only(solution.settings))


def _reproduce(solution: Solution, stamp: Stamp) -> str:
    made = (
        f"peerstay {stamp.version}, seed {stamp.seed}, {counted(stamp.replications, 'replication')}, "
        f"{counted(len(solution.tried), 'value')} tried, made {stamp.made}. {stamp.digests()}Fingerprint of the base: "
        f"{next(iter(stamp.fingerprints.values()))}."
    )
    return f"{command_lines(stamp.command)}\n{paragraph(made, '  ')}"
