"""`peerstay evidence`, as a user meets it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.evidence.cards import load_cards
from sim.evidence.drivers import load_drivers
from sim.evidence.effects import load_effects
from sim.evidence.register import load_claims
from sim.evidence.sources import source
from sim.questions.evidence.trace import find
from sim.scenario.describe import inputs


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


def shown(name: str) -> dict[str, Any]:
    result = peerstay("evidence", name, "--json")
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def listed(*args: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(peerstay("evidence", "--json", *args).stdout)
    return rows


# the list


def test_the_list_holds_every_card_and_every_effect() -> None:
    keys = [row["key"] for row in listed()]
    assert keys == [*load_cards(), *load_effects()]
    text = peerstay("evidence").stdout
    assert all(f"{key} " in text for key in keys)
    assert max(map(len, text.splitlines())) <= 100


def test_a_row_tells_title_value_unit_grade_and_year() -> None:
    lines = peerstay("evidence").stdout.splitlines()
    assert lines[1].split() == ["Key", "Title", "Unit", "Value", "Grade", "Year"]
    (line,) = (line for line in lines if line.startswith("benefits.fringe_share "))
    assert line.split()[-6:] == ["share", "of", "wages", "0.336", "B", "2024"]


def test_the_list_can_be_narrowed_to_grades() -> None:
    assert {row["grade"] for row in listed("--grade", "A", "--grade", "B")} == {"A", "B"}
    assert len(listed("--grade", "D")) == sum(row["grade"] == "D" for row in listed())


def test_a_search_looks_in_titles_notes_paths_and_sources_for_all_words() -> None:
    assert [row["key"] for row in listed("--search", "denial_share")] == ["funding.denial_share"]
    assert "funding.indirect_cap" in {row["key"] for row in listed("--search", "de_minimis")}
    both = {row["key"] for row in listed("--search", "Burnout satisfaction")}
    assert "burnout.satisfaction" in both
    assert both < {row["key"] for row in listed("--search", "burnout")}
    assert peerstay("evidence", "--search", "zebra").stdout == "no card fits\n"


def test_what_is_past_its_shelf_life_is_flagged_in_the_list() -> None:
    text = peerstay("evidence", "--search", "outside_wage_usd_per_hour").stdout
    assert "2023!" in text
    assert "! older than its shelf life" in text
    assert "older than" not in peerstay("evidence", "--search", "posts.number").stdout


# one name


@pytest.mark.parametrize(
    ("name", "what", "key"),
    [
        ("funding.medicaid.denial_share", "input", "funding.denial_share"),
        ("funding.denial_share", "input", "funding.denial_share"),
        (" Funding.Medicaid.DENIAL_share ", "input", "funding.denial_share"),
        ("funding.medicaid.payment_lag_days", "input", "funding.lag"),
        ("funding.settlement.payments[0].usd", "input", "funding.schedule"),
        ("funding.settlement.payments.0.usd", "input", "funding.schedule"),
        ("ladder.lead.pay.share", "input", "ladder.pay"),
        ("place.households.two_adults.share", "input", "place.households.share"),
        ("posts.roster[3].hired", "input", "posts.roster"),
        ("turnover.level.separations_per_100_posts_year", "input", "turnover.level"),
        ("employer.hospital.count", "input", "employer.count"),
        ("employer.hospital.pay.wage_usd_per_hour", "input", "pay.wage_usd_per_hour"),
        ("employer.hospital.ladder.lead.slots.number", "input", "ladder.slots"),
        ("effects.months_to_adjust.burnout", "input", "effects.months_to_adjust"),
        ("effects.scale", "input", "effects.scale"),
        ("burnout.exit_voluntary", "effect", "burnout.exit_voluntary"),
        ("effects.burnout.exit_voluntary", "effect", "burnout.exit_voluntary"),
        ("employer.hospital.effects.burnout.exit_voluntary", "effect", "burnout.exit_voluntary"),
        ("exits_per_year", "measure", "exits_per_year"),
        ("exits_per_year.voluntary", "measure", "exits_per_year.voluntary"),
        ("share_below_living_wage.two_adults", "measure", "share_below_living_wage.two_adults"),
        ("bell_2025", "source", "bell_2025"),
        ("Vacancy rate", "measure", "vacancy_rate"),
        ("Raise over the rung below", "input", "ladder.pay"),
        ("burnout → leaving by choice", "effect", "burnout.exit_voluntary"),
        ("burnout -> leaving by choice", "effect", "burnout.exit_voluntary"),
        ("funding.medicaid.kind", "choice", "funding.<name>.kind"),
        ("employer.hospital.name", "choice", "employer.<name>.name"),
    ],
)
def test_a_name_leads_to_what_it_stands_for(name: str, what: str, key: str) -> None:
    told = shown(name)
    assert (told["what"], told["key"]) == (what, key)
    assert peerstay("evidence", name).exit_code == 0


@pytest.mark.parametrize("path", dict.fromkeys(one.path for one in inputs() if one.evidence in load_cards()))
def test_the_value_printed_for_an_input_is_its_default(path: str) -> None:
    name = path.replace("<name>", "x").replace("[]", "[0]")
    told = shown(name)
    assert any(one["asked"] and one["path"] == path for one in told["acts"]["inputs"])
    for given in (one for one in inputs() if one.path == path):
        if isinstance(given.default, bool) or not isinstance(given.default, int | float):
            continue
        assert told["value"] == given.default
        (line,) = (line for line in peerstay("evidence", name).stdout.splitlines() if line.startswith("  Value "))
        assert line.split()[1] == f"{given.default:,.6g}".replace("-", "−")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("funding.medicaid.denail_share", "did you mean 'funding.medicaid.denial_share'?"),
        ("funding.denail_share", "did you mean 'funding.denial_share'?"),
        ("burnout.exit_volntary", "did you mean 'burnout.exit_voluntary'?"),
        ("effects.burnout.exit_volntary", "did you mean 'effects.burnout.exit_voluntary'?"),
        ("exits_per_yaer", "did you mean 'exits_per_year'?"),
        ("exits_per_year.volunary", "did you mean 'exits_per_year.voluntary'?"),
        ("bel_2025", "did you mean 'bell_2025'?"),
        ("headcount.voluntary", "did you mean"),
        ("zebra", "`peerstay evidence` lists them"),
        ("", "`peerstay evidence` lists them"),
        (".", "`peerstay evidence` lists them"),
        ("x" * 10_000, "`peerstay evidence` lists them"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_and_with_2(name: str, hint: str) -> None:
    result = peerstay("evidence", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no input, effect, measure or source is called" in result.stderr
    assert hint in result.stderr


def test_an_effect_that_is_not_in_the_table_is_not_taken_for_one() -> None:
    result = peerstay("evidence", "effects.workload.spirituality")
    assert result.exit_code == 2
    assert "effects.workload.spirituality'?" not in result.stderr


def test_filters_do_not_go_with_a_name() -> None:
    assert peerstay("evidence", "bell_2025", "--grade", "A").exit_code == 2
    assert peerstay("evidence", "--grade", "E").exit_code == 2


# what is told


def test_an_input_is_told_with_value_range_grade_whence_where_and_sources() -> None:
    told, card = shown("funding.medicaid.denial_share"), load_cards()["funding.denial_share"]
    for name in ("title", "value", "low", "high", "unit", "grade", "year", "place", "population", "note"):
        assert told[name] == getattr(card, name), name
    assert told["grade_means"] == "direction only, or a figure from a neighboring field"
    assert [one["citation"] for one in told["sources"]] == [source(key).citation for key in card.sources]
    (carried,) = told["acts"]["inputs"]
    assert (carried["path"], carried["asked"]) == ("funding.<name>.denial_share", True)
    # Pass-through (8) and budgets (12) go by what claims bring after denials; a denied claim costs work anew (10).
    assert [(one["file"], one["section"]) for one in told["acts"]["model"]] == [
        ("docs/model.md", section) for section in (8, 9, 10, 12)
    ]
    assert "vacancy_rate" in {one["measure"] for one in told["drives_most"]}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("turnover.early_peak", None),
        ("turnover.employer_spread", None),
        ("log_wage_over_outside_wage.exit_voluntary", -5),
    ],
)
def test_what_futures_draw_stands_beside_a_value_that_only_luck_alone_takes(name: str, told: float | None) -> None:
    drawn = shown(name)["futures_draw"]
    assert drawn["low"] < drawn["median"] < drawn["high"]
    assert told in (None, drawn["low"])
    flat = " ".join(peerstay("evidence", name).stdout.split()).replace("−", "-")
    assert f"Futures draw {drawn['median']:.3g} ({drawn['low']:.3g} to {drawn['high']:.3g} in nine of ten)" in flat
    assert shown("funding.denial_share")["futures_draw"] is None


def test_the_text_says_the_same_in_words() -> None:
    text = peerstay("evidence", "funding.medicaid.denial_share").stdout
    flat = " ".join(text.split())
    assert text.startswith("funding.medicaid.denial_share → card funding.denial_share: Claims denied at first\n")
    for words in (
        "Value 0.05 (0.05 to 0.3)",
        "Unit share of billed",
        "Grade C: direction only",
        "Kind an estimate from evidence",
        "Place PA; US",
        "default 0.05) ← asked for",
        "docs/model.md, section 9: Service and billing",
        "planner_2025 (2025): Supervision Efficiency Planner",
        "quality A, somebody's planning assumption",
    ):
        assert words in flat, words


def test_nothing_is_printed_of_what_nobody_has_found_out_yet() -> None:
    text = peerstay("evidence", "median_tenure_months").stdout
    assert "drive" not in text
    assert "not known yet" not in text


def test_a_practice_leads_to_its_own_effects_alone() -> None:
    own = {one["key"].partition(".")[0] for one in shown("practices.training")["acts"]["effects"]}
    assert own == {"training"}
    assert len({one["key"].partition(".")[0] for one in shown("practices.level")["acts"]["effects"]}) == 10


def test_an_effect_is_told_with_its_basis_claims_and_the_inputs_that_move_its_cause() -> None:
    told = shown("workload.burnout")
    assert (told["grade"], told["value"]) == (load_effects()["workload.burnout"].grade, 0.35)
    assert "services.standard_load" in {one["key"] for one in told["acts"]["inputs"]}
    assert told["claims"]
    assert told["acts"]["override"] == "effects.workload.burnout"
    text = peerstay("evidence", "burnout.exit_voluntary").stdout
    assert "the cause is a state of the person" in text
    assert "R166, section 3.2.6" in text


def test_claims_beyond_five_are_counted() -> None:
    fed = Counter(name for claim in load_claims() for name in {feed.name for feed in claim.feeds})
    key = max(load_effects(), key=lambda one: fed[one])
    claims = len(shown(key)["claims"])
    assert claims > 5
    assert f"and {claims - 5} more (--json lists all)" in peerstay("evidence", key).stdout


def test_a_measure_is_told_with_definition_and_what_enters_it() -> None:
    told = shown("exits_per_year.voluntary")
    assert told["title"] == "People who leave: voluntary"
    assert "turnover.level" in {one["key"] for one in told["inputs"]}
    assert "burnout.exit_voluntary" in {one["key"] for one in told["effects"]}
    text = peerstay("evidence", "margin_usd_per_year").stdout
    assert "higher is better" in text
    assert "Receipts less cost, by year of the projection." in text
    assert "neither more nor less is better" in peerstay("evidence", "headcount").stdout


def test_what_enters_a_measure_is_ranked_by_how_far_it_moves_it_and_then_by_how_near_it_is() -> None:
    measured = shown("vacancy_rate")["inputs"]
    moves = [one["moves_it_by"] or 0.0 for one in measured]
    assert moves == sorted(moves, reverse=True)
    assert moves[0] > 0.0
    driven = {find(one.path).key: one.size for one in reversed(load_drivers().by_measure["vacancy_rate"])}
    assert measured[0]["moves_it_by"] == driven[measured[0]["key"]]
    near = [one["steps"] for one in shown("exits_per_year")["inputs"]]
    assert near == sorted(near)
    assert {0, 1} <= set(near)
    text = peerstay("evidence", "vacancy_rate").stdout
    assert f"  - 1. {measured[0]['key']}: " in text
    assert f"and {len(measured) - 20} more, farther off (--json lists all)" in text
    assert "`peerstay sensitivity --measure exits_per_year`" in " ".join(
        peerstay("evidence", "exits_per_year").stdout.split()
    )


def test_a_source_is_told_with_what_cites_it() -> None:
    told = shown("planner_2025")
    assert "funding.denial_share" in told["inputs"]
    assert "supervisor_support.burnout" in shown("bell_2025")["effects"]


def test_age_is_told_against_the_year_at_hand() -> None:
    age = shown("place.outside_wage_usd_per_hour")["age"]
    assert age["years_old"] == datetime.now(UTC).year - 2023
    assert age == {"shelf_life_years": 1, "years_old": age["years_old"], "past_shelf_life": True}
    assert "OLDER THAN ITS SHELF LIFE (shelf life of 1 year)" in peerstay(
        "evidence", "place.outside_wage_usd_per_hour"
    ).stdout.replace("\n              ", " ")
    assert shown("posts.number")["age"] is None
    assert "none: not a dated figure" in peerstay("evidence", "posts.number").stdout
