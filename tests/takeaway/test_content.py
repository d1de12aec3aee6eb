"""What a brief says: the words and digits of the command line, the answer first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.questions.compare.text import compare_text
from sim.questions.compare.three_numbers import LABELS
from sim.results.summary import estimate
from sim.runs.answer import Answer
from sim.runs.identity import data_version, model_version
from sim.runs.replicate import Settings
from sim.takeaway.content import brief, difference_in_words
from sim.takeaway.named import called
from sim.takeaway.offer import WorthlessError, made
from sim.takeaway.parts import Brief
from sim.takeaway.private import WITHHELD, shareable_command
from sim.words.sentences import compared_sentence, run_sentence
from tests.takeaway.hand_made import answer, better, case, granted, loaded, paths, raised, stamped, with_roster


def told(*others: object) -> Brief:
    asked = answer(*others)  # type: ignore[arg-type]
    return brief(asked, stamped(asked))


def part(brief: Brief, title: str) -> str:
    return "\n".join(item for one in brief.parts if one.title == title for item in one.items)


def test_the_sentence_is_the_command_lines() -> None:
    asked = answer(better())
    assert told(better()).answers == (compared_sentence(asked.alternatives[0], asked),)
    assert told().answers == (run_sentence(asked.base),)


def test_every_number_of_the_sentence_stands_in_the_table_and_on_the_command_line() -> None:
    asked = answer(better())
    screen = " ".join(compare_text(asked, stamped(asked)).split())
    cells = told(better()).numbers.rows[-1]
    assert cells[0] == "A against the base"
    size, inside = cells[1].removesuffix(")").split(" points higher (")
    assert f"{size} more of every 100 people hired still there 12 months later ({inside})" in screen
    assert cells[4].partition(" less")[0] in screen


PAID = {"spending_federal_usd_per_year": 145_000.0, "spending_state_usd_per_year": -114_000.0}


def test_who_pays_stands_under_the_numbers_in_the_rows_of_the_command_line() -> None:
    asked = answer(raised(**PAID))
    table = told(raised(**PAID)).payers
    assert table is not None
    assert table.heading == ("Who pays, a year", "Base", "A", "Change", "95 % range")
    screen = [line.split() for line in compare_text(asked, stamped(asked)).splitlines()]
    for row in table.rows:
        assert " ".join(row).split() in screen
    assert [row[0] for row in table.rows] == ["Federal government", "State", "County", "Other payers"]
    assert table.rows[2][-2:] == ("the same", "")
    several = told(raised(**PAID), granted()).payers
    assert several is not None
    assert several.heading == ("Who pays, a year", "Base", "A", "B")
    assert several.rows[0][2].startswith("+$145k (")
    assert several.rows[0][3] == "the same"


def test_who_pays_is_told_of_one_scenario_and_of_many_too() -> None:
    alone = told().payers
    assert alone is not None
    assert alone.heading == ("Who pays, a year", "Mean", "95 % range")
    many = [replace(raised(**PAID), name=f"raise-{number}") for number in range(4)]
    one = told(*many)
    assert one.payers is None
    assert one.numbers.heading[-1] == "Who pays, a year"
    assert one.numbers.rows[0][-1].startswith("federal government $")
    assert one.numbers.rows[1][-1] == "federal government $145k more and state $114k less a year"


def test_no_difference_stands_without_a_word() -> None:
    for row in told(better(), granted()).numbers.rows[1:]:
        for cell in row[1:]:
            assert any(word in cell for word in ("fewer", "more", "less", "higher", "lower", "no detectable", "same"))


@pytest.mark.parametrize(
    ("key", "more", "less"),
    [
        ("vacancy_rate", "higher", "lower"),
        ("satisfaction_mean", "higher", "lower"),
        ("cash_end_usd", "more", "less"),
        ("exits_per_year", "more", "fewer"),
    ],
)
def test_the_word_says_the_direction(key: str, more: str, less: str) -> None:
    for runs, word in (([0.4, 0.5, 0.6], more), ([-0.4, -0.5, -0.6], less)):
        compared = replace(answer(better()).alternatives[0].measures[key], difference=estimate(np.array(runs)))
        assert f" {word} (" in difference_in_words(key, replace(compared, verdict="better"))


def test_without_pay_by_the_unit_a_scenario_bills_nothing() -> None:
    bare = granted()
    for key in ("break_even_billable_share", "break_even_billable_share_full_cost", "billable_share"):
        bare.values[key][:] = np.nan
    assert [line.partition(":")[0] for line in part(told(bare), "Can billing carry it?").splitlines()] == ["Base"]


def test_what_luck_hides_is_told_with_its_range() -> None:
    asked = answer(better())
    compared = asked.alternatives[0].measures["cash_end_usd"]
    wide = replace(compared, difference=estimate(np.array([-5e4, 6e4, 1e4, -2e4, 3e4])), verdict="too close to call")
    words = difference_in_words("cash_end_usd", wide)
    assert words == "no detectable difference (between $47,100 less and $59,100 more)"


def test_what_counts_by_the_year_says_so() -> None:
    moved = raised(vacancy_rate=0.05, cost_usd_per_year=5e6)
    assert {row[0] for row in told(moved).results.rows} == {"Vacancy rate", "Cost a year"}  # type: ignore[union-attr]


def test_a_scenario_that_means_the_same_is_said_to() -> None:
    same = told(case("same"))
    assert "changes nothing" in same.answers[0]
    assert set(same.numbers.rows[-1][1:]) == {"the same in every run"}
    assert part(same, "What differs from the base") == "nothing: the scenarios mean the same"


def test_the_question_is_the_alternatives_own_or_made_from_titles() -> None:
    assert told(granted()).question == "What does a grant do?"
    assert told(better()).question == 'What does "A raise" change against "Today" (no new decisions)?'
    base = loaded(question="What becomes of us?")
    inherited = case("raise", loaded(question="What becomes of us?", title="A raise"))
    asked = replace(answer(inherited), base=replace(answer().base, loaded=base))
    assert brief(asked, stamped(asked)).question == 'What does "A raise" change against "Today" (no new decisions)?'


def test_several_alternatives_have_letters_and_a_sentence_each() -> None:
    asked = answer(better(), granted())
    assert list(called(asked).values()) == ["Base", "A", "B"]
    first, second = told(better(), granted()).answers
    assert first.startswith('A. Projected over 60 months from July 2027, "A raise" means ')
    assert second.startswith('B. Projected over 60 months from July 2027, "A grant" means ')


def test_many_alternatives_are_told_by_the_table() -> None:
    many = [replace(better(), name=f"raise-{number}") for number in range(30)]
    one = told(*many)
    assert len(one.answers) == 1
    assert len(one.numbers.rows) == 31
    assert one.numbers.rows[27][0].startswith("AA: ")
    assert one.results is None


def test_weak_evidence_is_named_with_its_grade_and_what_the_grade_means() -> None:
    leaning = next(one for one in told(better()).parts if one.title == "Weak evidence this rests on")
    assert "C = direction only" in leaning.lead
    assert "D = assumption" in leaning.lead
    assert all("grade C" in item or "grade D" in item or item.startswith("and ") for item in leaning.items)


def test_what_billing_can_carry_has_the_digits_of_the_command_line() -> None:
    asked = answer(better())
    screen = " ".join(compare_text(asked, stamped(asked)).split())
    carried = next(one for one in told(better()).parts if one.title == "Can billing carry it?")
    assert "(Supervision Efficiency Planner, 2025)" in carried.lead
    assert "planner_2025" not in carried.lead
    assert carried.lead in screen.replace(" [planner_2025]", "")
    assert (
        carried.items[0]
        == "Base: must bill 62.0 % of paid hours for wages and fringe, 88.0 % for all cost; bills 41.0 %"
    )
    assert "62.0 %" in screen


def test_one_run_supports_no_conclusion() -> None:
    one = case("today")
    alone = Answer(replace(one, values={key: own[:1] for key, own in one.values.items()}), (), Settings(1, 1))
    said = brief(alone, stamped(alone))
    assert "supports no conclusion" in part(said, "What this cannot tell you")
    assert all("(" not in cell for cell in said.numbers.rows[0][1:])


def test_it_ends_with_what_makes_it_again() -> None:
    said = told(better())
    assert said.command.startswith("peerstay compare ")
    assert "--replications 5 --seed 1" in said.command
    digests = f"(model {model_version()}, data {data_version()})"
    assert said.made_by[0] == f"peerstay 1.2.3 {digests}, seed 1, 5 replications, made 2027-01-02 03:04:05 UTC."
    for word in ("peerstay 1.2.3", "seed 1", "5 runs", "2027-01-02"):
        assert word in said.footer


def test_people_of_a_roster_are_never_written_out() -> None:
    said = told(with_roster())
    assert WITHHELD in part(said, "What differs from the base")
    assert "2026-01" not in str(said)
    command = "peerstay run a.toml --set 'posts.roster=[{hired = \"2026-01\"}]' --seed 1"
    assert shareable_command(command) == f"peerstay run a.toml --set 'posts.roster={WITHHELD}' --seed 1"
    assert shareable_command("peerstay run a.toml") == "peerstay run a.toml"


def test_an_answer_that_leaked_is_not_handed_out() -> None:
    asked = replace(answer(better()), leaks=("raise: hires before the change",))
    with pytest.raises(WorthlessError, match="hires before the change"):
        made(".pdf", asked, stamped(asked), paths(asked))


def test_the_numbers_are_measures_of_the_sentence() -> None:
    assert list(LABELS) == [
        "retention_12_months", "hours_delivered_per_year", "chance_of_missing_payroll", "cash_end_usd",
    ]  # fmt: skip
