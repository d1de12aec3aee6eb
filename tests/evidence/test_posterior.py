"""The posterior's draws are inputs of a scenario, as its card says, made from the studies as they stand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from sim.evidence.paths import DATA, ROOT
from sim.evidence.posterior import TABLE, load_posterior, load_posterior_card, read_posterior
from sim.evidence.tables import EvidenceError
from sim.scenario.files import load_table
from studies.calibration.reference import reference_tables
from studies.posterior.checkpoints import digest_of


def test_there_are_512_draws_and_each_is_a_scenario() -> None:
    posterior = load_posterior()
    assert len(posterior) == 512
    for number in (0, 17, 511):
        sets = [f"{path}={value!r}" for path, value in posterior.draw(number).items()]
        scenario = load_table(reference_tables(), sets).scenario
        assert scenario.turnover.tenure_shape == posterior.columns["turnover.tenure_shape"][number]


def test_draws_past_the_last_begin_again() -> None:
    posterior = load_posterior()
    assert posterior.draw(512 + 3) == posterior.draw(3)


def test_the_card_says_what_is_in_the_file() -> None:
    posterior, card = load_posterior(), load_posterior_card()
    assert set(card["column"]) == set(posterior.columns)
    for path, told in card["column"].items():
        found = np.quantile(posterior.columns[path], (0.05, 0.5, 0.95))
        assert [told["low"], told["median"], told["high"]] == pytest.approx(found, abs=6e-5)
    assert posterior.made == {key: str(value) for key, value in card["made"].items()}


def test_the_draws_were_made_from_the_studies_as_they_stand() -> None:
    """After a change of data/studies, make posterior."""
    assert load_posterior_card()["made"]["studies"] == digest_of(sorted((DATA / "studies").glob("*.toml")))


def test_the_chains_had_mixed() -> None:
    shared = load_posterior_card()["shared"]
    assert len(shared) == 8
    assert all(one["r_hat"] <= 1.01 and one["effective_draws"] >= 1000 for one in shared.values())


def test_the_page_says_what_the_card_says() -> None:
    whole = load_posterior_card()["left_out"]["all"]
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8").replace("\n", " ")
    assert f"Of {whole['figures']} published figures, {whole['in_90']} lie in the band" in page
    assert whole["figures"] >= 30
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    assert f"how many of {whole['figures']} published figures" in readme
    assert f"({whole['in_90']} in those that should hold nine of ten)" in readme


def test_a_faulty_file_is_refused(tmp_path: Path) -> None:
    for name, values, said in (
        ("empty", [], "holds no draws"),
        ("gap", [1.0, float("nan")], "a: draw 1 is no number"),
    ):
        path = tmp_path / f"{name}.npz"
        np.savez(path, a=np.array(values))
        with pytest.raises(EvidenceError, match=said):
            read_posterior(path)
    (tmp_path / "text.npz").write_text("no numbers", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"text\.npz"):
        read_posterior(tmp_path / "text.npz")


def test_the_program_reads_the_published_table() -> None:
    table, posterior = parquet.read_table(DATA / TABLE), load_posterior()
    assert table.column_names == list(posterior.columns)
    for name in table.column_names:
        assert (table[name].to_numpy() == posterior.columns[name]).all()
    told = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert {key: told[key] for key in posterior.made} == posterior.made
