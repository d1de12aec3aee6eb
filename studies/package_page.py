"""What a package index shows: the README without what leads nowhere there."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from sim.evidence.paths import ROOT

IMAGE: Final = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n+", re.MULTILINE)
LINK: Final = re.compile(r"\[([^\]]+)\]\(((?!https?:)[^)\s]+)\)")
LAST: Final = (
    "Paths as `docs/trust.md` are files of the source archive; the documentation lies in `docs/`, and `make docs` "
    "builds a site of it.\n"
)


def package_page(home: str = "") -> str:
    """Return the README with images left out and links into the project as whole addresses, or as names of files.

    They are whole where the repository is named, here or by `[project.urls]`; no public address is known as long as
    neither does.
    """
    text = IMAGE.sub("", (ROOT / "README.md").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    home = (home or project.get("urls", {}).get("Repository", "")).rstrip("/")
    linked = LINK.sub(lambda found: _told(found[1], found[2], home), text)
    return f"{linked.rstrip()}\n\n{'' if home else LAST}"


def _told(words: str, target: str, home: str) -> str:
    if home:
        return f"[{words}]({home}/blob/main/{target})"
    return words if words == target else f"{words} (`{target}`)"
