"""The report is written by the run, and regenerates to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from sim.evidence.effects import load_effects
from sim.evidence.posterior import load_posterior_card
from sim.evidence.sources import load_sources
from sim.evidence.variance import noise_sd
from sim.results.summary import Estimate
from sim.scenario.files import load
from sim.scenario.schema import Effects
from studies.calibration.targets import TARGETS
from studies.validation.__main__ import PAGE
from studies.validation.draws import DRAWS, by_cause, drawn_effects, triangular
from studies.validation.exact import Exact, closed_forms
from studies.validation.history import FOLDER, RESPONSES, STUDIES, Task, predictions, run, tasks
from studies.validation.pages import page
from studies.validation.words import CLAIMS, EXACT, INTRO, PREDICTIONS, WHY
from studies.validation.words import TARGETS as TARGET_WORDS

IN_REACH = {"V1", "V2", "V4", "V5", "V6", "V7", "V8", "V9", "V11", "V12"}
TWO_STUDIES = tuple(study for study in STUDIES if study.number in ("V9", "V4"))


def test_every_natural_experiment_is_set_up_and_spoken_of() -> None:
    assert {study.number for study in STUDIES} == set(WHY) == IN_REACH
    for number in IN_REACH:
        assert f"### {number} " in PAGE.read_text(encoding="utf-8")


def test_every_file_of_the_folder_is_used_and_loads_without_a_warning() -> None:
    used = {name for study in STUDIES for name in (study.base, study.alternative) if name} | {"context"}
    assert {file.stem for file in FOLDER.glob("*.toml")} == used
    assert [load(file).warnings for file in FOLDER.glob("*.toml")] == [()] * len(used)


def test_every_study_cites_a_source_that_is_known() -> None:
    for study in STUDIES:
        assert set(study.source.split(", ")) <= set(load_sources()), study.number


def test_no_file_sets_a_fitted_parameter_or_an_effect() -> None:
    for file in FOLDER.glob("*.toml"):
        raw = load(file).raw
        assert "effects" not in raw, file.name
        assert not {"tenure_shape", "early_peak", "worker_spread_sd", "employer_spread_sd"} & set(raw["turnover"])


def test_each_response_is_run_where_wages_move_and_one_elsewhere() -> None:
    listed = tasks(2)
    for study in STUDIES:
        number = study.runs_of or study.number
        responses = {response for task in listed if task.number == number for response in task.responses}
        assert responses == (set(RESPONSES) if study.wages_move else {RESPONSES[0]})


# draws -----------------------------------------------------------------------------------------------------------


def test_draw_nought_is_the_table_itself() -> None:
    assert by_cause(drawn_effects(0)) == {}


def test_draws_stay_in_their_ranges_and_leave_every_state_room() -> None:
    constants = Effects().months_to_adjust
    for number in range(1, DRAWS + 1):
        drawn = drawn_effects(number)
        for key, effect in load_effects().items():
            assert effect.low <= drawn[key] <= effect.high, key
        assert min(noise_sd(drawn, constants).values()) > 0


def test_a_triangular_draw_has_the_mean_of_its_triangle() -> None:
    effect = load_effects()["workload.burnout"]
    middles = (np.arange(4000) + 0.5) / 4000
    mean = np.mean([triangular(effect, one) for one in middles.tolist()])
    assert mean == pytest.approx((effect.low + effect.effect + effect.high) / 3, abs=1e-4)


# the page --------------------------------------------------------------------------------------------------------


def test_a_reduced_report_regenerates_to_the_last_letter() -> None:
    exact = [Exact("vacancy", "share", 0.1, 0.11, 0.01)]
    seen = {target.key: Estimate(target.middle, *target.limits, 2) for target in TARGETS}
    made = [page(exact, seen, predictions(map, 1, TWO_STUDIES), 1) for _ in range(2)]
    assert made[0] == made[1]
    assert f"{len(TARGETS)} of {len(TARGETS)} rows" in made[0]


def test_the_kept_page_has_what_the_model_shows_today() -> None:
    """Of one study, at the table's own effects; else `make validate` writes the page again."""
    counselors = [study for study in STUDIES if study.number == "V6"]
    kept = PAGE.read_text(encoding="utf-8")
    for one in predictions(map, 1, counselors):
        assert f"| {one.row.label} | {one.row.published:g} | {one.simulated:.3f} |" in kept


def test_a_run_does_not_depend_on_those_before_it() -> None:
    alone = run(Task("V9", RESPONSES[:1], 3))
    run(Task("V9", RESPONSES[:1], 1))
    assert run(Task("V9", RESPONSES[:1], 3)) == alone


def test_a_raise_keeps_more_people_under_every_response() -> None:
    for responses in (RESPONSES[:2], RESPONSES[2:]):
        for read in run(Task("V2", responses, 0)).values():
            assert read["after.kept"] > read["before.kept"]


def test_elasticity_and_logistic_may_share_an_opening_because_the_base_is_theirs_alike() -> None:
    shared, alone = run(Task("V1", RESPONSES[:2], 0)), run(Task("V1", RESPONSES[1:2], 0))
    assert shared["logistic"] == alone["logistic"]


@pytest.mark.slow
def test_every_closed_form_holds() -> None:
    assert [one for one in closed_forms() if not one.holds] == []


def test_the_kept_page_has_the_prose_of_the_program_and_begins_with_studies_left_out() -> None:
    kept, left_out = PAGE.read_text(encoding="utf-8"), load_posterior_card()["left_out"]["all"]
    intro = INTRO.partition("{overview}")[0].format(**left_out)
    assert kept.startswith(intro)
    assert f"{left_out['figures']} published figures {left_out['in_90']} lie" in intro
    assert "![" in intro
    parts = (EXACT, TARGET_WORDS, PREDICTIONS.format(draws=DRAWS), CLAIMS)
    assert [part for part in parts if part.strip() not in kept] == []


def test_the_page_bears_no_date_and_no_machine() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "seconds" not in text
    assert "/" + "work" not in text
