"""The effects table says what moves what, by how much, how surely, and from where."""

from pathlib import Path

import pytest

from sim.evidence.effects import COLUMNS, Effect, load_effects, read_effects
from sim.evidence.sources import source
from sim.evidence.tables import EvidenceError

HEADER = ",".join(COLUMNS)
GOOD = 'workload,burnout,0.35,0.25,0.50,A,"meta-analyses",alarcon_2011'


def written(folder: Path, *lines: str) -> Path:
    path = folder / "effects.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


def test_an_effect_is_found_by_cause_and_outcome() -> None:
    effect = load_effects()["satisfaction.exit_voluntary"]
    assert (effect.effect, effect.low, effect.high, effect.grade) == (-0.41, -0.60, -0.20, "A")
    assert effect.key == "satisfaction.exit_voluntary"


def test_the_table_is_read_once() -> None:
    assert load_effects() is load_effects()


def test_nobody_can_change_the_table_by_accident() -> None:
    effects = load_effects()
    with pytest.raises(TypeError):
        effects["workload.burnout"] = effects["burnout.satisfaction"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        effects["workload.burnout"].effect = 0.0  # type: ignore[misc]


def test_every_effect_has_a_source_that_somebody_read_or_an_assumption() -> None:
    assert not [key for key, effect in load_effects().items() if source(effect.source).obtained == "unseen"]


def test_a_range_with_a_sign_never_crosses_zero_unless_the_effect_is_zero() -> None:
    for effect in load_effects().values():
        assert effect.effect == 0 or effect.low * effect.high >= 0, effect.key


def test_a_zero_effect_says_that_none_was_reported_or_that_it_was_tested() -> None:
    for effect in load_effects().values():
        if effect.effect == 0:
            assert "none reported" in effect.basis or "not significant" in effect.basis, effect.key


def test_a_default_prior_is_a_tenth_of_a_standard_deviation_and_grade_c() -> None:
    priors = [effect for effect in load_effects().values() if "default prior" in effect.basis]
    assert priors
    for effect in priors:
        assert (abs(effect.effect), effect.grade) == (0.10, "C"), effect.key
        assert sorted((abs(effect.low), abs(effect.high))) == [0.0, 0.25], effect.key


def test_only_an_assumption_has_the_lowest_grade() -> None:
    for effect in load_effects().values():
        assert effect.grade != "D" or effect.source == "assumption", effect.key


def test_clear_role_descriptions_are_a_practice_an_employer_can_strengthen() -> None:
    effect = load_effects()["role_clarity_practice.role_clarity"]
    assert (effect.effect, effect.low, effect.high, effect.grade) == (0.25, 0.05, 0.40, "C")


def test_a_well_formed_row_is_read_as_written(tmp_path: Path) -> None:
    effects = read_effects(written(tmp_path, GOOD))
    assert effects == {
        "workload.burnout": Effect("workload", "burnout", 0.35, 0.25, 0.50, "A", "meta-analyses", "alarcon_2011")
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("0.35", "much"), "effects.csv:2: effect = 'much': must be a number"),
        (GOOD.replace("0.35", "nan"), "effects.csv:2: effect = 'nan': must be finite"),
        (GOOD.replace("0.35", "0.60"), "effect = '0.60': must lie within low 0.25 and high 0.5"),
        (
            GOOD.replace("burnout", "burnuot"),
            r"outcome = 'burnuot': must be one of .*; did you mean 'burnout'",
        ),
        (GOOD.replace(",A,", ",E,"), "grade = 'E': must be one of A, B, C, D"),
        (GOOD.replace("alarcon_2011", " "), "source = ' ': must not be empty"),
        (GOOD + ",more", "effects.csv:2: the row has more or fewer cells than the header"),
        ("workload,burnout", "effects.csv:2: the row has more or fewer cells than the header"),
    ],
)
def test_a_fault_names_the_line_the_column_the_value_and_the_rule(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        read_effects(written(tmp_path, row))


def test_the_same_effect_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"effects.csv:3: cause = .* appears twice"):
        read_effects(written(tmp_path, GOOD, GOOD))


def test_a_wrong_header_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "effects.csv"
    path.write_text("cause,effect\n", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"effects.csv:1: header"):
        read_effects(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"effects.csv: no such file"):
        read_effects(tmp_path / "effects.csv")
