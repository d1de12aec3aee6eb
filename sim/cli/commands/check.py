"""`peerstay check`: name everything wrong with scenarios."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from sim import __version__
from sim.cli import BAD_INPUT
from sim.cli.completion import scenarios as complete_scenarios
from sim.cli.manual import Manual
from sim.cli.terminal import say
from sim.scenario.files import Loaded, load
from sim.scenario.problems import Problem, ScenarioError, printable
from sim.words.as_json import made_by
from sim.words.first_year import first_year_lines, first_year_shape, not_covered
from sim.words.layout import bullets, counted
from sim.words.stated_turnover import turnover_lead, turnover_shape


@click.command("check", cls=Manual)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...", shell_complete=complete_scenarios)
@click.option(
    "--set", "sets", multiple=True, metavar="PATH=VALUE", help="Set an input, as in run and compare; repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, scenarios: tuple[str, ...], sets: tuple[str, ...], as_json: bool) -> None:
    """Check scenario files: errors, warnings, and inputs that have no effect.

    Exit code 2 when any scenario has an error; warnings alone do not count as errors.
    """
    read = [_report(scenario, sets) for scenario in scenarios]
    reports = [report for report, _ in read]
    for report, loaded in read:
        _say_problems(report["problems"], errors_alone=as_json)
        if not as_json:
            say(_summary(report))
            _say_first_year(loaded)
    if as_json:
        say(json.dumps({"version": __version__, **made_by(), "scenarios": reports}, indent=2, ensure_ascii=False))
    if not all(report["ok"] for report in reports):
        context.exit(BAD_INPUT)


def _say_problems(problems: Sequence[Mapping[str, str]], *, errors_alone: bool) -> None:
    for problem in problems:
        if problem["severity"] == "error" or not errors_alone:
            say(f"{problem['severity']}: {problem['text']}", err=True)


def _say_first_year(loaded: Loaded | None) -> None:
    if loaded is None:
        return
    short = not_covered(loaded.scenario)  # in the words of page Start
    lines = (*first_year_lines(loaded.scenario), f"note: {short}" if short else "", turnover_lead(loaded.scenario))
    for line in filter(None, lines):
        say(bullets([line]))


def _report(scenario: str, sets: tuple[str, ...]) -> tuple[dict[str, Any], Loaded | None]:
    try:
        loaded = load(scenario, sets)
    except ScenarioError as fault:
        return _table(scenario, "", None, fault.problems), None
    told = _table(scenario, loaded.scenario.title, loaded.fingerprint, loaded.warnings)
    return told | {"first_year": first_year_shape(loaded.scenario)} | turnover_shape(loaded.scenario), loaded


def _table(name: str, title: str, fingerprint: str | None, problems: tuple[Problem, ...]) -> dict[str, Any]:
    told = [asdict(problem) | {"text": str(problem)} for problem in problems]
    return {
        "scenario": name,
        "title": title,
        "ok": fingerprint is not None,
        "fingerprint": fingerprint,
        "problems": told,
    }


def _summary(report: dict[str, Any]) -> str:
    """Summarize in one line whether a scenario is valid."""
    severities = [problem["severity"] for problem in report["problems"]]
    counts = [counted(severities.count(one), one) for one in ("error", "warning")]
    told = ", ".join(count for count in counts if not count.startswith("0 ")) or "no errors or warnings"
    stands = f"valid, fingerprint {report['fingerprint']}" if report["ok"] else "not valid"
    return f"{printable(report['scenario'])}: {stands} ({told})"
