"""A bundle makes its answer again, says so, and a file that is none is refused in words."""

from __future__ import annotations

import io
import json
import tomllib
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim import __version__
from sim.runs.answer import Answer, ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.scenario.problems import ScenarioError
from sim.scenario.read.clean_text import clean
from sim.takeaway import unpack
from sim.takeaway.bundle import ANSWER, MANIFEST, NoBundleError, bundle, shape_of, text_of
from sim.takeaway.plain import archive
from sim.takeaway.reproduced import Again, again, verdict_shape, verdict_text
from sim.takeaway.unpack import BundleError, unpacked
from sim.words.provenance import Stamp
from tests.takeaway import hand_made
from tests.takeaway.hand_made import answer, with_roster
from tests.worlds import merged, quiet_tables

Parts = dict[str, bytes]
FEES = {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 14.0}}
TINY = merged(
    quiet_tables(),
    {
        "title": "Tiny",
        "horizon": {"months": 6},
        "posts": {"number": 4},
        "turnover": {"level": {"voluntary_per_year": 0.5}},
        "funding": FEES,
    },
)


@cache
def asked(replications: int = 4, *, loop_off: bool = False) -> Answer:
    tables = merged(TINY, {"experiment": {"feedback": loop_off}})
    raised = merged(tables, {"title": "Raised", "pay": {"wage_usd_per_hour": 22.0}})
    base, other = load_table(tables), load_table(raised)
    everyone = [replace(base, path=Path("today.toml")), replace(other, path=Path("a raise.toml"))]
    return ask(everyone[0], everyone[1:], Settings(replications, 3, jobs=1, unknowns=True), loop_off=loop_off)


def stamped(one: Answer) -> Stamp:
    return replace(hand_made.stamped(one), version=__version__)


@cache
def parts() -> Parts:
    with zipfile.ZipFile(io.BytesIO(bundle(asked(), stamped(asked())))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def written(changed: Parts | None = None, *, without: str = "") -> Path:
        path = tmp_path / "answer.zip"
        path.write_bytes(archive({name: data for name, data in (parts() | (changed or {})).items() if name != without}))
        return path

    return written


def manifest(**changed: Any) -> Parts:
    return {MANIFEST: json.dumps(json.loads(parts()[MANIFEST]) | changed).encode()}


def run(path: Path) -> Again:
    return again(unpacked(path), 1, None, None)


def test_a_bundle_gives_the_same_answer_again_bit_for_bit(file: Callable[..., Path]) -> None:
    told = run(file())
    assert told.same
    assert told.values > 1_000
    assert (told.versions, told.scenarios, told.beside) == ((), (), ())
    assert shape_of(told.answer) == shape_of(asked())
    assert f"Yes: every one of {told.values:,} values is the same, bit for bit, and so is" in verdict_text(told)


def test_its_scenarios_run_by_themselves_and_mean_the_same() -> None:
    names = [name for name in parts() if name.startswith("scenarios/")]
    assert names == ["scenarios/scenario-1.toml", "scenarios/scenario-2.toml"]  # a space is no part of a safe name
    for name, case in zip(names, asked().cases, strict=True):
        assert load_table(tomllib.loads(parts()[name].decode())).fingerprint == case.loaded.fingerprint


def test_it_says_how_to_make_it_again() -> None:
    told = parts()["README.txt"].decode()
    assert "peerstay reproduce FILE.zip" in told
    assert "peerstay compare scenarios/scenario-1.toml scenarios/scenario-2.toml --months 6 --replications 4" in told
    assert parts()["answer.txt"].decode() == text_of(asked(), stamped(asked())) + "\n"


def test_one_last_bit_that_differs_is_found(file: Callable[..., Path]) -> None:
    shape = json.loads(parts()[ANSWER])
    measure = shape["alternatives"][0]["measures"]["headcount"]["difference"]
    measure["low"] = measure["low"] + 2.0**-50 if measure["low"] else 5e-324
    told = run(file({ANSWER: json.dumps(shape).encode()}))
    assert [one.where for one in told.changes] == ["alternatives.0.measures.headcount.difference.low"]
    assert f"NO: 1 of {told.values:,} values differ" in verdict_text(told)
    assert verdict_shape(told)["differ"][0]["where"] == told.changes[0].where


def test_an_answer_made_by_another_model_than_its_manifest_says_is_found(file: Callable[..., Path]) -> None:
    shape = json.loads(parts()[ANSWER])
    shape["made_by"]["data"] = "0123456789abcdef"
    told = run(file({ANSWER: json.dumps(shape).encode()}))
    assert [one.where for one in told.changes] == ["made_by.data"]


def test_a_scenario_that_was_changed_is_named(file: Callable[..., Path]) -> None:
    name = "scenarios/scenario-2.toml"
    told = run(file({name: parts()[name].replace(b"22.0", b"23.0")}))
    assert not told.same
    assert [one.where for one in told.scenarios] == ["scenario a raise"]
    assert "do not mean what the manifest says" in verdict_text(told)


def test_another_version_is_said_to_be_one_and_counts_no_number_as_different(file: Callable[..., Path]) -> None:
    another = {"model": "0123456789abcdef", "numpy": "0.0.9"}
    shape = json.loads(parts()[ANSWER])
    shape["made_by"] |= another
    told = run(file(manifest(**another) | {ANSWER: json.dumps(shape).encode()}))
    assert (told.changes, told.same) == ((), False)
    assert [(one.where, one.was) for one in told.versions] == [("model", "0123456789abcdef"), ("numpy", "0.0.9")]
    assert "NOT ALL: every one of" in verdict_text(told)
    assert "Made by another version, so numbers may differ" in verdict_text(told)


FORGED: dict[str, tuple[Callable[[], Parts], str]] = {
    "a name in the manifest": (lambda: manifest(program="peerstay", author="A. N. Other"), "manifest.json: author"),
    "when it was made": (lambda: manifest(made="1999-01-01T00:00:00+00:00"), "answer.txt, line"),
    "the seed of the command": (
        lambda: manifest(command="peerstay compare a b --months 6 --replications 4 --seed 4"),
        "manifest.json: command --seed",
    ),
    "the verb of the command": (
        lambda: manifest(command="peerstay run a b --months 6 --replications 4 --seed 3"),
        "manifest.json: command",
    ),
    "another program's command": (lambda: manifest(command="curl x"), "manifest.json: command --months"),
    "a loop that is on": (
        lambda: manifest(command="peerstay compare a b --months 6 --replications 4 --seed 3 --loop-off"),
        "manifest.json: command --loop-off",
    ),
    "the months": (lambda: manifest(months=60), "manifest.json: months"),
    "the version": (lambda: manifest(version="0.0.9"), "README.txt, line"),
    "a word of the answer": (lambda: {"answer.txt": parts()["answer.txt"] + b"Sign here.\n"}, "answer.txt, line"),
    "a word of the README": (lambda: {"README.txt": b"Trust me.\n"}, "README.txt, line 1"),
    "a remark in a scenario": (
        lambda: {"scenarios/scenario-1.toml": b"# approved\n" + parts()["scenarios/scenario-1.toml"]},
        "scenarios/scenario-1.toml, line 1",
    ),
    "a scenario more": (lambda: {"scenarios/more.toml": b""}, "scenarios/more.toml"),
    "a fingerprint": (
        lambda: {MANIFEST: parts()[MANIFEST].replace(asked().base.loaded.fingerprint.encode(), b"0" * 12)},
        "scenario today",
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_whatever_is_forged_in_a_bundle_is_named_and_nothing_is_called_the_same(
    file: Callable[..., Path], what: str
) -> None:
    forge, where = FORGED[what]
    changed = forge()
    assert any(parts().get(name) != data for name, data in changed.items())
    told = run(file(changed))
    assert not told.same
    places = [one.where for one in (*told.beside, *told.scenarios, *told.versions)]
    assert any(place.startswith(where) for place in places), places


@pytest.mark.parametrize("name", ["README.txt", "answer.txt"])
def test_a_part_that_is_gone_is_named(file: Callable[..., Path], name: str) -> None:
    told = run(file(without=name))
    assert [(one.where, one.was) for one in told.beside] == [(name, "not there")]


def test_values_that_are_gone_or_new_count_as_different(file: Callable[..., Path]) -> None:
    shape = json.loads(parts()[ANSWER])
    del shape["base"]["measures"]["headcount"]
    shape["base"]["measures"]["happiness"] = {"mean": 1.0}
    told = {one.where: one for one in run(file({ANSWER: json.dumps(shape).encode()})).changes}
    assert told["base.measures.headcount.mean"].was == "not there"
    assert told["base.measures.happiness.mean"].now == "not there"


def test_what_loops_add_is_made_again_too(tmp_path: Path) -> None:
    once = asked(2, loop_off=True)
    told = replace(stamped(once), command=f"{stamped(once).command} --loop-off")
    (tmp_path / "loops.zip").write_bytes(bundle(once, told))
    assert run(tmp_path / "loops.zip").same


def test_people_are_not_passed_on() -> None:
    listed = answer(with_roster())
    with pytest.raises(NoBundleError, match="lists people"):
        bundle(listed, stamped(listed))


def test_a_scenario_that_is_not_what_its_tables_say_is_refused() -> None:
    one = asked(2)
    moved = replace(one.base, loaded=replace(one.base.loaded, raw=merged(TINY, {"posts": {"number": 5}})))
    with pytest.raises(NoBundleError, match="was changed after it was loaded"):
        bundle(replace(one, base=moved), stamped(one))


# what is no bundle


def refused(path: Path) -> str:
    with pytest.raises(BundleError) as fault:
        unpacked(path)
    return str(fault.value)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answer.zip"
    assert "no such file" in refused(path)
    assert "is not a file" in refused(tmp_path)
    path.write_text("hello")
    assert "is not a zip file that can be read" in refused(path)
    path.write_bytes(archive(parts())[:-40])
    assert "is not a zip file that can be read" in refused(path)


def test_damage_is_found(file: Callable[..., Path]) -> None:
    path = file()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    assert "is not a zip file that can be read" in refused(path)


@pytest.mark.parametrize("name", [MANIFEST, ANSWER])
def test_missing_parts_are_named(file: Callable[..., Path], name: str) -> None:
    assert f"lacks {name}" in refused(file(without=name))


def test_a_scenario_that_is_not_there_is_named(file: Callable[..., Path]) -> None:
    assert "names scenarios/scenario-2.toml, which is not there" in refused(file(without="scenarios/scenario-2.toml"))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "scenarios/../x.toml", "scenarios\\x.toml", "C:x", "scenarios/", "x.py"]
)
def test_names_that_lead_elsewhere_are_refused_and_nothing_is_written(
    file: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    assert "which is no part of a bundle" in refused(file({name: b"x"}))
    assert [path.name for path in tmp_path.iterdir()] == ["answer.zip"]


@pytest.mark.parametrize("name", ["a\u202eb", "a\x9b2J", "a\u2028b"])
def test_a_name_of_a_scenario_that_a_terminal_would_obey_is_refused(file: Callable[..., Path], name: str) -> None:
    listed = [dict(one, name=name) for one in json.loads(parts()[MANIFEST])["scenarios"]]
    told = refused(file(manifest(scenarios=listed)))
    assert "scenarios.0.name: Value error, holds characters that a terminal would obey" in told
    assert clean(told).replace("\n", "").isprintable()


def test_every_fault_is_named_at_once(file: Callable[..., Path]) -> None:
    told = refused(file({"../x": b"", "y": b""}, without=ANSWER))
    assert len(told.splitlines()) == 3


def test_a_bomb_is_refused_before_it_is_unpacked(file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = file({"scenarios/bomb.toml": b"#" * 2_000_000})
    assert bomb.stat().st_size < 100_000
    assert "is larger than 1,000,000 bytes" in refused(bomb)
    monkeypatch.setattr(unpack, "MOST_IN_ALL", 10_000)
    assert "unpacks to more than 10,000 bytes" in refused(file())
    monkeypatch.setattr(unpack, "MOST_PACKED", 10)
    assert "is larger than 10 bytes" in refused(file())


def test_too_many_files_are_refused(file: Callable[..., Path]) -> None:
    assert "holds 208 files" in refused(file({f"scenarios/{number}.toml": b"" for number in range(202)}))


def test_a_part_that_lies_about_its_size_is_refused(file: Callable[..., Path]) -> None:
    """The list says 10 bytes, more are packed: what is read is never more than the list says."""
    path = file({"scenarios/liar.toml": b"#" * 500_000})
    data = path.read_bytes()
    size = (500_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    assert "is not a zip file that can be read" in refused(path)


def test_a_part_that_lies_about_its_size_is_never_unpacked_whole(file: Callable[..., Path]) -> None:
    """The list says 10 bytes, with their right checksum; 300 million are packed in 300 kB."""
    whole, said = 300_000_000, b"#" * 10
    path = file({"scenarios/liar.toml": b"#" * whole})
    data = path.read_bytes()
    for was, now in ((whole, 10), (zlib.crc32(b"#" * whole), zlib.crc32(said))):
        assert data.count(was.to_bytes(4, "little")) == 2
        data = data.replace(was.to_bytes(4, "little"), now.to_bytes(4, "little"))
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with suppress(BundleError):  # read as its first 10 bytes, or refused
            unpacked(path)
        assert tracemalloc.get_traced_memory()[1] < 40_000_000  # a bundle itself may have 20 million
    finally:
        tracemalloc.stop()


def test_a_part_packed_otherwise_than_bundles_are_is_refused(file: Callable[..., Path]) -> None:
    path = file()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as packed:
        packed.writestr("scenarios/other.toml", "x = 1")
    assert "scenarios/other.toml is packed in a way that no bundle is" in refused(path)


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "answer.zip"
    path.write_bytes(archive(parts()))
    with zipfile.ZipFile(path, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr(ANSWER, b"{}")
    assert f"holds {ANSWER} twice" in refused(path)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"program": "other"}, "is not one of peerstay's"),
        ({"format": 2}, "format = 2: this version reads format 1"),
        ({"replications": 0}, "manifest.json: replications: Input should be greater than or equal to 1"),
        ({"replications": "200"}, "manifest.json: replications: Input should be a valid integer"),
        ({"seed": -1}, "manifest.json: seed"),
        ({"command": "peerstay 'run"}, "manifest.json: command"),
        ({"scenarios": []}, "manifest.json: scenarios"),
        ({"scenarios": [{"name": "../../x", "file": "f", "fingerprint": "0"}]}, "manifest.json: scenarios.0.name"),
    ],
)
def test_a_faulty_manifest_is_refused_with_its_fault(
    file: Callable[..., Path], changed: dict[str, Any], rule: str
) -> None:
    assert rule in refused(file(manifest(**changed)))


@pytest.mark.parametrize("content", [b"\xff", b"{", b"[" * 100_000, b"1" * 10_000])
def test_what_is_no_json_is_refused(file: Callable[..., Path], content: bytes) -> None:
    assert MANIFEST in refused(file({MANIFEST: content}))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"pay.wage_usd_per_hour = 1e9", "pay.wage_usd_per_hour"),
        (b'extends = "/etc/passwd.toml"', "extends another file"),
        (b"a = ", "is not valid TOML"),
        (b"\xff", "is not valid TOML"),
        (b"a" + b".a" * 2_000 + b" = 1", "full stops"),
        (b"a = " + b"[" * 50_000, "is not valid TOML"),
    ],
)
def test_a_faulty_scenario_is_refused_with_file_and_rule(file: Callable[..., Path], content: bytes, rule: str) -> None:
    with pytest.raises(ScenarioError) as fault:
        unpacked(file({"scenarios/scenario-1.toml": content}))
    assert rule in str(fault.value)
    assert "answer.zip: scenarios/scenario-1.toml" in str(fault.value)
