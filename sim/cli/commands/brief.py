"""`peerstay brief`: ask, and write the answer as files to take away, with what else it is asked to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.asking import asked_settings, command_of, keep_all, kept_run, say_notes
from sim.cli.completion import scenarios
from sim.cli.loading import everyone_of
from sim.cli.manual import Manual
from sim.cli.options import JSON, LUCK_ONLY, SCENARIO, STORING, WITHS, WORK, options
from sim.cli.sizing import PRECISION, check_sizing, sized
from sim.cli.study_options import FISCAL_YEAR, MEMBERS, WORTH, typed_of
from sim.cli.terminal import say
from sim.extras import need
from sim.questions.fair.fair import Fair
from sim.questions.fair.fair import collector as by_group
from sim.questions.fiscal.note import Wanted as NoteWanted
from sim.questions.fiscal.note import collector as by_payer
from sim.questions.fiscal.note import growth_of, note_in
from sim.questions.rate.neutral import neutral
from sim.questions.rate.rate import RateStudy, rate_study
from sim.questions.rate.rate import Wanted as RateWanted
from sim.questions.worth.worth import ALL, Spending, worth_in
from sim.questions.worth.worth import collector as spending
from sim.runs.answer import Answer, ask, case_names, check
from sim.runs.collected import Collected
from sim.runs.experiments import Came, asked_entry, decision_entry, next_number, result_entry
from sim.runs.notebook import add, experiment, experiments, of_answer
from sim.runs.replicate import Keeper, Memory
from sim.runs.safe_files import write_whole
from sim.runs.store import holds_a_roster
from sim.scenario.files import Loaded
from sim.takeaway.also import Also
from sim.takeaway.bundle import NoBundleError, shape_of, text_of
from sim.takeaway.content import question as question_of
from sim.takeaway.monthly import collector
from sim.takeaway.named import called_in_full
from sim.takeaway.offer import NEEDS, WAYS, WITHOUT_PATHS, WorthlessError, made, way_of
from sim.takeaway.private import shareable_command
from sim.takeaway.signing import check_key, signed
from sim.words.as_json import Shape, as_json
from sim.words.provenance import Stamp, stamp

BUNDLE = ".zip"
JULY: Final = 7
ALSO: Final = (
    click.option("--rate", is_flag=True, help="Also tell which rate the wage needs, as `peerstay rate` does."),
    click.option("--fiscal", is_flag=True, help="Also tell what each payer comes to owe, as `peerstay fiscal` does."),
    FISCAL_YEAR,
    MEMBERS,
    click.option("--worth", is_flag=True, help="Also tell what a served client must avoid, as `peerstay worth` does."),
    *WORTH,
    click.option("--fair", is_flag=True, help="Also tell whom it reaches, by group, as `peerstay fair` does."),
)
FLAGS: Final = ("rate", "fiscal", "worth", "fair")


def _files(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the files to write, every name that cannot be one refused at once."""
    files, faults = [Path(value) for value in values], []
    for file in files:
        try:
            way_of(file)
        except ValueError as fault:
            faults.append(str(fault))
        if file.is_dir():
            faults.append(f"{file}: is a folder")
        elif not file.parent.is_dir():
            faults.append(f"{file}: there is no folder {file.parent}; make it first")
    faults += [f"{file}: is named twice" for file in sorted({file for file in files if files.count(file) > 1})]
    if faults:
        raise click.BadParameter("\n".join(faults), context, option)
    return tuple(files)


NOTED = (
    click.option(
        "--notebook", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help="Also add this to a notebook of experiments, as `peerstay notebook` does.",
    ),
    click.option("--expected", metavar="TEXT", help="What you expect, for a new experiment of the notebook."),
    click.option("--question", metavar="TEXT", help="What it asks; by default the question of the brief."),
    click.option("--experiment", type=click.IntRange(1), metavar="N", help="Which experiment it is, if added before."),
    click.option("--decided", metavar="TEXT", help="What was decided."),
)  # fmt: skip


@click.command("brief", cls=Manual)
@click.argument("base", shell_complete=scenarios)
@click.argument("alternatives", nargs=-1, metavar="[ALTERNATIVE...]", shell_complete=scenarios)
@click.option(
    "--to",
    "files",
    multiple=True,
    required=True,
    callback=_files,
    metavar="FILE",
    help=f"File to write; the ending decides the format: {', '.join(WAYS)}. Repeatable.",
)
@click.option(
    "--sign",
    "key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="KEY.pem",
    help="Sign the bundle (.zip) with your private Ed25519 key; needs peerstay[sign].",
)
@click.option(
    "--loop-off", is_flag=True, help="Also run with the feedback loops switched off, and show what the loops add."
)
@options(ALSO, NOTED, WITHS, SCENARIO, LUCK_ONLY, PRECISION, WORK, STORING, JSON)
def command(base: str, alternatives: tuple[str, ...], files: tuple[Path, ...], **given: Any) -> None:
    """Compare BASE ("no new decisions") with alternatives, or run it alone, and write the answer as files.

    Alternatives are files, or typed as in `peerstay compare`: --with pay.wage_usd_per_hour=25

    A brief has two pages: question, answer, numbers with ranges, chart, what differs, weak evidence, limits, how to
    reproduce it. Numbers and options are those of `peerstay compare`. --rate, --fiscal, --worth and --fair add the
    results of those commands, in place of the sections on household, billing and living wages. --to answer.zip writes a
    bundle that `peerstay reproduce` can check. --json prints what `peerstay compare --json` prints, and the names of
    the files.
    """
    given |= {"shard": None}
    check_sizing(given)
    if given["loop_off"] and not alternatives and not given["withs"]:
        raise click.UsageError("--loop-off tells what loops add to a difference: name an alternative, or leave it out")
    endings = [way_of(file) for file in files]
    _check_noted(given)
    everyone = everyone_of([base, *alternatives], given)
    check(everyone)
    others = AlsoAsked(given, everyone, endings)
    sign = _signer(given.pop("key"), endings)
    _check_files(files, everyone)
    paths = None if set(endings) <= set(WITHOUT_PATHS) else collector(case_names(everyone))
    answer, stamped = _asked(everyone, given, [*others.keepers, *([] if paths is None else [paths.keep])])
    also = others.answered(answer)
    written = _write(files, lambda ending: sign(ending, made(ending, answer, stamped, paths, also)))
    noted = _note(given, answer, stamped)
    if given["as_json_"]:
        say(as_json({**shape_of(answer), "files": written}))
        return
    for one in written:
        say(f"wrote {one['file']}: {one['what']}, {one['bytes']:,} bytes")
    if noted:
        say(noted)


def _check_noted(given: dict[str, Any]) -> None:
    """See that an entry of a notebook can be made, before anything is run."""
    file: Path | None = given["notebook"]
    if file is None:
        if any(given[name] is not None for name in ("expected", "question", "experiment", "decided")):
            raise click.UsageError(
                "--expected, --question, --experiment and --decided go into a notebook: add --notebook FILE"
            )
        return
    if (given["expected"] is None) == (given["experiment"] is None):
        raise click.UsageError(
            "--notebook: say what you expect with --expected, or which experiment it is with --experiment N"
        )
    if given["experiment"] is not None and given["question"] is not None:
        raise click.UsageError("--question is of a new experiment, and --experiment names one that has its question")
    if not file.parent.is_dir():
        raise click.UsageError(f"{file}: there is no folder {file.parent}; make it first")
    _entries(given, given["question"] or "?", Came("?"))


def _entries(given: dict[str, Any], question: str, came: Came) -> tuple[int, list[str]]:
    """Return the number of the experiment, and what is added to the notebook."""
    file, number = given["notebook"], given["experiment"]
    if number is None:
        number = next_number(experiments(file))
        begun = [asked_entry(str(file), number, question, given["expected"])]
    else:
        experiment(file, number)
        begun = []
    ended = [] if given["decided"] is None else [decision_entry(str(file), number, given["decided"])]
    return number, [*begun, result_entry(str(file), number, came), *ended]


def _note(given: dict[str, Any], answer: Answer, stamped: Stamp) -> str:
    """Add the answer to the notebook that is named, and return what to say of it."""
    file = given["notebook"]
    if file is None:
        return ""
    came = of_answer(answer, shareable_command(stamped.command), text_of(answer, stamped), as_json(shape_of(answer)))
    number, entries = _entries(given, given["question"] or question_of(answer), came)
    add(file, *entries)
    return f"noted as experiment {number} in {file}"


def _check_files(files: Sequence[Path], everyone: Sequence[Loaded]) -> None:
    """See that what writes the files is installed, and that nobody's people go into a bundle."""
    for file in files:
        need(NEEDS.get(way_of(file), ()), f"{file}: a {way_of(file)} file")
    if any(way_of(file) == BUNDLE for file in files) and holds_a_roster(everyone):
        raise click.UsageError("a scenario lists people (posts.roster), and a bundle is made to be passed on: no .zip")


def _asked(everyone: Sequence[Loaded], given: dict[str, Any], keepers: Sequence[Keeper]) -> tuple[Answer, Stamp]:
    """Ask, as often as --precision takes, and keep the answer with its run, as `peerstay compare` does."""
    settings = asked_settings(everyone, given)
    run = kept_run(everyone, settings, given)
    kept = run or Memory()
    enough = sized(everyone, settings, given, kept)
    if enough is not None:
        settings = replace(settings, replications=enough.replications)
    keep = partial(keep_all, keepers) if keepers else None
    answer = ask(everyone[0], everyone[1:], settings, keep, kept, loop_off=given["loop_off"])
    answer = replace(answer, enough=enough)
    stamped = stamp(answer, command_of(everyone, settings, given))
    if run is not None:
        run.replications, run.command = settings.replications, stamped.command
        run.finish(shape_of(answer), text_of(answer, stamped))
        say_notes(run)
    return answer, stamped


def _signer(key: Path | None, endings: Sequence[str]) -> Callable[[str, bytes], bytes]:
    """Return what signs the bundle among some files, once it is known that the key can."""
    if key is None:
        return lambda _, content: content
    if BUNDLE not in endings:
        raise click.UsageError("--sign signs a bundle: write one with --to FILE.zip")
    check_key(key)
    return lambda ending, content: signed(content, key) if ending == BUNDLE else content


def _write(files: Sequence[Path], make: Callable[[str], bytes]) -> list[Shape]:
    """Make every file before the first is written, so that a fault leaves none; return what was written."""
    try:
        contents = [make(way_of(file)) for file in files]
    except (NoBundleError, WorthlessError) as fault:
        raise click.ClickException(str(fault)) from fault
    for file, content in zip(files, contents, strict=True):
        write_whole(file, content)
    return [
        {"file": str(file), "what": WAYS[way_of(file)][2], "bytes": len(content)}
        for file, content in zip(files, contents, strict=True)
    ]


# what else it tells ------------------------------------------------------------------------------------------------


class AlsoAsked:
    """What else is asked of scenarios: what keeps of their runs what it takes, and the answers once these are done."""

    def __init__(self, given: dict[str, Any], everyone: Sequence[Loaded], endings: Sequence[str]) -> None:
        """See that all can be told; raise UsageError or ScenarioError where it cannot."""
        _check_also(given, endings)
        self._given, self._everyone = given, everyone
        self._typed = typed_of(given) if given["worth"] else None
        for one in everyone if given["rate"] else ():
            neutral(one, base=everyone[0])  # refuses what no rate can be built for
        self._wanted = NoteWanted(given["year_starts"], given["members"], growth=growth_of(everyone[0]))
        self._fiscal = by_payer(everyone, self._wanted) if given["fiscal"] else None
        self._worth: Collected | None = spending(everyone) if given["worth"] else None
        self._fair = by_group(everyone) if given["fair"] else None

    @property
    def keepers(self) -> list[Keeper]:
        """Return what the brief's own runs go to."""
        return [one.keep for one in (self._fiscal, self._worth, self._fair) if one is not None]

    def answered(self, answer: Answer) -> Also:
        """Return the answers; a rate has runs of its own, as many as the brief."""
        fiscal, worth, fair = self._fiscal, self._worth, self._fair
        return Also(
            None if worth is None else worth_in(Spending(answer, worth), self._given["payer"], self._typed),
            None if fair is None else Fair(answer, fair),
            self._rate(answer) if self._given["rate"] else None,
            None if fiscal is None else note_in(answer, fiscal, self._wanted),
        )

    def _rate(self, answer: Answer) -> RateStudy:
        names = called_in_full(len(self._everyone))
        named = [replace(one, path=Path(f"{name}.toml")) for one, name in zip(self._everyone, names, strict=True)]
        return rate_study(named, replace(answer.settings, futures=None), RateWanted())


def _check_also(given: dict[str, Any], endings: Sequence[str]) -> None:
    if any(given[name] for name in FLAGS) and set(endings) <= set(WITHOUT_PATHS):
        raise click.UsageError(
            "--rate, --fiscal, --worth and --fair go into a brief or a workbook: "
            "add --to FILE.docx, .pdf, .html or .xlsx"
        )
    if not given["worth"] and (given["payer"], given["averted"], given["source"]) != (ALL, None, None):
        raise click.UsageError("--payer, --averted and --source are about what --worth tells: add --worth")
    if not given["fiscal"] and (given["year_starts"], given["members"]) != (JULY, None):
        raise click.UsageError("--year-starts and --members are about what --fiscal tells: add --fiscal")
