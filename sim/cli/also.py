"""What else a brief is asked to tell: its options, what cannot be told, and the answers, from the brief's own runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.study_options import FISCAL_YEAR, MEMBERS, WORTH, typed_of
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
from sim.runs.answer import Answer
from sim.runs.collected import Collected
from sim.runs.replicate import Keeper
from sim.scenario.files import Loaded
from sim.takeaway.also import Also
from sim.takeaway.named import called_in_full
from sim.takeaway.offer import WITHOUT_PATHS

JULY: Final = 7
OPTIONS: Final = (
    click.option("--rate", is_flag=True, help="Also tell which rate the wage needs, as `peerstay rate` does."),
    click.option("--fiscal", is_flag=True, help="Also tell what each payer comes to owe, as `peerstay fiscal` does."),
    FISCAL_YEAR,
    MEMBERS,
    click.option("--worth", is_flag=True, help="Also tell what a served client must avoid, as `peerstay worth` does."),
    *WORTH,
    click.option("--fair", is_flag=True, help="Also tell whom it reaches, by group, as `peerstay fair` does."),
)
FLAGS: Final = ("rate", "fiscal", "worth", "fair")


class AlsoAsked:
    """What else is asked of scenarios: what keeps of their runs what it takes, and the answers once these are done."""

    def __init__(self, given: dict[str, Any], everyone: Sequence[Loaded], endings: Sequence[str]) -> None:
        """See that all can be told; raise UsageError or ScenarioError where it cannot."""
        _check(given, endings)
        self._given, self._everyone = given, everyone
        self._typed = typed_of(given) if given["worth"] else None
        for one in everyone if given["rate"] else ():
            neutral(one)  # refuses what no rate can be built for
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


def _check(given: dict[str, Any], endings: Sequence[str]) -> None:
    if any(given[name] for name in FLAGS) and set(endings) <= set(WITHOUT_PATHS):
        raise click.UsageError(
            "--rate, --fiscal, --worth and --fair go into a brief or a workbook: "
            "add --to FILE.docx, .pdf, .html or .xlsx"
        )
    if not given["worth"] and (given["payer"], given["averted"], given["source"]) != (ALL, None, None):
        raise click.UsageError("--payer, --averted and --source are about what --worth tells: add --worth")
    if not given["fiscal"] and (given["year_starts"], given["members"]) != (JULY, None):
        raise click.UsageError("--year-starts and --members are about what --fiscal tells: add --fiscal")
