"""Inputs that are right one by one must also fit together."""

import pytest

from sim.scenario.files import load_over
from sim.scenario.read.layers import Layer
from tests.scenario.texts import BASE, errors, loaded

GRANT = '[funding.block]\nkind = "grant"\namount_usd_per_year = 1e5\n'
PROSPECTIVE = '[funding.ccbhc]\nkind = "prospective"\nrate_usd = 200\n'
OTHER_TIME = ", travel = 0.1, notes = 0.1, no_show = 0.1, supervision = 0.0, training = 0.0, outside_role = 0.0 }"
ROSTER = "[posts]\nnumber = 2\nroster = [{0}]\n[ladder.senior]\nstep = 1\n"

RULES = [
    (
        "shares of time add to 1 at most",
        "time_use = { individual = 0.5, group = 0.2" + OTHER_TIME,
        "time_use = { individual = 0.5, group = 0.3" + OTHER_TIME,
        "time_use = 1.1: shares of hours worked must add up to at most 1",
    ),
    (
        "shares of households add to 1",
        "place.households = { a = { share = 0.5, living_wage_ratio = 1 }, b = { share = 0.5, living_wage_ratio = 2 } }",
        "place.households = { one_adult = { share = 0.5, living_wage_ratio = 1.0 } }",
        "place.households = 0.5: shares of households must add up to 1",
    ),
    (
        "there is a household",
        "place.households = { one_adult = { share = 1.0, living_wage_ratio = 1.0 } }",
        "place.households = {}",
        "place.households = 0: shares of households must add up to 1",
    ),
    (
        "Black peers are part of those who are not White",
        "place = { black_share = 0.4 }",
        "place = { black_share = 0.5 }",
        "place.black_share = 0.5: must be at most non_white_share = 0.4",
    ),
    (
        "rungs are numbered without gap",
        "ladder = { a = { step = 1 }, b = { step = 2 } }",
        "ladder = { a = { step = 1 }, b = { step = 3 } }",
        "ladder = [1, 3]: steps of the rungs must be 1, 2, 3 … without gaps or repeats",
    ),
    (
        "rungs are numbered without double",
        "ladder = { a = { step = 1 } }",
        "ladder = { a = { step = 1 }, b = { step = 1 } }",
        "ladder = [1, 1]: steps of the rungs must be",
    ),
    (
        "the ladder begins above the entry rung",
        "ladder = { senior = { step = 1 } }",
        "ladder = { entry = { step = 1 } }",
        "ladder.entry: entry is reserved for the lowest rung",
    ),
    (
        "quits go somewhere once",
        "turnover = { other_field_share = 0.5, out_of_work_share = 0.5 }",
        "turnover = { other_field_share = 0.9 }",
        "turnover.other_field_share = 0.9: must add up to at most 1 with out_of_work_share = 0.14",
    ),
    (
        "voluntary and involuntary exits are parts of one",
        "turnover.level = { voluntary_share = 0.78 }",
        "turnover.level = { voluntary_share = 0.79 }",
        "turnover.level.voluntary_share = 0.79: must add up to at most 1 with involuntary_share = 0.22",
    ),
    (
        "an effect is a row of the effects table",
        "effects = { burnout = { exit_voluntary = 0.2 } }",
        "effects = { burnot = { exit_voluntary = 0.2 } }",
        "effects.burnot.exit_voluntary = 0.2: is not a row of the effects table; did you mean burnout.exit_voluntary?",
    ),
    (
        "an effect is at most 5",
        "effects = { log_wage_over_outside_wage = { exit_voluntary = -5.0 } }",
        "effects = { log_wage_over_outside_wage = { exit_voluntary = -5.1 } }",
        "exit_voluntary = -5.1: must be from -5 to 5",
    ),
    (
        "effects leave room for chance",
        "effects = { burnout = { satisfaction = -0.2 } }",
        "effects = { burnout = { satisfaction = -2.0 } }",
        "effects: the effects on satisfaction explain more than all of its variance",
    ),
    (
        "all effects together leave room for chance",
        "effects.scale = 1.0",
        "effects.scale = 3.0",
        "explain more than all of its variance",
    ),
    (
        "time constants are those of the four states",
        "effects.months_to_adjust = { burnout = 8, satisfaction = 6, role_clarity = 4, recovery = 12 }",
        "effects.months_to_adjust = { burnot = 8 }",
        "effects.months_to_adjust.burnot = 8.0: is not a state; did you mean burnout?",
    ),
    (
        "time constants are positive",
        "effects.months_to_adjust.burnout = 0.1",
        "effects.months_to_adjust.burnout = 0.0",
        "effects.months_to_adjust.burnout = 0.0: must be a number from 0.1 to 240 (months)",
    ),
    (
        "what an order names exists",
        'rules = { braiding = ["medicaid"] }',
        'rules = { braiding = ["medicad"] }',
        'rules.braiding[0] = "medicad": is not a funding source; did you mean medicaid?',
    ),
    (
        "an order names a source once",
        'rules = { braiding = ["medicaid"] }',
        'rules = { braiding = ["medicaid", "medicaid"] }',
        'rules.braiding = ["medicaid", "medicaid"]: names medicaid more than once',
    ),
]


@pytest.mark.parametrize(("good", "bad", "problem"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_inputs_fit_together(good: str, bad: str, problem: str) -> None:
    assert errors(f"{good}\n{BASE}") == []
    (error,) = errors(f"{bad}\n{BASE}")
    assert error.startswith("case.toml:1: ")
    assert problem in error


def test_a_client_has_one_payer() -> None:
    text = (
        BASE
        + "clients_covered_share = 0.4\n"
        + PROSPECTIVE
        + 'clients_covered_share = {0}\n[rules]\nbraiding = ["ccbhc", "medicaid"]'
    )
    assert errors(text.format("0.6")) == []
    (error,) = errors(text.format("0.7"))
    assert "funding = 1.1: clients_covered_share of the sources must add up to at most 1" in error


def test_several_sources_need_an_order_that_names_all() -> None:
    text = BASE + GRANT + 'start = "2027-01"\n'
    (missing,) = errors(text)
    assert "rules.braiding = []: must name every source, in the order" in missing
    assert missing.endswith("add medicaid, block")
    (partly,) = errors(text + '[rules]\nbraiding = ["block"]')
    assert partly.endswith("add medicaid")
    assert loaded(text + '[rules]\nbraiding = ["block", "medicaid"]').scenario.rules.braiding == ("block", "medicaid")


def test_one_source_needs_no_order() -> None:
    assert loaded(BASE).scenario.rules.braiding == ("medicaid",)


@pytest.mark.parametrize("key", ["billable", "pays_for"])
def test_the_same_activity_is_listed_once(key: str) -> None:
    item, source = ("individual", BASE) if key == "billable" else ("wages", BASE + GRANT + 'start = "2027-01"\n')
    (error,) = errors(
        source + f'{key} = ["{item}", "{item}"]\n[rules]\nbraiding = {["medicaid", "block"][: 1 + (key == "pays_for")]}'
    )
    assert f"names {item} more than once; name each once" in error


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (
            '{ hired = "2026-12" }, { hired = "2020-01", rung = "senior", in_rung_since = "2022-05" }',
            "",
        ),
        ('{ hired = "2027-01" }', ""),
        ('{ hired = "2027-02" }', 'posts.roster[0].hired = "2027-02": must not be after the start, 2027-01'),
        (
            '{ hired = "2024-02", rung = "senor" }',
            'posts.roster[0].rung = "senor": is not a rung of the ladder; did you mean senior?',
        ),
        ('{ hired = "2024-02", in_rung_since = "2023-01" }', "must lie between hired = 2024-02 and the start, 2027-01"),
        ('{ hired = "2024-02", in_rung_since = "2027-02" }', "must lie between hired = 2024-02 and the start, 2027-01"),
        (", ".join(['{ hired = "2024-02" }'] * 3), "posts.roster = 3: holds more peers than posts.number = 2"),
    ],
)
def test_a_roster_fits_posts_ladder_and_start(entries: str, problem: str) -> None:
    found = errors(BASE + ROSTER.format(entries))
    assert [problem in error for error in found] == ([True] if problem else [])


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("2023-12", "error"),
        ("2024-02", ""),
        ("2032-12", "begins 71 months after the projection"),
        ("2033-01", "comes more than a year after the end of the projection and has no effect"),
    ],
)
def test_an_award_meets_the_projection(start: str, told: str) -> None:
    text = f'pay.wage_usd_per_hour = 20\n{GRANT}start = "{start}"'
    if told == "error":
        (error,) = errors(text)
        assert error.startswith('case.toml:5: funding.block.start = "2023-12": ends in 2026-11, before the start')
    else:
        found = [one.rule for one in loaded(text).warnings if one.path.startswith("funding.")]
        assert [rule.startswith(told) for rule in found] == ([True] if told else [])


def test_payments_outside_the_projection_are_pointed_out() -> None:
    payments = 'payments = [{ at = "2026-12", usd = 5 }, { at = "2027-01", usd = 5 }, { at = "2033-01", usd = 5 }]'
    warnings = loaded(f'pay.wage_usd_per_hour = 20\n[funding.s]\nkind = "scheduled"\n{payments}').warnings
    assert sorted((one.path, one.line) for one in warnings if one.path.startswith("funding.")) == [
        ("funding.s.payments[0].at", 4),
        ("funding.s.payments[2].at", 4),
    ]


def test_payments_long_after_the_end_are_one_warning() -> None:
    """A fault seen: a library scenario of five years, asked for two, had a warning for each of eight payments."""
    payments = ", ".join(f'{{ at = "203{year}-01", usd = 5 }}' for year in range(3, 8))
    text = f'pay.wage_usd_per_hour = 20\n[funding.s]\nkind = "scheduled"\npayments = [{payments}]'
    (rule,) = (one.rule for one in loaded(text).warnings if one.path.startswith("funding.s.payments"))
    assert rule.endswith("has no effect, like 4 more of these payments")


def test_an_award_pays_for_posts_that_exist() -> None:
    text = f'posts.number = 5\npay.wage_usd_per_hour = 20\n{GRANT}start = "2027-01"\nposts_paid = '
    assert errors(text + "5") == []
    assert "posts_paid = 6: must be at most posts.number = 5" in errors(text + "6")[0]


def test_a_living_wage_that_was_typed_in_has_a_source() -> None:
    text = "[place]\nliving_wage_usd_per_hour = 22.0\n"
    (warning,) = loaded(BASE + text).warnings
    assert (warning.path, warning.rule) == ("place.living_wage_usd_per_hour", "has no source")
    assert loaded(BASE + text + 'living_wage_source = "MIT 2026"').warnings == ()


def test_a_kind_of_employer_is_checked_with_what_it_takes_over() -> None:
    kinds = '[[employer]]\nname = "a"\n[employer.time_use]\nindividual = 0.75\n[[employer]]\nname = "b"\n'
    (error,) = errors(BASE + kinds)
    assert error.startswith("case.toml:10: employer.a.time_use = 1.")


def test_a_fault_of_the_top_tables_is_named_once_for_all_kinds() -> None:
    kinds = '[[employer]]\nname = "a"\n[[employer]]\nname = "b"\n'
    (error,) = errors("time_use.individual = 0.75\n" + BASE + kinds)
    assert error.startswith("case.toml:1: time_use = 1.")


def test_a_kind_in_another_state_says_its_own_wages() -> None:
    place = '[place]\nstate = "PA"\noutside_wage_usd_per_hour = 19.0\n'
    text = place + '[[employer]]\nname = "b"\n[[employer]]\nname = "a"\n[employer.place]\nstate = "NC"\n'
    (warning,) = loaded(BASE + text).warnings
    assert "inherits outside_wage_usd_per_hour, typed in for the tables above" in warning.rule
    assert loaded(BASE + text + 'outside_wage_usd_per_hour = "off"').warnings == ()


def test_another_state_on_top_says_its_own_wages() -> None:
    base = loaded(BASE + '[place]\nstate = "PA"\noutside_wage_usd_per_hour = 19.0\n')
    moved = {"place": {"state": "NC"}}
    (warning,) = load_over(base, [Layer("over", moved)], "moved").warnings
    assert "keeps outside_wage_usd_per_hour, typed in for PA" in warning.rule
    own = {"place": {"state": "NC", "outside_wage_usd_per_hour": 18.0}}
    assert load_over(base, [Layer("over", own)], "moved").warnings == ()
    assert load_over(base, [Layer("over", {"place": {"state": "PA"}})], "moved").warnings == ()


@pytest.mark.parametrize(("count", "severity"), [(2, None), (3, "warning"), (30, "error")])
def test_a_portfolio_no_machine_can_hold_is_refused(count: int, severity: str | None) -> None:
    text = f'posts.number = 20_000\n{BASE}[[employer]]\nname = "a"\ncount = {count}\n'
    if severity == "error":
        assert errors(text)[0].endswith(
            "72,000,000 post-months per replication are more than 50,000,000; fewer posts, employers or months"
        )
    else:
        assert [one.severity for one in loaded(text).warnings] == ([severity] if severity else [])


def test_two_kinds_of_employer_have_two_names() -> None:
    (error,) = errors(BASE + '[[employer]]\nname = "a"\n' * 2)
    assert error == 'case.toml:11: employer.a.name = "a": another [[employer]] has this name'


def test_more_kinds_than_anyone_lists_are_refused() -> None:
    kinds = "".join(f'[[employer]]\nname = "a{number}"\n' for number in range(1001))
    assert errors(BASE + kinds) == ["case.toml:8: employer = 1001: at most 1000 kinds; count says how many of each"]
