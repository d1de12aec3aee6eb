"""The pins in pyproject.toml and the lock that is installed are one and the same set."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def pins() -> list[str]:
    return PROJECT["tool"]["uv"]["constraint-dependencies"]


def locked() -> dict[str, str]:
    """Name and version of each package in the lock, with the text that belongs to it."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)
    return {block.split()[0]: block for block in blocks if block.strip()}


def direct() -> set[str]:
    """The packages that the project names itself, at whatever place."""
    project = PROJECT["project"]
    groups = [
        project["dependencies"],
        *project["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    names = {re.split(r"[^A-Za-z0-9._-]", requirement)[0] for group in groups for requirement in group}
    return names - {project["name"]}  # the extra `all` names the others


def test_every_pin_is_exact() -> None:
    assert [pin for pin in pins() if not re.fullmatch(r"[a-z0-9][a-z0-9-]*==[0-9][0-9a-z.]*", pin)] == []


def test_pins_are_sorted_and_name_each_package_once() -> None:
    assert pins() == sorted({pin.split("==")[0]: pin for pin in pins()}.values())


def test_lock_installs_exactly_the_pins() -> None:
    assert sorted(locked()) == pins()


def test_every_direct_dependency_is_pinned() -> None:
    assert direct() - {pin.split("==")[0] for pin in pins()} == set()


def test_every_locked_package_carries_hashes() -> None:
    assert [name for name, block in locked().items() if "--hash=sha256:" not in block] == []


def test_lock_names_no_place_to_download_from() -> None:
    assert re.findall(r".*(?:://|--index|--find-links|--extra).*", LOCK) == []
