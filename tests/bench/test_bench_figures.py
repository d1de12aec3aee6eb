"""Every figure stands beside its bar with a word on whether it was met, and none is passed over."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.__main__ import FIGURES, main
from bench.figures import (
    Comparison,
    Effort,
    Figure,
    Measured,
    NotMeasuredError,
    Verdict,
    at_least,
    at_most,
    awaiting,
    below,
    judge,
    within,
)
from bench.timing import CommandError


def figure(
    value: float = 1.0,
    comparison: Comparison | None = None,
    measure: Callable[[Effort], Measured] | None = None,
) -> Figure:
    """A figure that measures what it is told to."""
    return Figure("a.b", "what it is", "its bar", comparison, measure or (lambda _: Measured(value, "ms", "n = 1")))


def raising(error: Exception) -> Callable[[Effort], Measured]:
    """A measurement that goes wrong."""

    def measure(_: Effort) -> Measured:
        raise error

    return measure


@pytest.mark.parametrize(
    ("comparison", "value", "verdict"),
    [
        pytest.param(at_most(2), 2.0, Verdict.MET, id="at most, at the bar"),
        pytest.param(at_most(2), 2.1, Verdict.MISSED, id="at most, above it"),
        pytest.param(at_least(2), 2.0, Verdict.MET, id="at least, at the bar"),
        pytest.param(at_least(2), 1.9, Verdict.MISSED, id="at least, under it"),
        pytest.param(below(2), 1.9, Verdict.MET, id="below, under the bar"),
        pytest.param(below(2), 2.0, Verdict.MISSED, id="below, at it"),
        pytest.param(within(0.3007, 0.0006), 0.3012, Verdict.MET, id="within the margin"),
        pytest.param(within(0.3007, 0.0006), 0.3000, Verdict.MISSED, id="outside the margin"),
        pytest.param(None, 1.0, Verdict.NO_BAR, id="no bar"),
    ],
)
def test_a_value_is_judged_by_its_bar(comparison: Comparison | None, value: float, verdict: Verdict) -> None:
    assert judge(figure(value, comparison), Effort()).verdict == verdict


def test_what_could_not_be_measured_says_why() -> None:
    outcome = judge(figure(measure=awaiting("the engine")), Effort())
    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_MEASURED, "awaits the engine")


@pytest.mark.parametrize("error", [CommandError("status 1"), ZeroDivisionError("by nought")])
def test_a_measurement_that_fails_is_reported_as_failed(error: Exception) -> None:
    outcome = judge(figure(measure=raising(error)), Effort())
    assert outcome.verdict == Verdict.FAILED
    assert str(error) in outcome.reason


def test_a_measured_value_is_written_to_be_read() -> None:
    shown = [str(Measured(value, "ms", "n = 1")) for value in (0.3003, 0.012345, 25.0, 999.96, 3712.4, 1234567.0)]
    assert shown == ["0.3003 ms", "0.01235 ms", "25 ms", "1000 ms", "3,712 ms", "1,234,567 ms"]


def test_a_value_that_is_no_number_is_not_judged() -> None:
    assert judge(figure(float("nan"), at_most(1)), Effort()).verdict == Verdict.FAILED


def test_every_figure_has_a_key_of_its_own_and_a_bar_or_none() -> None:
    assert len({one.key for one in FIGURES}) == len(FIGURES)
    assert all((one.bar == "none") == (one.comparison is None) for one in FIGURES)


def test_the_page_and_the_file_hold_every_figure_with_its_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = [
        Figure("x.met", "one met", "≤ 2", at_most(2), lambda _: Measured(1.5, "s", "n = 3", "a note")),
        Figure("x.missed", "one missed", "≤ 2", at_most(2), lambda _: Measured(2500.0, "s", "n = 3")),
        Figure("x.later", "one to come", "≤ 2", at_most(2), raising(NotMeasuredError("awaits | something"))),
    ]
    assert main(["--results", str(tmp_path)], figures) == 1
    page, printed = (tmp_path / "latest.md").read_text(encoding="utf-8"), capsys.readouterr().out
    stored = json.loads((tmp_path / "latest.json").read_text(encoding="utf-8"))
    assert [(one["key"], one["verdict"]) for one in stored["figures"]] == [
        ("x.met", "met"),
        ("x.missed", "missed"),
        ("x.later", "not measured"),
    ]
    assert stored["about"]["rounds"] == 7
    assert "| one met | 1.5 s | ≤ 2 | met |  | n = 3; a note |" in page
    assert "| one missed | 2,500 s | ≤ 2 | missed |  | n = 3 |" in page
    assert r"| one to come |  | ≤ 2 | not measured |  | awaits \| something |" in page
    for text in (page, printed):
        assert "1 met, 1 missed, 1 not measured" in text


def test_what_is_stored_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    lost = figure(measure=raising(CommandError(f"peerstay ended with status 1: no {root / 'sim' / 'x.py'}")))
    assert main(["--results", str(tmp_path)], [lost]) == 1
    for file in ("latest.md", "latest.json"):
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert f"status 1: no {Path('sim') / 'x.py'}" in text
        assert str(root) not in text


def test_figures_not_asked_for_are_listed_as_not_measured(tmp_path: Path) -> None:
    figures = [
        Figure("x.one", "one", "≤ 2", at_most(2), lambda _: Measured(1.0, "s", "n = 1")),
        Figure("y.two", "two", "≤ 2", at_most(2), raising(AssertionError("measured all the same"))),
    ]
    assert main(["--only", "x.", "--results", str(tmp_path)], figures) == 0
    stored = json.loads((tmp_path / "latest.json").read_text(encoding="utf-8"))["figures"]
    assert [one["verdict"] for one in stored] == ["met", "not measured"]
    assert stored[1]["reason"] == "not asked for (--only x.)"


def test_a_quick_look_takes_fewer_rounds(tmp_path: Path) -> None:
    seen: list[Effort] = []

    def measure(effort: Effort) -> Measured:
        seen.append(effort)
        return Measured(1.0, "s", "n = 1")

    for options in ([], ["--quick"], ["--full"]):
        main([*options, "--results", str(tmp_path)], [figure(measure=measure)])
    assert seen == [Effort(7, full=False), Effort(3, full=False), Effort(7, full=True)]


def test_the_largest_size_waits_to_be_asked_for() -> None:
    largest = next(one for one in FIGURES if one.key == "prw.simpy.5000")
    outcome = judge(largest, Effort())
    assert (outcome.verdict, outcome.reason) == (Verdict.NOT_MEASURED, "only with --full")
