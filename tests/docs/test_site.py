"""The documentation as a whole: all is found from its navigation, start pages lead to answers, nothing is stale."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from sim.cli import main
from studies.package_page import LINK, package_page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STARTS = ("for_policymakers", "for_advocates", "for_organizations")
ANSWERS = {  # what somebody who follows the page has on the screen at the end
    "for_policymakers": (
        "three quarters of it passed on to wages",
        "Newcomers kept 12 months",
        "FISCAL NOTE",
        "brief.docx",
    ),
    "for_advocates": ("Chance of not making payroll", "RATE OF A UNIT", "a single parent with one child"),
    "for_organizations": (
        "wrote my_organization.toml",
        "on paper covered to 100 %",
        "Side by side",
        "Mean wage, an hour",
        "Caution: payroll is missed along the way",
        "what_if",
    ),
}


def navigated() -> list[str]:
    """Every page that the navigation names."""
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    found: list[str] = []
    waiting = [nav]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        else:
            waiting += one.values() if isinstance(one, dict) else one
    return found


def test_every_page_is_found_from_the_navigation_once_and_every_entry_is_there() -> None:
    pages = {file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.md")}
    named = navigated()
    assert sorted(named) == sorted(set(named))
    assert pages - set(named) == set(), "add these pages to nav in mkdocs.yml"
    assert set(named) - pages == set()


@pytest.mark.parametrize("name", STARTS)
def test_who_follows_a_start_page_has_an_answer(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of its first block, in an empty folder, in their order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PEERSTAY_STORE", str(tmp_path / "store"))
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    block = re.findall(r"^```sh\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[0]
    told = ""
    for line in block.splitlines():
        assert line.startswith("peerstay ")
        result = CliRunner().invoke(main, line.removeprefix("peerstay ").split(), prog_name="peerstay")
        assert result.exit_code == 0, result.output
        told += result.output
    told = " ".join(told.split())
    assert [words for words in ANSWERS[name] if words not in told] == []


def test_the_page_of_limits_has_the_figures_of_trust() -> None:
    page = (DOCS / "limits.md").read_text(encoding="utf-8")
    held = page.partition("a test holds it -->")[2].partition("<!-- end -->")[0].strip().splitlines()
    trust = (DOCS / "trust.md").read_text(encoding="utf-8").splitlines()
    assert len(held) > 6
    assert [line for line in held if line not in trust] == [], "copy the figures of docs/trust.md to docs/limits.md"


def test_what_a_package_index_shows_is_up_to_date_and_leads_nowhere_wrong() -> None:
    shown = (ROOT / "peerstay" / "README.md").read_text(encoding="utf-8")
    assert shown == package_page(), "run make docs-tables"
    assert LINK.findall(shown) == []
    assert "![" not in shown
    assert len(shown) > 0.8 * len((ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_address_of_the_project_is_one_wherever_it_is_named() -> None:
    """None is known as long as `[project.urls]` names none; CONTRIBUTING.md says where it goes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    home = project.get("urls", {}).get("Repository")
    assert (site.get("repo_url"), citation.get("repository-code")) == (home, home), "CONTRIBUTING.md, A release"


def test_with_an_address_the_links_of_a_package_index_are_whole() -> None:
    shown = package_page("https://example.org/us/peerstay/")
    assert "(https://example.org/us/peerstay/blob/main/docs/trust.md)" in shown
    assert LINK.findall(shown) == []


def test_every_relative_link_of_the_readme_is_there() -> None:
    targets = LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(targets) > 10
    assert [target for _, target in targets if not (ROOT / target.partition("#")[0]).exists()] == []


@pytest.mark.parametrize(
    "file", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda file: file.stem
)
def test_issue_forms_can_be_read(file: Path) -> None:
    form = yaml.safe_load(file.read_text(encoding="utf-8"))
    if file.stem == "config":
        assert form == {"blank_issues_enabled": True}
        return
    assert {"name", "description", "body"} <= form.keys()
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids)) >= 2
    assert any(part.get("validations", {}).get("required") for part in form["body"])


def test_hooks_run_what_make_check_runs() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]  # nothing is downloaded
    entries = {hook["entry"].split()[0].rpartition("/")[2] for repo in hooks for hook in repo["hooks"]}
    check = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncheck:")[2].partition("\n\n")[0]
    assert entries <= set(re.findall(r"\$\(BIN\)/([\w-]+)", check))
