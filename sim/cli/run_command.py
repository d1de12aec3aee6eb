"""`peerstay run`: run one scenario and print its measures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from sim.experiment.answer import Answer, ask, case_names, check, settings_of
from sim.experiment.blocks import Piece
from sim.experiment.replicate import Progress
from sim.report.charts import Paths, check_figure, write_paths
from sim.report.listing import as_json
from sim.report.provenance import Stamp, command_line, stamp
from sim.report.shapes import run_shape
from sim.report.text import run_text
from sim.scenario.files import Loaded, load

Function = TypeVar("Function", bound=Callable[..., Any])


def _figure_name(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    file = Path(value)
    try:
        check_figure(file)
    except ValueError as fault:
        raise click.BadParameter(str(fault), context, option) from fault
    return file


def options(function: Function) -> Function:
    """Give a command the options that `run` and `compare` share."""
    for decorate in reversed(
        (
            click.option(
                "--set", "sets", multiple=True, metavar="PATH=VALUE", help="Set an input in every scenario; repeatable."
            ),
            click.option("--replications", type=int, metavar="N", help="How often the projection is repeated."),
            click.option("--months", type=int, metavar="N", help="Length of the projection."),
            click.option("--seed", type=int, metavar="N", help="Key of all luck."),
            click.option(
                "--jobs",
                type=click.IntRange(1),
                metavar="N",
                help="Processes; left out, as many as are worth starting.",
            ),
            click.option(
                "--out", metavar="DIR", help="Keep facts, ledger, panel, measures, scenarios and a manifest there."
            ),
            click.option(
                "--figure",
                metavar="FILE",
                callback=_figure_name,
                help="Draw peers, cash and the chance of running out of it, as .svg, .png or .pdf.",
            ),
            click.option("--json", "as_json_", is_flag=True, help="Print JSON."),
        )
    ):
        function = decorate(function)
    return function


@click.command("run")
@click.argument("scenario")
@options
def command(scenario: str, as_json_: bool, **given: Any) -> None:
    """Run one scenario and print its measures with 95 % ranges.

    A projection repeats the future of an organisation, or of a portfolio, under different luck. --set takes the address
    of any input: --set pay.wage_usd_per_hour=21.5
    """
    answer, stamped = answered([scenario], given)
    click.echo(as_json(run_shape(answer)) if as_json_ else run_text(answer, stamped))


def answered(paths: Sequence[str], given: dict[str, Any]) -> tuple[Answer, Stamp]:
    """Run scenarios, the base first, with the options given; warnings and progress go to stderr.

    What --out and --figure ask for is kept on the way.
    """
    jobs, out, figure = given.pop("jobs"), given.pop("out"), given.pop("figure")
    everyone = [load(path, **given) for path in paths]
    warn(everyone)
    check(everyone)
    settings = settings_of(everyone[0], jobs, progress())
    drawn = None if figure is None else Paths(case_names(everyone))
    with _store(out, everyone) as store:
        keepers = [keeper.keep for keeper in (store, drawn) if keeper is not None]
        answer = ask(everyone[0], everyone[1:], settings, partial(_keep, keepers) if keepers else None)
        stamped = stamp(answer, command_line(answer, given["sets"]))
        if drawn is not None:
            titles = {case.name: case.title for case in answer.cases}
            write_paths(drawn, titles, everyone[0].scenario.horizon.start, figure)
        if store is not None:
            store.finish([case.values for case in answer.cases], stamped.manifest())
    return answer, stamped


def _keep(keepers: Sequence[Callable[[Piece], None]], piece: Piece) -> None:
    for keep in keepers:
        keep(piece)


def _store(out: str | None, everyone: list[Loaded]) -> Any:
    """Return where results are kept; pyarrow is imported only when they are."""
    if out is None:
        return nullcontext()
    from sim.experiment.export import Export  # noqa: PLC0415  # takes longer to import than a small run to run

    return Export(out, case_names(everyone), everyone)


def warn(everyone: Iterable[Loaded]) -> None:
    """Say on stderr what cannot matter in the scenarios, each warning once."""
    for text in dict.fromkeys(str(problem) for loaded in everyone for problem in loaded.warnings):
        click.echo(f"warning: {text}", err=True)


def progress() -> Progress | None:
    """Return what shows how far a run is, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        click.echo(f"\r{done:,} of {total:,} runs" + ("\n" if done == total else ""), err=True, nl=False)

    return show
