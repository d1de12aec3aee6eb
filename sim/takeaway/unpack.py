"""Read a bundle that somebody sent: in memory, within limits, every fault of it at once."""

from __future__ import annotations

import io
import json
import shlex
import tomllib
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sim.scenario.files import Loaded, load_table
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.clean_text import is_line
from sim.scenario.read.layers import MOST_BYTES, MOST_DOTS
from sim.takeaway.bundle import ANSWER, FORMAT, MANIFEST, README, SAFE_NAME, SCENARIOS, TEXT
from sim.takeaway.plain import one_line
from sim.takeaway.signing import SIGNATURE

MOST_IN_ALL: Final = 50_000_000  # bytes, unpacked
MOST_PACKED: Final = 20_000_000  # bytes
AT_A_TIME: Final = 65_536  # bytes, unpacked
MOST_FILES: Final = 200
MOST_REPLICATIONS: Final = 1_000_000
ENCRYPTED: Final = 0x1
PACKED_BY: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNREADABLE: Final = (  # what zipfile raises of bytes that are no archive, or a damaged one; of names ValueError
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
)
Text = Annotated[str, Field(max_length=2_000)]


class BundleError(OSError):
    """A file is no bundle that can be read; the message names every fault."""


def _splits(command: str) -> str:
    """Return a command that a shell could read; shlex says what is wrong with another."""
    shlex.split(command)
    return command


def _shown(name: str) -> str:
    """Return a name that a terminal and a document can show."""
    if not is_line(name):
        raise ValueError("holds characters that a terminal would obey or no document can show")
    return name


class Listed(BaseModel):
    """Name one scenario of a bundle."""

    model_config = ConfigDict(frozen=True, strict=True)
    name: Annotated[str, Field(max_length=255, pattern=r"^[^/\\\x00-\x1f\x7f]+$"), AfterValidator(_shown)]
    file: Text
    fingerprint: Text


class Manifest(BaseModel):
    """How a bundle's answer was made: versions, seed, command and settings."""

    model_config = ConfigDict(frozen=True, strict=True)
    program: Text
    format: int
    version: Text
    model: Text
    data: Text
    numpy: Text
    python: Text
    machine: Text
    made: Text
    command: Annotated[str, Field(max_length=100_000), AfterValidator(_splits)]
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    replications: Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
    loop_off: bool
    unknowns: bool = False
    scenarios: Annotated[tuple[Listed, ...], Field(min_length=1, max_length=MOST_FILES, strict=False)]


@dataclass(frozen=True)
class Bundle:
    """The contents of a bundle: how its answer was made, the scenarios, the answer."""

    manifest: Manifest
    everyone: tuple[Loaded, ...]
    parts: Mapping[str, bytes]  # as they are in the file


def unpacked(file: Path) -> Bundle:
    """Return a bundle; nothing is written to disk.

    Raises:
        BundleError: with every fault of the file.
        ScenarioError: with every fault of its scenarios.
    """
    parts = _parts(file)
    manifest = _manifest(file, _json(file, MANIFEST, parts[MANIFEST]))
    missing = [one.file for one in manifest.scenarios if one.file not in parts]
    if missing:
        raise _fault(file, [f"{MANIFEST} names {name}, which is not there" for name in missing])
    everyone = _scenarios(file, manifest, parts)
    _json(file, ANSWER, parts[ANSWER])
    return Bundle(manifest, everyone, parts)


def _parts(file: Path) -> dict[str, bytes]:
    """Return the parts of a bundle, once it is known that each is what it may be."""
    content = _content(file)
    with _zip_read(file):
        packed = zipfile.ZipFile(io.BytesIO(content))
    with packed:
        faults = list(_faults(packed.infolist()))
        if faults:
            raise _fault(file, faults)
        with _zip_read(file):
            return dict(_read(file, packed))


def _read(file: Path, packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield the parts, no more bytes of them than a bundle may have, whatever the file says of their sizes."""
    left = MOST_IN_ALL
    for entry in packed.infolist():
        most = min(left, MOST_BYTES) if entry.filename.startswith(SCENARIOS) else left
        content = bytearray()
        with packed.open(entry) as stream:
            while piece := stream.read(AT_A_TIME):  # what is asked for at a time is unpacked at a time
                content += piece
                if len(content) > most:
                    raise _fault(file, [f"{_said(entry.filename)} unpacks to more than {most:,} bytes"])
        left -= len(content)
        yield entry.filename, bytes(content)


@contextmanager
def _zip_read(file: Path) -> Iterator[None]:
    """Turn an error in reading a zip file into a message that it is not a readable zip file."""
    try:
        yield
    except UNREADABLE as fault:
        raise _fault(file, [f"is not a zip file that can be read ({fault})"]) from fault


def _content(file: Path) -> bytes:
    if not file.exists():
        raise _fault(file, ["no such file"])
    if not file.is_file():
        raise _fault(file, ["is not a file; name the .zip itself"])
    if file.stat().st_size > MOST_PACKED:
        raise _fault(file, [f"is larger than {MOST_PACKED:,} bytes, which no bundle is"])
    with file.open("rb") as stream:
        return stream.read(MOST_PACKED + 1)[:MOST_PACKED]


def _faults(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield what is wrong with the parts, from their list alone."""
    if len(entries) > MOST_FILES:
        yield f"holds {len(entries):,} files; a bundle holds at most {MOST_FILES}"
        return
    names = Counter(entry.filename for entry in entries)
    yield from (f"lacks {name}" for name in (MANIFEST, ANSWER) if name not in names)
    yield from (f"holds {_said(name)} twice" for name, number in sorted(names.items()) if number > 1)
    for entry in entries:
        yield from _faults_of_one(entry)
    if sum(entry.file_size for entry in entries) > MOST_IN_ALL:
        yield f"unpacks to more than {MOST_IN_ALL:,} bytes, which no bundle does"


def _faults_of_one(entry: zipfile.ZipInfo) -> Iterator[str]:
    if not _is_part(entry.filename):
        yield f"holds {_said(entry.filename)}, which is no part of a bundle"
    if entry.flag_bits & ENCRYPTED:
        yield f"{_said(entry.filename)} is encrypted; ask for it without a password"
    if entry.compress_type not in PACKED_BY:
        yield f"{_said(entry.filename)} is packed in a way that no bundle is; pack it as an ordinary zip file"
    if entry.filename.startswith(SCENARIOS) and entry.file_size > MOST_BYTES:
        yield f"{_said(entry.filename)} is larger than {MOST_BYTES:,} bytes, which no scenario is"


def _is_part(name: str) -> bool:
    if name in (MANIFEST, ANSWER, TEXT, README, SIGNATURE):
        return True
    inside = name.removeprefix(SCENARIOS).removesuffix(".toml")
    return name == f"{SCENARIOS}{inside}.toml" and SAFE_NAME.fullmatch(inside) is not None


def _said(name: str) -> str:
    return one_line(name, 80)


def _json(file: Path, name: str, content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as fault:
        raise _fault(file, [f"{name} is no JSON ({type(fault).__name__})"]) from fault


def _manifest(file: Path, said: Any) -> Manifest:
    if not isinstance(said, dict) or said.get("program") != "peerstay":
        raise _fault(file, [f"{MANIFEST} is not one of peerstay's"])
    if said.get("format") != FORMAT:
        rule = f"this version reads format {FORMAT}"
        raise _fault(file, [f"{MANIFEST}: format = {one_line(str(said.get('format')), 40)}: {rule}"])
    try:
        return Manifest.model_validate(said)
    except ValidationError as fault:
        told = (f"{MANIFEST}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in fault.errors()[:MOST_FILES])
        raise _fault(file, list(told)) from fault


def _scenarios(file: Path, manifest: Manifest, parts: dict[str, bytes]) -> tuple[Loaded, ...]:
    problems: list[Problem] = []
    found: list[Loaded] = []
    for one in manifest.scenarios:
        try:
            loaded = load_table(_table(f"{file}: {one.file}", parts[one.file]))
            found.append(replace(loaded, path=Path(f"{one.name}.toml")))
        except ScenarioError as fault:
            problems += [replace(problem, file=f"{file}: {one.file}") for problem in fault.problems]
    if problems:
        raise ScenarioError(problems)
    return tuple(found)


def _table(label: str, content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8")
        rule = (
            ""
            if max((line.count(".") for line in text.splitlines()), default=0) <= MOST_DOTS
            else "too many full stops"
        )
        table = {} if rule else tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        rule, table = f"is not valid TOML: {fault}", {}
    if "extends" in table:
        rule = "extends another file; a bundle's scenarios are complete"
    if rule:
        raise ScenarioError([Problem(label, None, "", None, rule)])
    return table


def _fault(file: Path, rules: list[str]) -> BundleError:
    return BundleError("\n".join(f"{file}: {rule}" for rule in rules))
