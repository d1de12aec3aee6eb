"""`peerstay household`: say what a raise leaves in the household."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import warn
from sim.cli.manual import Manual
from sim.cli.options import JSON, SETS, options
from sim.cli.terminal import say
from sim.evidence.net_income import HOUSEHOLDS
from sim.evidence.places import NATION
from sim.questions.household.asked import look_up
from sim.questions.household.shapes import household_shape
from sim.questions.household.text import household_answer
from sim.scenario.files import Loaded, load
from sim.scenario.timeline import plans
from sim.words.as_json import as_json

QUESTION = (
    click.option("--state", metavar="CODE", help="Two-letter code; by default the scenario's place.state."),
    click.option(
        "--from", "before", type=float, metavar="USD", help="Wage an hour; by default the scenario's entry wage."
    ),
    click.option("--to", "after", type=float, metavar="USD", help="Wage an hour after the raise; by default no raise."),
    click.option(
        "--household",
        "households",
        multiple=True,
        type=click.Choice(HOUSEHOLDS),
        help="Show this household only; repeatable.",
    ),
)


@click.command("household", cls=Manual)
@click.argument("scenario", required=False, shell_complete=scenarios)
@options(QUESTION, (SETS,), JSON)
def command(scenario: str | None, **given: Any) -> None:
    """Show what a raise leaves in the household, after taxes and benefits that phase out with income.

    Nothing is simulated: the answer comes from a table for every state, five kinds of households and full-time wages
    from 12 to 50 dollars an hour. SCENARIO supplies the state and the wage that you leave out.
    """
    if given["sets"] and scenario is None:
        raise click.UsageError("--set changes a scenario: name its file")
    loaded = None if scenario is None else load(scenario, sets=given["sets"])
    if loaded is not None:
        warn([loaded])
    state = (given["state"] or _state(loaded)).upper()
    asked = look_up(state, _wages(loaded, given), given["households"])
    say(as_json(household_shape(asked)) if given["as_json_"] else household_answer(asked))


def _state(loaded: Loaded | None) -> str:
    """Return the state of a scenario, the same of all its employers."""
    states = {} if loaded is None else dict.fromkeys(plan.epochs[0][1].place.state for plan in plans(loaded.scenario))
    if len(states) == 1 and NATION not in states:
        return next(iter(states))
    why = f"its employers are in {', '.join(states)}" if len(states) > 1 else "taxes and benefits are a state's"
    raise click.UsageError(
        f"which state? {why}: type --state PA" + (", or set place.state" if len(states) == 1 else "")
    )


def _wages(loaded: Loaded | None, given: dict[str, Any]) -> tuple[float, float] | None:
    """Return the two wages that are asked, None where no raise is."""
    before, after = given["before"], given["after"]
    if after is None:
        if before is not None:
            raise click.UsageError(f"--from {before:g} to which wage? type --to")
        return None
    if before is None:
        wages = (
            {}
            if loaded is None
            else {plan.name: plan.epochs[0][1].pay.wage_usd_per_hour for plan in plans(loaded.scenario)}
        )
        if len(set(wages.values())) != 1:
            raise click.UsageError(f"--to {after:g} from which wage? type --from")
        before = next(iter(wages.values()))
    return before, after
