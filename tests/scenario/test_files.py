"""A scenario is what its file, the files it extends and the options say together."""

import os
from pathlib import Path

import pytest

from sim.evidence.paths import ROOT
from sim.scenario.files import load, load_table
from sim.scenario.problems import ScenarioError
from sim.scenario.read.library import scenario_files
from tests.scenario.texts import BASE, RICH, errors, loaded

ALTERNATIVE = 'extends = "base.toml"\n'
BESIDE = {"base.toml": BASE}


def test_the_shortest_scenario_has_a_wage_only() -> None:
    scenario = loaded("pay.wage_usd_per_hour = 20").scenario
    assert scenario.pay.wage_usd_per_hour == 20.0
    assert scenario.posts.number == 20


def test_a_rich_scenario_is_sound_and_says_nothing() -> None:
    assert loaded(RICH).warnings == ()


def test_an_alternative_holds_only_what_differs() -> None:
    scenario = loaded(ALTERNATIVE + "posts.number = 12", files=BESIDE).scenario
    assert (scenario.posts.number, scenario.pay.wage_usd_per_hour) == (12, 20.0)


def test_a_table_of_another_kind_replaces_the_one_beneath_whole() -> None:
    text = ALTERNATIVE + '[funding.medicaid]\nkind = "prospective"\nrate_usd = 200'
    source = loaded(text, files=BESIDE).scenario.funding["medicaid"]
    assert (source.kind, source.rate_usd) == ("prospective", 200.0)  # type: ignore[union-attr]


def test_a_table_of_the_same_kind_is_laid_over_the_one_beneath() -> None:
    source = loaded(ALTERNATIVE + "funding.medicaid.denial_share = 0.2", files=BESIDE).scenario.funding["medicaid"]
    assert (source.rate_usd_per_unit, source.denial_share) == (13.5, 0.2)  # type: ignore[union-attr]


def test_the_kind_that_holds_by_default_need_not_be_said() -> None:
    level = loaded(BASE, ["turnover.level.separations_per_100_posts_year=41"]).scenario.turnover.level
    assert (level.kind, level.separations_per_100_posts_year) == ("observed", 41.0)  # type: ignore[union-attr]


def test_an_unsaid_kind_beneath_is_replaced_by_another_kind_above() -> None:
    beneath = {"base.toml": BASE + "[turnover.level]\nseparations_per_100_posts_year = 41"}
    above = ALTERNATIVE + '[turnover.level]\nkind = "hazards"\nvoluntary_per_year = 0.3'
    assert loaded(above, files=beneath).scenario.turnover.level.kind == "hazards"


def test_lists_replace() -> None:
    text = ALTERNATIVE + 'funding.medicaid.billable = ["individual"]'
    source = loaded(text, files=BESIDE).scenario.funding["medicaid"]
    assert source.billable == ("individual",)  # type: ignore[union-attr]


def test_off_leaves_a_source_out_and_takes_it_from_the_braiding() -> None:
    beneath = BASE + '[funding.block]\nkind = "grant"\namount_usd_per_year = 1e5\nstart = "2027-01"\n'
    beneath += '[rules]\nbraiding = ["block", "medicaid"]'
    scenario = loaded(ALTERNATIVE + 'funding.medicaid = "off"', files={"base.toml": beneath}).scenario
    assert (set(scenario.funding), scenario.rules.braiding) == ({"block"}, ("block",))


def test_a_kind_that_leaves_a_source_out_needs_no_order_of_its_own() -> None:
    text = BASE + '[funding.block]\nkind = "grant"\namount_usd_per_year = 1e5\nstart = "2027-01"\n'
    text += '[rules]\nbraiding = ["block", "medicaid"]\n[[employer]]\nname = "a"\n[[employer]]\nname = "b"\n'
    (plain, other) = loaded(text + 'funding.block = "off"').scenario.employer
    assert plain.differs == {}
    assert other.differs == {"funding": {"block": None}, "rules": {"braiding": ["medicaid"]}}
    own = loaded(text + 'funding.block = "off"\n[employer.rules]\nbraiding = ["medicaid"]').scenario.employer[1]
    assert own.differs == other.differs


def test_off_leaves_an_optional_input_out() -> None:
    beneath = {"base.toml": BASE + "max_units_per_worker_day = 20"}
    source = loaded(ALTERNATIVE, ["funding.medicaid.max_units_per_worker_day=off"], beneath).scenario.funding[
        "medicaid"
    ]
    assert source.max_units_per_worker_day is None  # type: ignore[union-attr]


def test_off_is_a_value_where_a_rule_can_be_switched_off() -> None:
    assert loaded(BASE + '[rules]\nfreeze_below_months = "off"').scenario.rules.freeze_below_months == "off"


def test_off_needs_something_to_leave_out() -> None:
    (error,) = errors(BASE, ["funding.mediciad=off"])
    assert error.endswith(
        'funding.mediciad = "off": there is nothing with this name to leave out; did you mean medicaid?'
    )


def test_a_kind_of_employer_can_leave_out_what_the_top_tables_have() -> None:
    differs = loaded(BASE + '[[employer]]\nname = "a"\nfunding.medicaid = "off"').scenario.employer[0].differs
    assert differs["funding"] == {"medicaid": None}


def test_an_alternative_reaches_a_kind_of_employer_by_its_name() -> None:
    text = ALTERNATIVE + "[employer.rural.pay]\nwage_usd_per_hour = 18\n[employer.urban]\ncount = 9"
    scenario = loaded(text, files={"base.toml": RICH}).scenario
    assert [kind.count for kind in scenario.employer] == [9, 2]
    assert scenario.employer[1].differs["pay"] == {"wage_usd_per_hour": 18}


def test_a_name_no_kind_of_employer_has_is_an_error_where_it_stands() -> None:
    (error,) = errors(ALTERNATIVE + "[employer.rurl]\ncount = 9", files={"base.toml": RICH})
    assert error == "case.toml:2: employer.rurl: there is no [[employer]] with this name; did you mean rural?"


def test_options_come_last_and_in_their_order() -> None:
    scenario = loaded(
        BASE, ["posts.number=5", "posts.number=6", "place.state=NC", "experiment.feedback=false"]
    ).scenario
    assert (scenario.posts.number, scenario.place.state, scenario.experiment.feedback) == (6, "NC", False)


def test_options_address_every_input_the_same_way() -> None:
    sets = [
        "employer.rural.pay.wage_usd_per_hour=18.5",
        "ladder.lead.slots.number=1",
        "effects.burnout.exit_voluntary=0.1",
    ]
    scenario = loaded(RICH, [*sets, "place.households.one_adult.share=0.6"]).scenario
    assert scenario.employer[1].differs["pay"]["wage_usd_per_hour"] == 18.5
    assert scenario.ladder["lead"].slots.number == 1  # type: ignore[union-attr]
    assert scenario.effects.overrides() == {"burnout.exit_voluntary": 0.1}


@pytest.mark.parametrize("setting", ["posts.number", "=3", "posts..number=3", ".=3", "a" * 3 + ".b" * 30 + "=1"])
def test_an_option_that_is_no_path_and_value_is_an_error(setting: str) -> None:
    (error,) = errors(BASE, [setting])
    assert error.startswith("--set: ")


@pytest.mark.parametrize("value", ['"abc', "[1, 2", "{a = 1", "'x"])
def test_an_option_with_an_open_quote_or_bracket_is_an_error(value: str) -> None:
    (error,) = errors(BASE, [f"title={value}"])
    assert "opens a quote or bracket" in error


def test_a_fault_in_an_option_names_the_option() -> None:
    (error,) = errors(BASE, ["posts.number=many"])
    assert error.startswith('--set: posts.number = "many": must be a whole number')


def test_months_replications_and_seed_are_options_too(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(BASE)
    scenario = load(file, months=12, replications=7, seed=3).scenario
    assert (scenario.horizon.months, scenario.experiment.replications, scenario.experiment.seed) == (12, 7, 3)
    with pytest.raises(ScenarioError, match=r"--months: horizon\.months = 0: must be a whole number from 1 to 600"):
        load(file, months=0)


def test_a_table_made_in_python_loads_like_a_file() -> None:
    table = {
        "pay": {"wage_usd_per_hour": 20.0},
        "funding": {
            "medicaid": {
                "kind": "fee_for_service",
                "federal_share": 0.5,
                "group_rate_usd_per_unit": 3.0,
                "rate_usd_per_unit": 13.5,
            }
        },
    }
    assert load_table(table).fingerprint == loaded(BASE).fingerprint
    assert load_table(table, ["posts.number=3"]).scenario.posts.number == 3


def test_what_the_layers_say_together_is_kept_without_defaults() -> None:
    raw = loaded(ALTERNATIVE + "posts.number = 3", ["pay.wage_usd_per_hour=22"], BESIDE).raw
    assert raw["posts"] == {"number": 3}
    assert raw["pay"] == {"wage_usd_per_hour": 22}
    assert "extends" not in raw


# Extending


def test_what_the_layers_say_together_can_be_read_again_and_means_the_same() -> None:
    for file in scenario_files(ROOT / "scenarios"):  # some leave sources out of what they extend
        read = load(file)
        assert load_table(read.raw).fingerprint == read.fingerprint, file.name


def test_files_extend_one_another_in_a_chain_across_the_library() -> None:
    files = {"deep/er/middle.toml": 'extends = "../../base.toml"\nposts.number = 7', "base.toml": BASE}
    assert loaded('extends = "deep/er/middle.toml"', files=files).scenario.posts.number == 7


@pytest.mark.parametrize(
    ("extends", "rule"),
    [
        ('"missing.toml"', "no such file"),
        ('"bas.toml"', "did you mean base.toml?"),
        ('"../outside.toml"', "must lie in scenarios/ or below"),
        ('"/nowhere/base.toml"', "no such file"),
        ('"library:bas"', "is no scenario of the library"),
        ('"base.txt"', "must name one scenario file"),
        ('["base.toml", "other.toml"]', "must name one scenario file"),
        ("3", "must name one scenario file"),
        ('""', "must name one scenario file"),
        ('"case.toml"', "in a circle"),
        ('"base.toml\\u0000.toml"', "cannot be a file name"),
        (f'"{"x" * 300}.toml"', "cannot be a file name"),
    ],
)
def test_a_file_extends_one_file_that_is_there_and_that_it_may_read(extends: str, rule: str) -> None:
    (error,) = errors(f"posts.number = 3\nextends = {extends}", files=BESIDE | {"../outside.toml": BASE})
    assert error.startswith("case.toml:2: extends = ")
    assert rule in error


def test_a_link_out_of_the_library_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.toml").write_text(BASE)
    library = tmp_path / "scenarios"
    library.mkdir()
    (library / "link.toml").symlink_to(tmp_path / "outside.toml")
    (library / "case.toml").write_text('extends = "link.toml"')
    with pytest.raises(ScenarioError, match="must lie in scenarios/ or below"):
        load(library / "case.toml")


def test_links_in_a_circle_are_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to(tmp_path / "b.toml")
    (tmp_path / "b.toml").symlink_to(tmp_path / "a.toml")
    (tmp_path / "case.toml").write_text('extends = "a.toml"')
    with pytest.raises(ScenarioError, match="cannot be a file name"):
        load(tmp_path / "case.toml")
    with pytest.raises(ScenarioError, match="no such file"):
        load(tmp_path / "a.toml")


def test_outside_a_library_a_file_extends_files_of_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "other.toml").write_text(BASE)
    (tmp_path / "mine" / "base.toml").write_text(BASE)
    case = tmp_path / "mine" / "case.toml"
    case.write_text('extends = "base.toml"')
    assert load(case).scenario.pay.wage_usd_per_hour == 20.0
    case.write_text('extends = "../other.toml"')
    with pytest.raises(ScenarioError, match="must lie in mine/ or below"):
        load(case)


def test_a_circle_of_files_is_found() -> None:
    files = {"a.toml": 'extends = "b.toml"', "b.toml": 'extends = "a.toml"'}
    assert errors('extends = "a.toml"', files=files)[0].endswith("files extend one another in a circle")


def test_a_long_chain_of_files_is_refused() -> None:
    files = {f"f{number}.toml": f'extends = "f{number + 1}.toml"' for number in range(12)} | {"f12.toml": BASE}
    assert errors('extends = "f0.toml"', files=files)[0].endswith("at most 8 files may extend one another")


def test_a_fault_names_the_file_it_stands_in() -> None:
    assert errors(ALTERNATIVE, files={"base.toml": BASE + "denial_share = 2"})[0].startswith("base.toml:8: ")


def test_a_list_of_changes_above_another_is_pointed_out() -> None:
    change = '[[change]]\nat = "2028-01"\nset = { posts.number = 3 }\n'
    other = change.replace("2028", "2029")
    assert loaded(ALTERNATIVE + change, files={"base.toml": BASE + change}).warnings == ()
    (warning,) = loaded(ALTERNATIVE + change, files={"base.toml": BASE + other}).warnings
    assert "[[change]] replaces the whole [[change]]" in warning.rule


# Files that are none


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"\xff\xfep\x00a\x00", "is not UTF-8 text; save the file with encoding UTF-8"),
        (b"title = 'caf\xe9'", "a.toml:1: is not UTF-8 text"),
        (b"pay = \x00\x01", "a.toml:1: is not valid TOML"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "is not valid TOML"),
        (b"x = 1\n" * 200_000, "is larger than 1,000,000 bytes"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, "are nested more than 16 deep"),
        (b"x = " + b"[" * 20 + b"]" * 20, "are nested more than 16 deep"),
        (b"a" + b".a" * 200 + b" = 1", "are nested more than 16 deep"),
        (b"a" + b".a" * 2000 + b" = 1", "holds a line with more than 1000 full stops"),
        (b"x = " + b"9" * 5000, "is not valid TOML"),
        (b"posts.number = 0x" + b"f" * 9000, "must be a whole number"),
        (b"pay.wage_usd_per_hour = " + b"9" * 400, "must be a number"),
        (b"at = 2028-07", 'put a month in quotes: "2028-07"'),
        (b"a = True", "write true"),
        (b"state = PA", "put text in quotes"),
        (b"[pay]\nwage_usd_per_hour = 20\n[pay]\nwage_usd_per_hour = 21", "a.toml:3: is not valid TOML"),
        (b"[pay", "a.toml:1: is not valid TOML"),
        (b"pay.wage_usd_per_hour = 20\nrules = {", "a.toml:2: is not valid TOML"),
    ],
)
def test_what_is_no_scenario_file_is_said_in_words(content: bytes, rule: str, tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(content)
    with pytest.raises(ScenarioError) as error:
        load(file)
    assert rule in str(error.value)
    assert str(file) in str(error.value)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("missing.toml", "no such file"),
        ("gost.toml", "no such file; did you mean ghost.toml?"),
        (".", "is a folder, not a scenario file"),
        ("ghost.toml/x.toml", "no such file"),
        ("x" * 400, "cannot be read"),
        ("\0", "\\x00: no such file"),
    ],
)
def test_a_path_that_leads_nowhere_is_said_in_words(name: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "ghost.toml").write_text(BASE)
    with pytest.raises(ScenarioError, match=r"^[^\n]+$") as error:
        load(tmp_path / name)
    assert rule in str(error.value)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(ScenarioError, match="is not a file"):
        load(tmp_path / "pipe.toml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(BASE)
    file.chmod(0)
    with pytest.raises(ScenarioError, match="cannot be read: Permission denied"):
        load(file)


@pytest.mark.parametrize("text", [BASE.replace("\n", "\r\n"), "\ufeff" + BASE])
def test_files_written_on_windows_load(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(text.encode())
    assert load(file).fingerprint == loaded(BASE).fingerprint
