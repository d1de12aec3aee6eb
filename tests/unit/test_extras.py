"""What a plain installation leaves out is told in one line, and is in an extra of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim import cli, extras
from sim.cli import main
from sim.extras import EXTRAS, MissingExtraError, need

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = {"docx": "python-docx", "python_calamine": "python-calamine"}  # whose module has another name


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)


@pytest.mark.parametrize("module", EXTRAS)
def test_a_module_is_brought_by_the_extra_that_the_message_names(module: str) -> None:
    brings = PROJECT["project"]["optional-dependencies"][EXTRAS[module]]
    assert PACKAGES.get(module, module) in {re.split(r"[^A-Za-z0-9-]", one)[0] for one in brings}


def test_all_brings_every_extra() -> None:
    brought = PROJECT["project"]["optional-dependencies"]
    (everything,) = brought["all"]
    assert set(everything.removeprefix("peerstay[").removesuffix("]").split(",")) == brought.keys() - {"all"}


def test_what_is_there_is_not_asked_for() -> None:
    need(EXTRAS, "this")


def test_what_is_not_there_is_named_with_its_extra(nothing: None) -> None:
    with pytest.raises(MissingExtraError, match=re.escape("a.pdf needs typst: install peerstay[brief], as in")):
        need(["typst"], "a.pdf")


@pytest.mark.parametrize("ending", ["docx", "pdf", "html", "xlsx"])
def test_a_brief_is_refused_before_anything_is_run(nothing: None, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"a.{ending}"
    result = CliRunner().invoke(main, ["brief", "scenarios/pa_fee_for_service.toml", "--to", str(file)])
    assert result.exit_code == 2
    assert "install peerstay[brief]" in result.output
    assert not file.exists()


def test_a_figure_is_refused_before_anything_is_run(nothing: None) -> None:
    result = CliRunner().invoke(main, ["run", "scenarios/pa_fee_for_service.toml", "--figure", "a.svg"])
    assert result.exit_code == 2
    assert "install peerstay[brief]" in result.output


def failing(name: str) -> None:
    raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def test_an_import_that_fails_in_the_middle_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "import_module", lambda _: failing("pyarrow.parquet"))
    result = CliRunner().invoke(main, ["measures"])
    assert result.exit_code == 2
    assert result.output == "this needs pyarrow: install peerstay[export], as in pip install 'peerstay[export]'\n"


def test_an_import_that_no_extra_brings_stays_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "import_module", lambda _: failing("nowhere"))
    result = CliRunner().invoke(main, ["measures"])
    assert isinstance(result.exception, ModuleNotFoundError)
