"""Every claim of the source documents has an answer in the model, and every effect has somebody who claims it."""

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sim.evidence.effects import load_effects
from sim.evidence.facts import load_facts
from sim.evidence.register import (
    CLAIM_COLUMNS,
    load_claims,
    load_inconsistencies,
    load_matrix,
    read_claims,
)
from sim.evidence.sources import source
from sim.evidence.tables import EvidenceError
from sim.scenario.schema import Scenario

CLAIMS = load_claims()
REVIEW = [claim for claim in CLAIMS if claim.document == "review"]
RESULTS = [claim for claim in REVIEW if claim.section.startswith("3.")]
EFFECTS = load_effects()
INCLUDED_ARTICLES = {10, *range(39, 58)}
OUTCOMES = ("satisfaction", "role_clarity", "burnout", "recovery", "return_to_use", "retention")
GOOD = "R1,1,pay,retention,+,10,1,qualitative,Pay keeps people.,effect:pay_adequacy.satisfaction,Direct."


@cache
def inputs() -> frozenset[str]:
    """Return every input as table.field; kinds of funding, rungs and floors count under their table."""
    homes = {
        "FeeForService": "funding",
        "ProspectivePayment": "funding",
        "Grant": "funding",
        "ScheduledFund": "funding",
        "Rung": "ladder",
        "TimeUse": "time_use",
    }
    found: set[str] = set()
    for name, shape in Scenario.model_json_schema()["$defs"].items():
        home = homes.get(name, name.lower())
        found |= {f"{home}.{field}" for field in shape.get("properties", {})}
    return frozenset(found)


def fed(kind: str) -> set[str]:
    return {feed.name for claim in CLAIMS for feed in claim.feeds if feed.kind == kind}


def total_sign(way: tuple[str, ...]) -> int:
    product = 1.0
    for key in way:
        product *= EFFECTS[key].effect
    return (product > 0) - (product < 0)


def test_every_claim_feeds_the_model_or_says_why_not() -> None:
    for claim in CLAIMS:
        assert claim.feeds or len(claim.answer) > 20 or claim.answer.startswith("As "), claim.id


def test_what_a_claim_feeds_is_there() -> None:
    assert fed("effect") <= set(EFFECTS)
    assert fed("input") <= inputs()
    for name in fed("fact"):
        theme, key = name.split(".")
        assert key in load_facts(theme), name


def test_every_effect_has_a_claim_or_a_study() -> None:
    claimed = fed("effect") | {key for cell in load_matrix() for way in cell.carried_by for key in way}
    for key, effect in EFFECTS.items():
        studied = effect.source != "bell_2025" and source(effect.source).obtained in {"seen", "second-hand", "derived"}
        assert key in claimed or studied, key


def test_an_effect_that_rests_on_the_review_is_claimed_there() -> None:
    claimed = {feed.name for claim in REVIEW for feed in claim.feeds}
    assert {key for key, effect in EFFECTS.items() if effect.source == "bell_2025"} <= claimed


def test_an_effect_has_the_direction_of_the_claims_that_state_it() -> None:
    """A claim on retention speaks of exit_voluntary the other way round."""
    for claim in CLAIMS:
        end = "exit_voluntary" if claim.outcome == "retention" else claim.outcome
        effect = EFFECTS.get(f"{claim.about}.{end}")
        if effect is None or not effect.effect or claim.direction not in {"+", "-"}:
            continue
        raises = (claim.direction == "+") != (claim.outcome == "retention")
        assert (effect.effect > 0) == raises, claim.id


def test_claims_have_names_of_their_own() -> None:
    names = [claim.id for claim in CLAIMS] + [entry.id for entry in load_inconsistencies()]
    assert len(names) == len(set(names))


def test_results_cite_only_the_twenty_articles_of_the_review() -> None:
    assert {ref for claim in RESULTS for ref in claim.refs} == INCLUDED_ARTICLES
    for claim in CLAIMS:
        assert claim.articles == (len(claim.refs) or None), claim.id


@pytest.mark.parametrize(
    ("about", "articles"),
    [
        ("supervisor_support", 13),
        ("skill_development", 7),
        ("collaborative_culture", 7),
        ("autonomy", 6),
        ("peer_support_at_work", 6),
        ("outside_relationships", 5),
        ("training", 5),
        ("stigma", 4),
        ("payment_funding", 4),
        ("benefits", 4),
        ("recovery_culture", 3),
        ("boundary_difficulty", 6),
        ("self_care", 4),
        ("external_support", 4),
        ("recovery_specific_support", 2),
        ("spirituality", 2),
        ("non_white_identity", 1),
        ("clinical_mental_health_support", 1),
    ],
)
def test_a_contributor_has_as_many_articles_as_the_review_counts(about: str, articles: int) -> None:
    own = [claim for claim in RESULTS if claim.about == about and claim.section.startswith(("3.3", "3.4"))]
    assert max(claim.articles or 0 for claim in own) == articles


@pytest.mark.parametrize(
    ("outcome", "articles"),
    [
        ("satisfaction", 13),
        ("role_clarity", 9),
        ("burnout", 7),
        ("recovery", 6),
        ("return_to_use", 4),
        ("retention", 3),
    ],
)
def test_an_outcome_has_as_many_articles_as_the_review_counts(outcome: str, articles: int) -> None:
    own = [c for c in RESULTS if c.outcome == outcome and c.section.startswith("3.2") and c.about == "level"]
    assert max(claim.articles or 0 for claim in own) == articles


def test_all_barriers_and_strategies_of_the_position_paper_are_answered() -> None:
    kinds = Counter(claim.about for claim in CLAIMS if claim.document == "position_paper")
    assert (kinds["barrier"], kinds["strategy"]) == (5, 6)


def test_the_matrix_is_whole() -> None:
    cells = load_matrix()
    contributors = list(dict.fromkeys(cell.contributor for cell in cells))
    assert len(contributors) == 19
    assert [(cell.contributor, cell.outcome) for cell in cells] == [(c, o) for c in contributors for o in OUTCOMES]


def test_a_cell_without_a_sign_says_none_reported() -> None:
    for cell in load_matrix():
        assert (cell.sign == "") == (cell.reported == "none reported"), (cell.contributor, cell.outcome)


def test_a_cell_without_a_sign_has_no_effect() -> None:
    for cell in load_matrix():
        if cell.sign in {"", "0"}:
            for way in cell.carried_by:
                assert total_sign(way) == 0, way


def test_every_signed_cell_is_carried_with_its_sign() -> None:
    for cell in load_matrix():
        if cell.sign not in {"+", "-"}:
            continue
        expected = 1 if cell.sign == "+" else -1
        turned = -expected if cell.outcome == "retention" else expected
        assert cell.carried_by, (cell.contributor, cell.outcome)
        assert {total_sign(way) for way in cell.carried_by} == {turned}, (cell.contributor, cell.outcome)


def test_a_chain_leads_from_the_contributor_to_the_outcome() -> None:
    for cell in load_matrix():
        end = "exit_voluntary" if cell.outcome == "retention" else cell.outcome
        for way in cell.carried_by:
            steps = [EFFECTS[key] for key in way]
            assert (steps[0].cause in cell.causes, steps[-1].outcome) == (True, end), way
            assert all(one.outcome == next_one.cause for one, next_one in pairwise(steps)), way


def test_a_contributor_moves_an_outcome_directly_only_where_a_cell_or_a_study_says_so() -> None:
    by_cause = {(cause, cell.outcome): cell for cell in load_matrix() for cause in cell.causes}
    on_the_way = {key for cell in load_matrix() for way in cell.carried_by for key in way}
    for key, effect in EFFECTS.items():
        outcome = "retention" if effect.outcome == "exit_voluntary" else effect.outcome
        cell = by_cause.get((effect.cause, outcome))
        if cell is not None and effect.effect and key not in on_the_way:
            assert effect.source != "bell_2025", key


def total_on_leaving(cause: str) -> float:
    """Return a cause's log hazard of leaving per SD, straight and through the states, at rest."""
    moved = {cause: 1.0}
    for outcome in ("role_clarity", "burnout", "satisfaction", "exit_voluntary"):
        ending = [effect for effect in EFFECTS.values() if effect.outcome == outcome]
        moved[outcome] = sum(effect.effect * moved.get(effect.cause, 0.0) for effect in ending)
    return moved["exit_voluntary"]


@pytest.mark.parametrize(("cause", "meta_analysis"), [("supervisor_support", -0.42), ("prospects", -0.21)])
def test_direct_and_carried_part_stay_below_the_published_total(cause: str, meta_analysis: float) -> None:
    """Log hazard per SD of leadership and of promotion chances, from correlations with actual turnover."""
    assert meta_analysis < total_on_leaving(cause) < EFFECTS[f"{cause}.exit_voluntary"].effect


def test_known_inconsistencies_say_how_they_are_handled() -> None:
    assert len(load_inconsistencies()) >= 9
    for entry in load_inconsistencies():
        assert entry.what
        assert entry.handled


def broken(folder: Path, row: str) -> list[Any]:
    path = folder / "review.csv"
    path.write_text("\n".join((",".join(CLAIM_COLUMNS), row)) + "\n", encoding="utf-8")
    return list(read_claims(path))


def test_a_well_formed_claim_is_read_as_written(tmp_path: Path) -> None:
    (claim,) = broken(tmp_path, GOOD)
    assert (claim.id, claim.refs, claim.feeds[0].name) == ("R1", (10,), "pay_adequacy.satisfaction")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("effect:", "affect:"), r"review\.csv:2: feeds = .*: must be 'none' or words"),
        (GOOD.replace("effect:", ""), r"feeds = 'pay_adequacy\.satisfaction': must be 'none' or words"),
        (GOOD.replace(",10,", ",ten,"), r"refs = 'ten': must hold whole numbers"),
        (GOOD.replace(",+,", ",up,"), r"direction = 'up': must be one of"),
        (GOOD.replace("qualitative", "quantative"), r"evidence = 'quantative': .* did you mean 'quantitative'"),
    ],
)
def test_a_fault_in_a_claim_names_line_column_value_and_rule(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        broken(tmp_path, row)
