"""Answer what `run` and `compare` ask: load, look what is kept, run the rest, keep it, stamp it; show what is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from sim.charts.printed import Paths, write_paths
from sim.cli.against import also_against, with_against
from sim.cli.options import Shard
from sim.cli.sizing import allowed, sized
from sim.cli.study_options import points_kept
from sim.cli.terminal import aside, progress, say
from sim.questions.compare.shapes import run_shape
from sim.questions.compare.text import run_text
from sim.runs.answer import Answer, ask, case_names, check, settings_of
from sim.runs.catalog import NoRunError
from sim.runs.pieces import Piece, missing
from sim.runs.replicate import Kept, Memory, Settings, drawing, fill
from sim.runs.store import Run, default_store, holds_a_roster, open_run
from sim.scenario.files import Loaded
from sim.words.as_json import as_json
from sim.words.layout import counted, on_paper
from sim.words.provenance import Stamp, command_line, luck_only, stamp

Printed = Callable[[Answer, Stamp], str]
Shape = Callable[[Answer], dict[str, Any]]


def answer_command(everyone: Sequence[Loaded], given: dict[str, Any], text: Printed, shape: Shape) -> None:
    """Run scenarios, the base first, with the options given, and print the answer.

    Args:
        everyone: the scenarios, from `loading.everyone_of`.
        given: the options of `run` and `compare`.
        text: writes the answer as text.
        shape: gives it as plain values for JSON.
    """
    given = {"loop_off": False, **given}
    check(everyone)
    settings = asked_settings(everyone, given)
    run = kept_run(everyone, settings, given)
    if given["shard"] is not None:
        say(_shard(settings, given["shard"], run))
        return
    kept = Memory() if run is None else run
    enough = sized(everyone, settings, given, kept)
    if enough is not None:
        settings = replace(settings, replications=enough.replications)
    answer, stamped = _answered(everyone, settings, kept, given)
    answer = replace(answer, enough=enough)
    printed, plain = text(answer, stamped), shape(answer)
    if run is not None:
        run.replications, run.command = settings.replications, command_of(everyone, settings, given)
        run.finish(plain, on_paper(text, answer, stamped))
        say_notes(run)
    say(as_json(plain) if given["as_json_"] else printed)


def asked_settings(everyone: Sequence[Loaded], given: dict[str, Any]) -> Settings:
    """Return the settings that the options of `run`, `compare` and `brief` ask for."""
    settings = allowed(settings_of(everyone[0], given["jobs"], progress(), given["cluster"]), given)
    return replace(settings, unknowns=not given["luck_only"], store=points_kept(everyone, given))


def _answered(
    everyone: Sequence[Loaded], settings: Settings, kept: Kept, given: dict[str, Any]
) -> tuple[Answer, Stamp]:
    """Ask, and write what --out and --figure want on the way."""
    figure = given["figure"]
    drawn = None if figure is None else Paths(case_names(everyone))
    with _export(given["out"], everyone) as export:
        keepers = [keeper.keep for keeper in (export, drawn) if keeper is not None]
        keep = partial(keep_all, keepers) if keepers else None
        answer = ask(everyone[0], everyone[1:], settings, keep, kept, loop_off=given["loop_off"])
        stamped = stamp(answer, with_against(command_of(everyone, settings, given), given.get("against")))
        if drawn is not None:
            titles = {case.name: case.title for case in answer.cases}
            write_paths(drawn, titles, everyone[0].scenario.horizon.start, figure)
        if export is not None:
            export.finish([case.values for case in answer.cases], stamped.manifest())
    return answer, stamped


def kept_run(everyone: Sequence[Loaded], settings: Settings, given: dict[str, Any]) -> Run | None:
    """Return where this question's blocks are kept; people's rosters are kept only where the user says."""
    said: Path | None = given["store"]
    if given["no_store"] or (said is None and holds_a_roster(everyone)):
        return None
    command, store = command_of(everyone, settings, given), said or default_store()
    run = open_run(store, everyone, settings, command, loop_off=given["loop_off"])
    kept = {number for piece in run.pieces() for number in piece.numbers if number < settings.replications}
    if kept:
        told = f"{len(kept):,} of {counted(settings.replications, 'run')} {'is' if len(kept) == 1 else 'are'}"
        aside(f"note: {told} kept from before (run {run.key})")
    return run


def command_of(everyone: Sequence[Loaded], settings: Settings, given: dict[str, Any]) -> str:
    """Return the command line that asks the same question."""
    loop_off = " --loop-off" if given["loop_off"] else ""
    return command_line(everyone, settings, given["sets"]) + luck_only(settings) + loop_off


def _shard(settings: Settings, shard: Shard, run: Run | None) -> str:
    if run is None:
        raise click.UsageError("--shard keeps its share for `peerstay merge`: name a folder with --store")
    (which, of), total = shard, settings.replications
    numbers = range(total * (which - 1) // of, total * which // of)
    fill([loaded.scenario for loaded in run.scenarios], drawing(settings, run.scenarios), numbers, run)
    say_notes(run)
    if run.lost:
        raise click.UsageError(f"shard {which}/{of} could not be kept in {run.folder}")
    told = f"replications {numbers.start} to {numbers.stop - 1} of {total:,}" if numbers else "no replications"
    return f"shard {which}/{of}: {told} are kept in {run.folder}"


def say_notes(run: Run) -> None:
    """Print on stderr what went wrong with the files of a run."""
    for note in run.notes:
        aside(f"warning: {note}")
    run.notes.clear()


def keep_all(keepers: Sequence[Callable[[Piece], None]], piece: Piece) -> None:
    """Hand a block's results to everybody who keeps something of them."""
    for keep in keepers:
        keep(piece)


def _export(out: str | None, everyone: Sequence[Loaded]) -> Any:
    """Return what writes --out; pyarrow is imported only when it is asked for."""
    if out is None:
        return nullcontext()
    from sim.runs.exports.export import Export  # noqa: PLC0415  # pyarrow takes long to load

    return Export(out, case_names(everyone), everyone)


def shown(run: Run, *, as_json_: bool, against: str | None = None) -> str:
    """Return the answer that the kept replications give, from the first to the first that is missing."""
    text, shape = also_against(against, [str(loaded.path) for loaded in run.everyone])
    gaps = missing(range(run.replications), [piece.numbers for piece in run.pieces()])
    upto = gaps[0].start if gaps else run.replications
    say_notes(run)
    if gaps:
        told = ", ".join(f"{gap.start}–{gap.stop - 1}" for gap in gaps)
        aside(f"note: of {counted(run.replications, 'replication')} asked for, {told} are missing")
    if upto == 0:
        raise NoRunError(f"{run.key}: the first replications are missing, so there is nothing to show yet")
    settings = replace(settings_of(run.everyone[0]), replications=upto, seed=run.seed, unknowns=run.unknowns)
    answer = ask(run.everyone[0], run.everyone[1:], settings, kept=run, loop_off=run.loop_off)
    if not answer.alternatives:
        text, shape = run_text, run_shape
    stamped = stamp(answer, with_against(run.command, against))
    return as_json(shape(answer)) if as_json_ else text(answer, stamped)
