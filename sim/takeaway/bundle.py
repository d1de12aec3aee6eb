"""Write a bundle: scenarios, answer and manifest in one file, from which anybody can make the answer again.

README.txt          how
manifest.json       versions, seed, replications, command, names of scenarios
scenarios/*.toml    each a file that runs by itself
answer.json         the answer with full precision
answer.txt          the answer as the command line prints it
"""

from __future__ import annotations

import platform
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sim.questions.compare.shapes import compare_shape, run_shape
from sim.questions.compare.text import compare_text, run_text
from sim.runs.answer import Answer, Case
from sim.runs.identity import versions
from sim.runs.store import holds_a_roster
from sim.runs.toml import written
from sim.scenario.files import load_table
from sim.takeaway.plain import archive
from sim.words.as_json import Shape, as_json
from sim.words.layout import on_paper
from sim.words.provenance import Stamp

FORMAT: Final = 1
MANIFEST, ANSWER, TEXT, README = "manifest.json", "answer.json", "answer.txt", "README.txt"
SCENARIOS: Final = "scenarios/"
SAFE_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
HOW_TO: Final = """peerstay bundle: {title}

To make this answer again and see whether every number is the same:

    peerstay reproduce FILE.zip

Or unpack the file and ask the question yourself:

    {command}

Made by peerstay {version} (model {model}, data {data}, numpy {numpy}) on Python {python}, {made}.
Another version may give other numbers; the command says so. The scenarios are complete: they extend nothing outside
this file.
"""


class NoBundleError(ValueError):
    """A bundle cannot be made of an answer; the message says why."""


def bundle(answer: Answer, stamp: Stamp) -> bytes:
    """Return an answer as a bundle.

    Raises:
        NoBundleError: when a scenario lists people, or is not what its tables say.
    """
    everyone = [case.loaded for case in answer.cases]
    if holds_a_roster(everyone):
        raise NoBundleError(
            "a scenario lists people (posts.roster), and a bundle is made to be passed on; leave .zip out, "
            "or state turnover and posts without the roster"
        )
    return archive({name: f"{text}\n".encode() for name, text in parts_of(answer, stamp).items()})


def parts_of(answer: Answer, stamp: Stamp, made_by: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return the texts of a bundle by name.

    Args:
        answer: what was asked.
        stamp: what made it.
        made_by: versions that manifest and README are to name; left out, those that are here.

    Raises:
        NoBundleError: when a scenario is not what its tables say.
    """
    answer = replace(answer, enough=None)  # how many runs were enough is no part of what is made again
    files = {case.name: f"{SCENARIOS}{name}.toml" for case, name in zip(answer.cases, _names(answer), strict=True)}
    manifest = _manifest(answer, stamp, files) | dict(made_by or {})
    parts = {README: _read_me(answer, manifest, files), MANIFEST: as_json(manifest)}
    parts |= {files[case.name]: _scenario(case) for case in answer.cases}
    return parts | {ANSWER: as_json(shape_of(answer)), TEXT: text_of(answer, stamp)}


def shape_of(answer: Answer) -> Shape:
    """Return an answer as the command line gives it for JSON."""
    return compare_shape(answer) if answer.alternatives else run_shape(answer)


def text_of(answer: Answer, stamp: Stamp) -> str:
    """Return an answer as the command line prints it."""
    return on_paper(compare_text if answer.alternatives else run_text, answer, stamp)


def _names(answer: Answer) -> list[str]:
    """Return names that files may have everywhere, the cases' own where they may."""
    names = [case.name for case in answer.cases]
    fit = all(SAFE_NAME.fullmatch(name) for name in names) and len({name.lower() for name in names}) == len(names)
    return names if fit else [f"scenario-{number}" for number in range(1, len(names) + 1)]


def _scenario(case: Case) -> str:
    text = written(case.loaded.raw)
    if load_table(tomllib.loads(text)).fingerprint != case.loaded.fingerprint:
        raise NoBundleError(f"{case.name}: was changed after it was loaded; load it from a file or table instead")
    return text.removesuffix("\n")


def _manifest(answer: Answer, stamp: Stamp, files: dict[str, str]) -> dict[str, Any]:
    return {
        "program": "peerstay",
        "format": FORMAT,
        **stamp.manifest(),
        **versions(),
        "machine": platform.machine(),
        "loop_off": any(one.loops is not None for one in answer.alternatives),
        "unknowns": answer.settings.unknowns,
        "scenarios": [
            {"name": case.name, "file": files[case.name], "fingerprint": case.loaded.fingerprint}
            for case in answer.cases
        ],
    }


def _read_me(answer: Answer, manifest: dict[str, Any], files: dict[str, str]) -> str:
    words = ["peerstay", "compare" if answer.alternatives else "run", *files.values()]
    words += ["--months", str(manifest["months"]), "--replications", str(manifest["replications"])]
    words += ["--seed", str(manifest["seed"]), *([] if manifest["unknowns"] else ["--luck-only"])]
    words += ["--loop-off"] if manifest["loop_off"] else []
    told = {name: manifest[name] for name in ("version", "model", "data", "numpy", "python", "made")}
    return HOW_TO.format(title=answer.base.title, command=" ".join(words), **told).removesuffix("\n")
