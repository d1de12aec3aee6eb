"""A single input at fault is named with its line, address, value, rule and what to do."""

import pickle

import pytest

from sim.scenario.problems import MOST_PROBLEMS, Problem, ScenarioError, did_you_mean, dotted, shown
from tests.scenario.texts import BASE, RICH, errors, problems


def test_a_problem_reads_file_line_path_value_rule_fix() -> None:
    assert errors(BASE.replace("13.5", "900")) == [
        "case.toml:7: funding.medicaid.rate_usd_per_unit = 900: must be a number from 0 to 500 (USD per 15 minutes)"
    ]


def test_every_fault_is_named_at_once() -> None:
    text = """
horizon.months = 0
zzz = 1
[pay]
wage_usd_per_hour = "$20"
[time_use]
individual = 0.9
group = 0.9
[place]
black_share = 0.9
[funding.a]
kind = "fee_for_service"
[funding.b]
kind = "grnt"
[ladder]
x = { step = 2 }
[[employer]]
name = "a"
[employer.posts]
numbr = 3
[[employer]]
name = "a"
[[change]]
at = "2030-13"
set = {}
[[change]]
at = "2030-01"
set = { posts.numbr = 3, "employer.b.posts.number" = 4 }
"""
    found = errors(text, ["effects.burnout.exit_voluntry=0.2"])
    starts = [error.split(" ")[0] + " " + error.split(" ")[1] for error in found]
    assert starts == [
        "--set: effects.burnout.exit_voluntry",
        "case.toml:2: horizon.months",
        "case.toml:3: zzz",
        "case.toml:5: pay.wage_usd_per_hour",
        "case.toml:6: time_use",
        "case.toml:10: place.black_share",
        "case.toml:11: funding.a.rate_usd_per_unit:",
        "case.toml:14: funding.b.kind",
        "case.toml:15: ladder",
        "case.toml:20: employer.a.posts.numbr",
        "case.toml:22: employer.a.name",
        "case.toml:24: change[0].at",
        "case.toml:28: change[1].set.posts.numbr",
        'case.toml:28: change[1].set."employer.b.posts.number"',
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("pay.wage_usd_per_hour = 0", "pay.wage_usd_per_hour = 0: must be a number from 1 to 500 (USD/hour)"),
        ('posts.number = "12"', 'posts.number = "12": must be a whole number from 1 to 100,000 (posts); write 12'),
        ("posts.number = 12.0", "posts.number = 12.0: must be a whole number from 1 to 100,000 (posts); write 12"),
        ("posts.number = 12.5", "posts.number = 12.5: must be a whole number from 1 to 100,000 (posts)"),
        ("posts.number = true", "posts.number = true: must be a whole number from 1 to 100,000 (posts)"),
        ('posts.fixed_usd_per_month = "$1,200"', "(USD a month); write 1200"),
        ("time_use.group = 20", "must be a number from 0 to 1 (share of hours worked); 20 % is written 0.2"),
        ('time_use.group = "20 %"', "(share of hours worked); write 0.2"),
        ("time_use.group = nan", "time_use.group = NaN: must be a number from 0 to 1"),
        ("time_use.group = -inf", "time_use.group = -Infinity: must be a number from 0 to 1"),
        ("effects.scale = inf", "effects.scale = Infinity: must be a number from 0 to 3"),
        ("effects.burnout.exit_voluntary = inf", "effects.burnout.exit_voluntary = Infinity: must be a number"),
        ('place.rural = "yes"', 'place.rural = "yes": must be true or false; write true'),
        ("place.rural = 1", "place.rural = 1: must be true or false"),
        ('place.state = "pa"', 'place.state = "pa": must be a state\'s two capital letters, or US'),
        ('place.state = "ZZ"', 'place.state = "ZZ": is not a state in data/places.csv; use a two-letter code'),
        ("place.area = 3", "place.area = 3: must be text in quotes"),
        (
            'horizon.start = "2027-1"',
            'horizon.start = "2027-1": must be a month written "YYYY-MM", for example "2028-07"',
        ),
        ("horizon.start = 2027-01-01", 'horizon.start = "2027-01-01": must be a month written "YYYY-MM"'),
        ('horizon.start = "2027-²1"', "must be a month"),
        ('rules.layoff_order = "last_hird"', "must be one of last_hired, lowest_rung; did you mean last_hired?"),
        ("rules.freeze_below_months = -1", 'must be a number from 0 to 60 (months of payroll), or "off"'),
        ("rules.layoff_below_months = 61", 'must be a number from 0 to 60 (months of payroll), or "off"'),
        ("rules.closure_after_months = 2.5", 'must be a whole number from 0 to 60 (months), or "off"'),
        ('rules.freeze_below_months = "of"', 'rules.freeze_below_months = "of": must be a number from 0 to 60'),
        ('rules.freeze_below_months = "none"', 'or "off"'),
        ('funding.medicaid.billable = ["indivdual"]', 'billable[0] = "indivdual": must be one of individual, group,'),
        ('funding.medicaid.billable = "individual"', "must be a list of individual, group, travel"),
        ("funding.medicaid = 3", "must be a table; with kind = one of fee_for_service"),
        ("funding = 3", "funding = 3: must be a table"),
        ("pay = 3", "pay = 3: must be a table"),
        ("pay = { annual_steps = 3 }", "pay.wage_usd_per_hour: is needed; must be a number from 1"),
        ('place.living_wage_usd_per_hour = "none"', 'must be a number from 1 to 200 (USD/hour), or "off"'),
        ("employer = 3", "employer = 3: must be a list of tables"),
        ("employer = [3]", "employer[0] = 3: must be a table"),
        ("employer = { a = { count = 2 } }", 'employer = {"a": {"count": 2}}: must be a list of tables'),
        ("change = [3]", "change[0] = 3: must be a table"),
        ('change = [{ at = "2028-01" }]', "change[0].set: is needed"),
        ('change = [{ at = "2028-01", set = 3 }]', "change[0].set = 3: must be a table"),
        ("[[employer]]\ncount = 2", "employer[0].name: is needed"),
        ('[[employer]]\nname = "A b"', 'employer."A b".name = "A b": must be a name: lower-case letters'),
        ('[[employer]]\nname = "a"\ncount = 0', "employer.a.count = 0: must be a whole number from 1"),
        ("[ladder.Senior]\nstep = 1", "ladder.Senior: must be a name"),
        ('[ladder."a.b"]\nstep = 1', 'ladder."a.b": must be a name'),
        ("[ladder.senior]", "ladder.senior.step: is needed"),
        ('[funding.s]\nkind = "scheduled"\npayments = []', "funding.s.payments = []: must have at least one entry"),
        (
            '[funding.s]\nkind = "scheduled"\npayments = [{ at = 1, usd = 2 }]',
            "funding.s.payments[0].at = 1: must be a month",
        ),
        ("[funding.s]", "funding.s.kind: is needed; one of fee_for_service, prospective, grant, scheduled"),
        ('[funding.s]\nkind = "grant_"', 'funding.s.kind = "grant_": must be one of'),
        ("[funding.s]\nkind = 4", "funding.s.kind = 4: must be one of"),
    ],
)
def test_a_value_that_breaks_its_rule_is_named(line: str, problem: str) -> None:
    base = "" if line.startswith("pay") else "pay.wage_usd_per_hour = 20.0\n"
    if line.startswith("funding.medicaid.b"):
        base += 'funding.medicaid.kind = "fee_for_service"\nfunding.medicaid.rate_usd_per_unit = 13.5\n'
    found = errors(f"{base}{line}")
    assert len(found) == 1, found
    assert problem in found[0]


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("wage_usd_per_hour = 20", "did you mean pay.wage_usd_per_hour?"),
        ("posts.numbr = 3", "did you mean number?"),
        ("posts.hours = 3", "did you mean paid_hours_per_year?"),
        ("tim_use.group = 0.1", "did you mean time_use?"),
        ("pay.floor.ratio = 1.0", "is not an input of this kind; it belongs to kind = living_wage"),
        ("rules.xyz = 3", "known here: enforce, opening_cash_usd"),
        ("turnover.level.voluntary_per_year = 1", "it belongs to kind = hazards"),
        ("place.households.one_adult = { shre = 1.0, share = 1.0, living_wage_ratio = 1.0 }", "did you mean share?"),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest(line: str, fix: str) -> None:
    (error,) = errors(f"{line}\npay.wage_usd_per_hour = 20.0")
    assert error.startswith("case.toml:1: ")
    assert fix in error


def test_a_missing_wage_is_asked_for() -> None:
    assert errors('title = "empty"') == ["case.toml: pay: is needed; a table with wage_usd_per_hour"]


def test_an_empty_file_is_no_scenario() -> None:
    assert errors("") == ["case.toml: pay: is needed; a table with wage_usd_per_hour"]


def test_a_fault_in_a_kind_of_employer_carries_its_name_and_line() -> None:
    text = RICH.replace("rural = true", "rural = 7")
    (error,) = errors(text)
    line = text.splitlines().index("rural = 7") + 1
    assert error == f"case.toml:{line}: employer.rural.place.rural = 7: must be true or false"


def test_hundreds_of_faults_are_counted_not_listed() -> None:
    found = problems("\n".join(f"x{number} = 1" for number in range(3000)) + "\n" + BASE)
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].rule == f"{3000 - MOST_PROBLEMS} more problems"


def test_an_error_keeps_its_problems_on_the_way_from_another_process() -> None:
    problem = Problem("a.toml", 3, "pay", None, "is needed")
    error = pickle.loads(pickle.dumps(ScenarioError([problem])))
    assert error.problems == (problem,)
    assert str(error) == "a.toml:3: pay: is needed"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\x1b[31mb", '"a\\u001b[31mb"'),
        ("\u202ex", '"\\u202ex"'),
        ("x" * 100, '"' + "x" * 58 + "…"),
        pytest.param(10**5000, "(int)", id="a number of 5,001 digits"),
        ({"a": [1.5, True]}, '{"a": [1.5, true]}'),
    ],
)
def test_values_are_shown_short_and_printable(value: object, text: str) -> None:
    assert shown(value) == text


def test_addresses_are_shown_as_toml_writes_them() -> None:
    assert dotted(("change", 0, "set", "a.b")) == 'change[0].set."a.b"'
    assert dotted(("posts", "roster", 2, "hired")) == "posts.roster[2].hired"


def test_a_far_fetched_word_is_not_guessed() -> None:
    assert did_you_mean("zebra", ["number", "fte"]) == ""


def test_what_begins_as_it_was_typed_is_meant() -> None:
    assert did_you_mean("amount", ["gap_months", "amount_usd_per_year"]) == "did you mean amount_usd_per_year?"


@pytest.mark.parametrize(
    ("typed", "fix"),
    [('"25,50"', "write 25.5"), ('"1,200"', ""), ('"$25"', "write 25"), ('"25%"', ""), ('"9,5"', "write 9.5")],
)
def test_a_fix_is_what_was_meant_and_may_be_written(typed: str, fix: str) -> None:
    """A decimal comma is no comma of thousands, and what would be refused again is not advised."""
    (told,) = errors(BASE.replace("wage_usd_per_hour = 20.0", f"wage_usd_per_hour = {typed}"))
    assert told.endswith(f"(USD/hour); {fix}" if fix else "(USD/hour)")


def test_what_cannot_be_mended_is_left_out_of_the_other_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = BASE + '[[employer]]\nname = "a"\ntime_use.group = 0.9\nposts.numbr = 3'
    assert len(errors(text)) == 2
    monkeypatch.setattr("sim.scenario.check.valid_parts.MOST_REPAIRS", 1)
    assert len(errors(text)) == 1
    monkeypatch.setattr("sim.scenario.check.faults.MOST_REPAIRS", 1)
    assert len(errors("zzz = 1\n" + text)) == 1
