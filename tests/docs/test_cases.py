"""The case studies: their numbers and figures are those of today's model, and their claims hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.evidence.paths import ROOT
from sim.runs.answer import ask
from sim.runs.replicate import Settings
from studies.cases import rate_rise
from studies.cases.__main__ import STUDIES, write
from studies.cases.case import Claim, Study, Told, answered, everyone, written

FIGURE_PARTS = ("<path", "<text")


@pytest.mark.slow
@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
def test_a_page_and_its_figure_are_what_the_model_says_today(study: Study, tmp_path: Path) -> None:
    page = write(study, tmp_path)
    assert page.read_text(encoding="utf-8") == (ROOT / "docs" / page.name).read_text(encoding="utf-8"), (
        "make docs-cases"
    )
    made, kept = (
        (folder / "figures" / study.figure).read_text(encoding="utf-8") for folder in (tmp_path, ROOT / "docs")
    )
    assert made == kept, "make docs-cases"
    assert all(part in made for part in FIGURE_PARTS)
    assert "{" not in page.read_text(encoding="utf-8")


def test_a_claim_that_the_numbers_do_not_bear_out_stops_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studies.cases.case.REPLICATIONS", 2)
    study = replace(
        STUDIES[1], claims=(Claim("money falls from the sky", lambda told: told.mean("wage", "headcount") > 1e6),)
    )
    with pytest.raises(ValueError, match="groups: the numbers no longer bear out: money falls from the sky"):
        written(study, answered(study, tmp_path / "figure.svg"))


@pytest.mark.slow
def test_taken_as_known_the_rate_rise_reads_otherwise_as_its_page_says() -> None:
    scenarios = everyone(rate_rise.STUDY)[:3]
    told = Told(ask(scenarios[0], scenarios[1:], Settings(100, 1, 1)))
    kept, passed = (told.change(name, rate_rise.NEWCOMERS) for name in (rate_rise.KEPT, rate_rise.PASSED))
    assert passed > kept
    assert told.mean(rate_rise.BASE, rate_rise.RISK) < 0.2


def test_cases_ask_as_their_pages_say_and_decide_over_futures() -> None:
    for study in STUDIES:
        assert "--luck-only" not in study.command()
        page = (ROOT / "docs" / f"case_{study.name}.md").read_text(encoding="utf-8")
        assert f"```sh\n{study.command()}\n```" in page
        assert f"](figures/{study.figure})" in page
