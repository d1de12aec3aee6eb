"""Every figure says where it comes from, and no figure lies where none can lie."""

from pathlib import Path
from statistics import median

import pytest

from sim.evidence.effects import load_effects
from sim.evidence.facts import COLUMNS, THEMES, Fact, load_facts, load_rates, read_facts
from sim.evidence.places import load_places
from sim.evidence.sources import load_sources, read_sources, source
from sim.evidence.tables import EvidenceError

ALL_FACTS = [(theme, fact) for theme in THEMES for fact in load_facts(theme).values()]
HEADER = ",".join(COLUMNS)
GOOD_SOURCE = '[a]\ncitation = "A"\naddress = ""\nlicense = "facts"\nobtained = "seen"\nquality = "P"\n'
UNIT_BOUNDS = {
    "share": (-1.0, 3.0),
    "USD/hour": (7.25, 100.0),
    "USD/year": (20_000.0, 120_000.0),
    "days": (1.0, 365.0),
    "months": (0.0, 120.0),
    "per-year": (0.0, 1.0),
    "correlation": (-1.0, 1.0),
}


def facts_in(unit: str) -> list[Fact]:
    return [fact for _, fact in ALL_FACTS if fact.unit == unit or fact.unit.startswith(f"{unit} of")]


def table(folder: Path, *lines: str) -> Path:
    path = folder / "costs.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


def test_every_fact_rate_and_effect_has_a_known_source() -> None:
    cited = {fact.source for _, fact in ALL_FACTS} | {rate.source for rate in load_rates()}
    assert cited | {effect.source for effect in load_effects().values()} <= set(load_sources())


def test_every_column_of_the_places_has_a_known_source() -> None:
    for key in ("bls_oews_2023", "minimum_wages_2025", "bea_rpp_2023", "hud_fmr_2026"):
        assert source(key).license


@pytest.mark.parametrize("unit", sorted(UNIT_BOUNDS))
def test_figures_lie_where_such_figures_can_lie(unit: str) -> None:
    low, high = UNIT_BOUNDS[unit]
    for fact in facts_in(unit):
        for number in (fact.low, fact.value, fact.high):
            assert number is None or low <= number <= high, fact.key


def test_no_fact_is_older_than_the_field_or_from_the_future() -> None:
    for _, fact in ALL_FACTS:
        assert fact.year is None or 1990 <= fact.year <= 2026, fact.key


def test_rates_for_a_quarter_of_an_hour_lie_between_two_and_forty_dollars() -> None:
    rates = [rate for rate in load_rates() if rate.unit == "15 minutes"]
    assert len(rates) >= 10
    for rate in rates:
        for usd in (rate.individual_usd_per_unit, rate.group_usd_per_unit):
            assert usd is None or 2 <= usd <= 40, rate.state


def test_a_group_pays_less_for_each_client_than_one_to_one() -> None:
    for rate in load_rates():
        if rate.individual_usd_per_unit and rate.group_usd_per_unit:
            assert rate.group_usd_per_unit < rate.individual_usd_per_unit, rate.state


def test_north_carolina_is_the_one_rate_read_in_a_payers_own_notice() -> None:
    (first_hand,) = [rate for rate in load_rates() if rate.individual_usd_per_unit and rate.quality == "P"]
    assert (first_hand.state, first_hand.individual_usd_per_unit, first_hand.group_usd_per_unit) == (
        "NC",
        11.97,
        2.88,
    )


def test_no_figure_of_a_living_wage_calculator_is_bundled() -> None:
    """Their terms forbid it: users type the living wage of their own place."""
    assert not [fact.key for _, fact in ALL_FACTS if fact.source in {"mit_living_wage", "epi_budgets"}]
    assert not [fact.key for _, fact in ALL_FACTS if "living wage" in fact.fact and fact.unit.startswith("USD/")]


@pytest.mark.parametrize(
    ("theme", "key", "computed"),
    [
        ("costs", "fringe_private", 13.15 / 31.25),
        ("costs", "fringe_under_50", 8.88 / 26.39),
        ("costs", "fringe_government", 24.06 / 38.86),
        ("billing", "paid_per_claim", 3_117_594_686.14 / 30_385_812),
        ("billing", "break_even_pa", 24 * 1.35 / (4 * 13.50)),
        ("billing", "break_even_nc", 16.36 * 1.35 / (4 * 11.97)),
        ("wages", "certification_premium", 16.50 / 15.39 - 1),
        ("wages", "ladder_supervisor_planner", 28.50 / 24.00 - 1),
        ("wages", "ladder_calaveras", (22.84 + 27.76) / (17.92 + 21.76) - 1),
        ("workforce", "intend_year", 0.42 * 0.44),
        ("workforce", "certified_still", 210 / 400),
    ],
)
def test_what_was_computed_here_can_be_computed_again(theme: str, key: str, computed: float) -> None:
    value = load_facts(theme)[key].value
    assert value == pytest.approx(computed, rel=0.005)


def test_the_figures_over_all_states_can_be_computed_again() -> None:
    states = [known.wages_usd_per_hour for code, known in load_places().items() if code != "US"]
    wages = load_facts("wages")
    assistants = [wage["21_1093"] for wage in states]
    low, value, high = min(assistants), median(assistants), max(assistants)
    assert (wages["assistants_states_2023"].low, wages["assistants_states_2023"].value) == (low, value)
    assert wages["assistants_states_2023"].high == high
    assert wages["gap_retail_2023"].value == pytest.approx(median(w["21_1093"] - w["41_2031"] for w in states))
    ratios = [w["21_1093"] / w["53_7065"] for w in states]
    assert wages["ratio_stockers_2023"].value == pytest.approx(median(ratios), abs=0.0005)
    assert wages["ratio_stockers_2023"].low == pytest.approx(min(ratios), abs=0.0005)


def test_what_was_not_seen_is_never_a_fact_or_a_rate() -> None:
    keys = {fact.source for _, fact in ALL_FACTS} | {rate.source for rate in load_rates()}
    assert not {key for key in keys if source(key).obtained == "unseen"}


def test_a_source_that_was_read_says_where_or_that_the_address_was_not_kept() -> None:
    for known in load_sources().values():
        if known.obtained in {"seen", "second-hand"}:
            assert known.address or "not kept" in known.note or "brief" in known.note, known.key


def test_an_unknown_source_is_told_the_nearest() -> None:
    with pytest.raises(EvidenceError, match=r"no source 'lombardi_2052'; did you mean 'lombardi_2025'"):
        source("lombardi_2052")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD_SOURCE.replace('quality = "P"\n', ""), r"a\.quality is missing"),
        (GOOD_SOURCE + "page = 3\n", r"a\.page is not a field"),
        (GOOD_SOURCE.replace("seen", "heard"), r"a\.obtained = 'heard': must be one of assumption, derived"),
        ("[a\n", r"sources\.toml: "),
    ],
)
def test_a_fault_in_a_source_names_key_field_and_rule(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match=said):
        read_sources(path)


def test_sources_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"sources\.toml: no such file"):
        read_sources(tmp_path / "sources.toml")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,A,,,,USD,US,2020,P,bell_2025,", r"costs\.csv:2: value = '': a fact needs a value or a range"),
        ("a,A,5,6,7,USD,US,2020,P,bell_2025,", r"value = '5': must lie within low 6\.0 and high 7\.0"),
        ("a,A,5,,,USD,US,2020,X,bell_2025,", r"quality = 'X': must be one of A, D, P, S"),
        ("a,A,5,,,USD,US,soon,P,bell_2025,", r"year = 'soon': must be a number"),
        (
            "a,A,5,,,USD,US,,P,bell_2025,\na,A,5,,,USD,US,,P,bell_2025,",
            r"costs\.csv:3: key = 'a': appears twice",
        ),
    ],
)
def test_a_fault_in_a_fact_names_line_column_value_and_rule(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        read_facts(table(tmp_path, row))
