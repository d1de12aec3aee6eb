"""Every row of the tables is an observation or says why not, and a faulty study file names its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.evidence.tables import EvidenceError
from studies.observations import COUNTED_BY, ROWS, Figure, load_studies, load_unused
from studies.renewal import Flows

GOOD = """
source = "eby_2012"
population = "counselors"

[[figure]]
row = "V6"
counted = "people in post"
left = "quits"
quantity = "in_post_quit"
months = 12
value = 0.25
n = 300
"""


def test_every_row_is_an_observation_or_says_why_not() -> None:
    used = {one.row for study in load_studies() for one in (*study.figures, *study.wages)} - {""}
    unused = load_unused()
    assert not used & set(unused)
    assert used | set(unused) == set(ROWS)
    assert all(len(reason) > 10 for reason in unused.values())


def test_every_quantity_is_one_the_renewal_gives() -> None:
    """Leaving by years in the sector comes from studies.careers, vacancy is what is not filled."""
    others = {"sector_leaving", "vacancy"}
    assert all(callable(getattr(Flows, quantity)) for quantity in set(COUNTED_BY) - others)


def test_thirty_figures_can_be_missed() -> None:
    """Thirty figures are neither given nor set a level: thirteen of leaving, seven of vacancy, ten of wages."""
    tested = [figure for study in load_studies() for figure in study.figures if not figure.given]
    assert sum(figure.quantity == "vacancy" for figure in tested) == 7
    assert len(tested) == 20
    assert sum(len(study.wages) for study in load_studies()) == 10


def test_a_study_without_a_level_has_a_figure_that_sets_it() -> None:
    for study in load_studies():
        if study.figures and study.level_per_100_year is None:
            assert [figure.quantity for figure in study.figures if figure.given] == ["newcomers_kept"]


def test_the_sampling_error_is_that_of_a_share(tmp_path: Path) -> None:
    """A quarter of 300: the root of 3/16 over 300 is 0.025; without n there is none."""
    assert only_figure(tmp_path, GOOD).standard_error == pytest.approx(0.025)
    assert only_figure(tmp_path, GOOD.replace("n = 300\n", "")).standard_error is None


def only_figure(folder: Path, text: str) -> Figure:
    (folder / "one.toml").write_text(text, encoding="utf-8")
    [study] = load_studies(folder)
    [figure] = study.figures
    return figure


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 0.25", "value = 25", r"one\.toml: figure\.0\.value = 25: .*less than 1"),
        ("months = 12", "weeks = 12", r"figure\.0\.months: Field required\n.*figure\.0\.weeks = 12: Extra"),
        ('"people in post"', '"newcomers"', r"in_post_quit is counted over people in post by quits"),
        ('"V6"', '"V13"', r"no row 'V13': must be C1 to C27 or V1 to V12"),
        ("n = 300", "years = 3", r"in_post_quit has no years"),
        ("[[figure]]", "[[wage]]", r"wage\.0\.elasticity: Field required"),
        ('"eby_2012"', '"eby_2021"', r"no source 'eby_2021' in data/sources\.toml"),
        ('"counselors"', '"counselors"\nquit_share = 0.7', r"quit_share and quit_share_source stand together"),
        ("[[figure]]", "[[figure]", r"one\.toml: "),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        only_figure(tmp_path, GOOD.replace(old, new))
