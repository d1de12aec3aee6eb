"""The table of what drives the headline results is whole, and every name in it means something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.evidence.drivers import load_drivers, read_drivers
from sim.evidence.effects import load_effects
from sim.evidence.tables import EvidenceError
from sim.questions.evidence.driver_lines import driven_by, drives, drives_lines
from sim.questions.sensitivity.sensitivity import over_its_range
from sim.runs.answer import ask
from sim.runs.futures.unknown_inputs import unknowns_of
from sim.runs.replicate import Settings
from sim.scenario.files import load
from studies.drivers import BASE, COMMAND, MEASURES, REPLICATIONS, SEED, STARS, page

ROW = "size = 2.0, low = 1.0, high = 3.0, mean = -2.0, luck = 0.5"


def test_it_says_how_it_was_made() -> None:
    made = load_drivers().made
    there = {name: made[name] for name in ("command", "scenario", "stars", "replications", "seed")}
    assert there == {
        "command": COMMAND,
        "scenario": BASE,
        "stars": STARS,
        "replications": REPLICATIONS,
        "seed": SEED,
    }


def test_every_assumption_of_the_base_is_in_it_for_every_measure() -> None:
    paths = {one.path for one in unknowns_of([load(f"scenarios/{BASE}.toml")], stated=True)}
    assert tuple(load_drivers().by_measure) == MEASURES
    for rows in load_drivers().by_measure.values():
        assert {one.path for one in rows} == paths
        assert [one.rank for one in rows] == list(range(1, len(rows) + 1))


def test_the_wage_drives_the_cash_of_an_employer_and_a_card_says_so() -> None:
    told = drives("pay.wage_usd_per_hour")
    assert "cash_end_usd" in {one["measure"] for one in told}
    lines = drives_lines(told)
    assert any(line.startswith("Cash at the end (cash_end_usd): about $") for line in lines)
    assert lines[-1].startswith(f"measured in {BASE}")
    assert "pay.wage_usd_per_hour" in {one["path"] for one in driven_by("cash_end_usd")}


def test_what_drives_nothing_says_so() -> None:
    (line,) = drives_lines(drives("peer_background_of_supervisor.satisfaction"))
    assert line.startswith(f"none of the {len(MEASURES)} that were looked at")
    assert driven_by("median_tenure_months") == []


def test_an_input_moves_over_its_range_wherever_in_it_the_value_taken_lies() -> None:
    """Denials are taken at the low end of 5 to 30 %: futures have half of all draws there, the screening moves on."""
    one = next(one for one in unknowns_of([load("nc_managed_care")]) if one.path.endswith(".denial_share"))
    assert one.low == one.likely
    values = [over_its_range(one, chance) for chance in (0.0, 0.2, 0.4, 1.0)]
    assert values == sorted(set(values))
    assert (values[0], values[-1]) == (one.low, one.high)
    wage = replace(one, low=0.1, likely=0.15, high=0.3, whole=False)
    peak = (wage.likely - wage.low) / (wage.high - wage.low)  # where what a base states stays while others move
    assert over_its_range(wage, peak) == pytest.approx(0.15)
    assert over_its_range(replace(wage, low=1.0, likely=2.0, high=9.0, whole=True), 0.9).is_integer()


def test_every_effect_has_a_place() -> None:
    rows = {one.path for one in load_drivers().by_measure["burnout_prevalence"]}
    assert {f"effects.{key}" for key in load_effects()} <= rows


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f'[vacancy_rate]\n"a.b" = {{ {ROW} }}\n', "made is missing"),
        (f'[made]\n[vacancy_rate]\n"a.b" = {{ {ROW}, more = 1.0 }}\n', "vacancy_rate.a.b: must hold size, low"),
        ("[made]\n[vacancy_rate]\n" + f'"a.b" = {{ {ROW.replace("low = 1.0", "low = 4.0")} }}\n', "low to high"),
    ],
)
def test_a_faulty_table_is_named(text: str, rule: str, tmp_path: Path) -> None:
    file = tmp_path / "sensitivity.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=rule):
        read_drivers(file)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "sensitivity.toml"
    row = {"size": 2.0, "low": 1.0, "high": 3.0, "mean": -2.0, "luck": 0.5}
    file.write_text(page({"made": {"seed": 1}, "vacancy_rate": {"funding.medicaid.lag": row}}), encoding="utf-8")
    (one,) = read_drivers(file).by_measure["vacancy_rate"]
    assert (one.path, one.size, one.mean, one.rank, one.told_apart) == ("funding.medicaid.lag", 2.0, -2.0, 1, True)


def test_what_is_said_to_move_nothing_because_the_base_does_not_use_it_moves_nothing() -> None:
    """The response to a stay bonus, in a base that pays none: both ends of its range give the same bits."""
    path = "turnover.stay_bonus_elasticity"
    sizes = [one.size for rows in load_drivers().by_measure.values() for one in rows if one.path == path]
    assert sizes == [0.0] * len(MEASURES)
    low, high = (load(f"scenarios/{BASE}.toml", [f"{path}={end}"]) for end in (-9.1, 0.0))
    ends = [ask(one, [], Settings(2, SEED, jobs=1)).base.measures for one in (low, high)]
    assert {key: ends[0][key] for key in MEASURES} == {key: ends[1][key] for key in MEASURES}
