"""`peerstay story`: tell the careers of one projected future in sentences."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LENGTH_AND_LUCK, SETS, WITHS, options
from sim.cli.terminal import say
from sim.scenario.files import Loaded
from sim.words.as_json import as_json

WHOSE = (
    click.option(
        "--base", metavar="FILE", help="Start from the workforce of this scenario, as in a comparison with it."
    ),
    click.option(
        "--replication",
        type=click.IntRange(0),
        default=0,
        show_default=True,
        metavar="N",
        help="Which projected future, counted from 0 as in the files that --out writes.",
    ),
    click.option(
        "--employer", type=click.IntRange(0), metavar="E", help="Place of the employer in the portfolio, from 0."
    ),
    click.option(
        "--post", type=click.IntRange(0), metavar="P", help="Show everyone who holds this post, counted from 0."
    ),
)


@click.command("story", cls=Manual)
@click.argument("scenario", shell_complete=scenarios)
@options(WHOSE, WITHS, (SETS, *LENGTH_AND_LUCK), JSON)
def command(scenario: str, base: str | None, **given: Any) -> None:
    """Describe careers in one projected future of SCENARIO: hired, certified, promoted, on leave, left and why.

    Without --post, a few typical careers are shown. None of these people are real. The same seed and replication give
    the same people as `peerstay run`, or as `peerstay compare` when --base names the base. With --with, SCENARIO is the
    base, and the careers are those after the change.
    """
    from sim.questions.story.privacy import about, discreet  # noqa: PLC0415
    from sim.questions.story.story import stories  # noqa: PLC0415
    from sim.questions.story.text import chosen, story_shape, story_text  # noqa: PLC0415

    asked = everyone_of([path for path in (base, scenario) if path], given)
    if len(asked) > 1 + bool(base or given["withs"]):
        raise click.UsageError("story tells of one scenario: name --base, or one alternative with --with")
    own, start = asked[-1], asked[0]
    seed = start.scenario.experiment.seed
    found = stories(own.scenario, given["replication"], seed, start.scenario if own is not start else None)
    picked = chosen(discreet(found, start.scenario), given["employer"], given["post"])
    if not picked:
        raise click.UsageError(_nobody(own, given))
    told = {"replication": given["replication"], "seed": seed}
    write = story_shape if given["as_json_"] else story_text
    shown = write(picked, own, told, about(start.scenario))
    say(shown if isinstance(shown, str) else as_json(shown))


def _nobody(own: Loaded, given: dict[str, Any]) -> str:
    """Return why there is no career to tell."""
    from sim.scenario.timeline import plans  # noqa: PLC0415

    kinds = plans(own.scenario)
    employers = sum(plan.count for plan in kinds)
    posts = max(tables.posts.number for plan in kinds for _, tables in plan.epochs)
    faults = []
    if given["employer"] is not None and given["employer"] >= employers:
        faults.append(f"--employer {given['employer']}: employers are counted from 0 to {employers - 1}")
    if given["post"] is not None and given["post"] >= posts:
        faults.append(f"--post {given['post']}: posts are counted from 0 to {posts - 1}")
    return "\n".join(faults) or "nobody is ever in that post in this future: name another --post or --replication"
