"""The data dictionary tells the truth about the tables beside it."""

import re
import subprocess
import sys

import pytest

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.facts import THEMES, load_facts, load_rates
from sim.evidence.paths import DATA, SEEDS, shown
from sim.evidence.register import load_claims, load_inconsistencies, load_matrix
from sim.evidence.variance import SATISFACTION_SUPPORTS, STATES, explained_share, loadings, noise_sd

MONTHS = {"burnout": 8.0, "satisfaction": 6.0, "role_clarity": 4.0, "recovery": 12.0}
EFFECTS = {key: effect.effect for key, effect in load_effects().items()}
DICTIONARY = (DATA / "README.md").read_text(encoding="utf-8")
REGISTER = (SEEDS / "README.md").read_text(encoding="utf-8")


def rows_said_of(file: str) -> int:
    line = next(line for line in DICTIONARY.splitlines() if line.startswith("|") and f"`{file}`" in line)
    return int(line.split("|")[3])


def test_every_table_is_in_the_dictionary() -> None:
    for folder, text in ((DATA, DICTIONARY), (SEEDS, REGISTER)):
        for path in folder.iterdir():
            assert path.name == "README.md" or f"`{path.name}`" in text, shown(path)


def test_the_dictionary_counts_rows_right() -> None:
    assert rows_said_of("effects.csv") == len(EFFECTS)
    assert rows_said_of("evidence.toml") == len(load_cards())
    assert rows_said_of("rates.csv") == len(load_rates())
    assert rows_said_of("wages.csv") == sum(len(load_facts(theme)) for theme in THEMES)


def test_the_register_counts_claims_and_cells_right() -> None:
    for document in ("review", "position_paper"):
        count = sum(claim.document == document for claim in load_claims())
        assert f"`{document}.csv` | {count} |" in REGISTER
    cells = load_matrix()
    assert f"{len(cells)} cells, {sum(cell.sign in {'+', '-'} for cell in cells)} with a sign" in REGISTER
    assert f"{sum(cell.sign == '' for cell in cells)} *none reported*" in REGISTER
    assert f"holds {len(load_inconsistencies())} places" in REGISTER


def test_the_dictionary_states_what_the_effects_explain() -> None:
    causes = loadings(EFFECTS).causes
    shares = [explained_share(EFFECTS, MONTHS, state, causes) for state in STATES]
    words = re.search(
        r"explains ([\d.]+) % .* burnout, ([\d.]+) % .* satisfaction,\s+([\d.]+) % .* ([\d.]+) %", DICTIONARY
    )
    assert words is not None
    assert [float(word) for word in words.groups()] == [round(100 * share, 1) for share in shares]
    luck = noise_sd(EFFECTS, MONTHS)
    assert "{burnout:.3f}, {satisfaction:.3f}, {role_clarity:.3f} and {recovery:.3f} SD".format(**luck) in DICTIONARY


def test_the_dictionary_states_the_gap_to_the_surveys() -> None:
    supports = explained_share(EFFECTS, MONTHS, "satisfaction", SATISFACTION_SUPPORTS)
    everything = [*loadings(EFFECTS).causes, "burnout", "role_clarity"]
    assert f"**{100 * supports:.1f} %** here: below the band" in DICTIONARY
    share = explained_share(EFFECTS, MONTHS, "satisfaction", everything)
    assert f"**{100 * share:.1f} %**: inside it" in DICTIONARY


def test_effects_a_third_larger_leave_burnout_no_room() -> None:
    noise_sd({key: 1.30 * effect for key, effect in EFFECTS.items()}, MONTHS)
    with pytest.raises(ValueError, match="effects on burnout explain more than all"):
        noise_sd({key: 1.35 * effect for key, effect in EFFECTS.items()}, MONTHS)


def test_reading_the_effects_needs_no_array_library() -> None:
    asked = "import sys, sim.evidence.effects as e; e.load_effects(); print('numpy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=DATA.parent)
    assert answer.stdout.strip() == "False"
