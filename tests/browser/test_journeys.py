"""Three ways from the first screen to an answer, every interaction counted, with the command line's figures."""

from __future__ import annotations

import json
import re
import time
import zipfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlparse

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from sim.cli import main
from sim.questions.compare.decision import PAYERS, WORK
from sim.runs.toml import written
from sim.scenario.timeline import plans
from sim.ui.links import question_of
from sim.ui.question import Question, file_name
from sim.ui.reading import read
from tests.browser.test_page import Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

RATE: Final = "From July 2028: Individual rate (Medicaid) ($ per 15 minutes)"
ROWS: Final = """
rows => rows.map(row => [row.querySelector('th').innerText,
                         ...[...row.querySelectorAll('td b')].map(one => one.innerText)])
"""
TOLD: Final = {key: label for key, label in (WORK | PAYERS).items() if key != "mean_wage_usd_per_hour"}


class Counted:
    """A visitor whose clicks, choices and entries are counted, and whose time is taken from the last of them."""

    def __init__(self, one: Visitor) -> None:
        self.one, self.number, self.since = one, 0, time.monotonic()

    def _did(self) -> None:
        self.number, self.since = self.number + 1, time.monotonic()
        self.one.settle()

    def click(self, name: str) -> None:
        self.one.button(name).click()
        self._did()

    def switch(self, text: str) -> None:
        self.one.page.get_by_text(text, exact=True).click()
        self._did()

    def choose(self, label: str, typed: str) -> None:
        box = self.one.page.get_by_label(label, exact=True)
        box.click()
        box.fill(typed)
        box.press("Enter")
        self._did()

    def enter(self, label: str, value: str, which: int = 0) -> None:
        box = self.one.page.get_by_label(label, exact=True).nth(which)
        box.fill(value)
        box.press("Enter")
        self._did()

    def answer(self) -> Question:
        """Wait for the first numbers, say how long they took, then for the whole answer; return what is asked."""
        self.one.first_numbers()
        first = time.monotonic() - self.since
        self.one.answer()
        print(f"{self.number} interactions; first numbers {first:.1f} s, all {time.monotonic() - self.since:.1f} s")
        return question_of(parse_qs(urlparse(self.one.page.url).query)["q"][0])

    def columns(self) -> dict[str, list[str]]:
        """The decision's rows: label → what base and alternatives have."""
        rows = self.one.page.locator(".decision tbody tr:not(.group)")
        expect(rows.first).to_be_visible()
        return {label: values for label, *values in rows.evaluate_all(ROWS)}


def of_the_command_line(question: Question, folder: Path) -> dict[str, list[float]]:
    """The same rows, asked of the command line with the files that the page offers."""
    files = []
    for place, loaded in enumerate(read(question).sound):
        files.append(folder / file_name(place))
        files[-1].write_text(written(loaded.raw))
    runs = ["--replications", str(question.replications), "--seed", str(question.seed), "--no-store", "--json"]
    done = CliRunner().invoke(main, ["compare", *map(str, files), *runs])
    assert done.exit_code == 0, done.output
    told: list[Any] = json.loads(done.stdout)["alternatives"]
    found = {}
    for key, label in TOLD.items():
        means = [
            told[0]["measures"][key]["base"]["mean"],
            *(one["measures"][key]["alternative"]["mean"] for one in told),
        ]
        if any(means):
            found[label] = means
    return found


def same_figures(page: dict[str, list[str]], command_line: dict[str, list[float]]) -> None:
    """Every number that the page shows is the command line's, to half of its last digit."""
    assert len(command_line) >= len(WORK)
    for label, means in command_line.items():
        for shown, mean in zip(page[label], means, strict=True):
            number, half = _read(shown)
            assert abs(number - mean) <= half, (label, shown, mean)


def _read(shown: str) -> tuple[float, float]:
    """A number with its sign, and half of its last digit: `−$1.82m` is −1,820,000 to the nearest 10,000."""
    sign, digits, decimals, letter = re.fullmatch(r"(−?)\$?([\d,]+)(\.\d+)?([km]?)", shown).groups()  # type: ignore[union-attr]
    scale = {"": 1.0, "k": 1e3, "m": 1e6}[letter]
    places = len(decimals or ".") - 1
    zeros = 0 if places or scale > 1 else len(digits) - len(digits.rstrip("0,"))
    size = float(digits.replace(",", "") + (decimals or "")) * scale
    return (-size if sign else size), 0.5001 * scale * 10.0 ** (zeros - places)


def test_a_rate_of_18_dollars_from_a_date_kept_or_passed_on_and_who_pays(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    with visitor(browser, server) as one:
        one.open()
        way = Counted(one)
        way.click("A Medicaid rate 20 % higher")
        way.enter(RATE, "18", 0)
        way.enter(RATE, "18", 1)
        question = way.answer()
        assert way.number <= 6
        for loaded in read(question).sound[1:]:
            epochs = plans(loaded.scenario)[0].epochs
            assert [(at, own.funding["medicaid"].rate_usd_per_unit) for at, own in epochs] == [(0, 13.5), (12, 18.0)]  # type: ignore[union-attr]
        assert read(question).sound[2].scenario.pay.pass_through_share == 0.75
        assert {"Federal government", "State", "County"} <= set(way.columns())
        expect(one.page.get_by_role("heading", name="Who pays how much more a year than in the base")).to_be_visible()
        same_figures(way.columns(), of_the_command_line(question, tmp_path))


def test_a_living_wage_in_ohio_from_the_first_screen(browser: Browser, server: str, tmp_path: Path) -> None:
    with visitor(browser, server) as one:
        one.open()
        way = Counted(one)
        way.choose("State", "Ohio")
        way.choose("What do you want to know first?", "living wage")
        expect(one.page.get_by_placeholder(re.compile("what the rent asks in"))).to_be_visible()
        way.enter("Living wage of one adult ($ an hour)", "22")
        way.click("See the answer")
        question = way.answer()
        assert way.number <= 6
        base, at_once, slowly = (loaded.scenario for loaded in read(question).sound)
        assert base.place.state == "OH"
        assert [own.pay.floor.kind for own in (base, at_once, slowly)] == ["minimum_wage", "living_wage", "living_wage"]
        assert base.pay.wage_usd_per_hour == 19.83  # of Ohio, where the rent at the start asks a little more
        assert at_once.place.living_wage_usd_per_hour == 22.0
        same_figures(way.columns(), of_the_command_line(question, tmp_path))


def test_twelve_posts_a_grant_that_ends_in_14_months_a_ladder_and_a_workbook(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    with visitor(browser, server) as one:
        one.open()
        way = Counted(one)
        way.choose("State", "Ohio")
        way.choose("What pays for your peers", "A grant or contract")
        way.choose("What do you want to know first?", "career ladder")
        way.switch("With figures of my own organization")
        way.enter("Peers' posts", "12")
        way.enter("People who leave in a year, of 100 posts", "45")
        way.enter("The grant ends in (months)", "14")
        expect(one.page.get_by_text(re.compile("for 14 months from"))).to_be_visible()
        way.click("See the answer")
        question = way.answer()
        with one.page.expect_download() as waiting:
            way.click("Excel workbook")
        assert way.number <= 14
        waiting.value.save_as(tmp_path / "answer.xlsx")
        assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "answer.xlsx").namelist()
        base, ladder = (loaded.scenario for loaded in read(question).sound)
        assert (base.posts.number, base.turnover.level.separations_per_100_posts_year) == (12, 45.0)  # type: ignore[union-attr]
        assert (base.funding["award"].months_left, base.funding["award"].renewal_term_months) == (14, 36)  # type: ignore[union-attr]
        assert list(ladder.ladder) == ["lead"]
        same_figures(way.columns(), of_the_command_line(question, tmp_path))
