"""Show figures beside their bars: on the terminal, as Markdown and as JSON."""

import json
import os
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.figures import Effort, Measured, Outcome

ROOT = Path(__file__).resolve().parents[1]
FIRST_EDITION = Path(__file__).parent / "results" / "first_edition.json"
PACKAGES = ("numpy", "simpy", "mesa", "numba")


def circumstances(effort: Effort) -> dict[str, object]:
    """Return what the figures hang on: machine, versions, load and effort."""
    load = f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"
    return {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "load before": load,
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
        "rounds": effort.rounds,
        "full": effort.full,
    }


def line(outcome: Outcome) -> str:
    """Return an outcome as a line for the terminal."""
    measured = str(outcome.measured or "")
    remark = outcome.reason or (outcome.measured.note if outcome.measured else "")
    return _columns(outcome.figure.key, measured, outcome.figure.bar, outcome.verdict, remark)


def heading() -> str:
    """Return the heading over the terminal's lines."""
    return _columns("figure", "measured", "bar", "verdict", "remark")


def _columns(key: str, measured: str, bar: str, verdict: str, remark: str) -> str:
    """Return five words in columns."""
    return f"{key:26} {measured:>14}  {bar:>15}  {verdict:12}  {remark}".rstrip()


def tally(outcomes: Sequence[Outcome]) -> str:
    """Return how many figures there are of each verdict."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items())


def markdown(outcomes: Sequence[Outcome], about: dict[str, object]) -> str:
    """Return the figures as a page."""
    before = first_edition()
    return "\n".join(
        [
            "# Measured",
            "",
            f"Written by `python -m bench`: {tally(outcomes)}. How and why: [README](../README.md).",
            "",
            "; ".join(f"{name} {value}" for name, value in about.items()) + ".",
            "",
            "| figure | measured | bar | verdict | first edition | remark |",
            "|---|---:|---:|---|---:|---|",
            *(_row(outcome, before.get(outcome.figure.key, "")) for outcome in outcomes),
            "",
        ]
    )


def first_edition() -> dict[str, str]:
    """Return what the first edition was measured at, by figure; where one was asked otherwise then, nothing."""
    figures = json.loads(FIRST_EDITION.read_text(encoding="utf-8"))["figures"]
    measured = {one["key"]: one["measured"] for one in figures if one["measured"]}
    return {key: str(Measured(**own)) for key, own in measured.items()}


def _row(outcome: Outcome, before: str) -> str:
    """Return an outcome as a row of the page's table, beside what it was in the first edition."""
    figure, measured = outcome.figure, outcome.measured or ""
    return f"| {figure.what} | {measured} | {figure.bar} | {outcome.verdict} | {before} | {_remark(outcome)} |"


def _remark(outcome: Outcome) -> str:
    """Return the reason, or what was measured and the note, in one cell."""
    measured = outcome.measured
    parts = [_anywhere(outcome.reason), *([measured.of, measured.note] if measured else [])]
    return "; ".join(part for part in parts if part).replace("|", "\\|").replace("\n", " ")


def _anywhere(reason: str) -> str:
    """Return a reason without the folder this machine keeps the project in."""
    return reason.replace(f"{ROOT}{os.sep}", "")


def write(outcomes: Sequence[Outcome], about: dict[str, object], folder: Path) -> None:
    """Write latest.json and latest.md into a folder."""
    figures = [
        {
            "key": outcome.figure.key,
            "what": outcome.figure.what,
            "bar": outcome.figure.bar,
            "verdict": str(outcome.verdict),
            "reason": _anywhere(outcome.reason),
            "measured": asdict(outcome.measured) if outcome.measured else None,
        }
        for outcome in outcomes
    ]
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"about": about, "figures": figures}, indent=2, ensure_ascii=False, allow_nan=False)
    (folder / "latest.json").write_text(text + "\n", encoding="utf-8")
    (folder / "latest.md").write_text(markdown(outcomes, about), encoding="utf-8")
