"""Find the line on which each input of a TOML file stands."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from contextlib import suppress

from sim.scenario.problems import Path

BARE_VALUE_ENDS = ",]}\r\n#"
BARE_KEY_ENDS = " \t.=]"


def key_lines(text: str) -> Mapping[Path, int]:
    """Return the line of every table, key and list item of a text that tomllib reads.

    What the scan does not understand it leaves out; it never fails.
    """
    scan = _Scan(text.replace("\r\n", "\n"))
    with suppress(IndexError, ValueError, RecursionError):
        scan.file()
    return scan.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int | None:
    """Return the line of an address, or of the nearest table around it."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.items: dict[Path, int] = {}  # how many tables each list of tables has so far
        self.newlines = [place for place, char in enumerate(text) if char == "\n"]

    def file(self) -> None:
        table: Path = ()
        while self.skip_blank():
            if self.text.startswith("[[", self.at):
                table = self.header(2)
            elif self.text[self.at] == "[":
                table = self.header(1)
            else:
                self.pair(table)

    def header(self, brackets: int) -> Path:
        start = self.at
        self.at += brackets
        parts = self.key()
        self.at += brackets
        path: Path = ()
        for number, part in enumerate(parts, 1):
            path = (*path, part)
            self.note(path, start)
            if brackets == 2 and number == len(parts):
                self.items[path] = self.items.get(path, 0) + 1
            if path in self.items:
                path = (*path, self.items[path] - 1)
                self.note(path, start)
        return path

    def pair(self, table: Path) -> None:
        start = self.at
        path = table
        for part in self.key():
            path = (*path, part)
            self.note(path, start)
        self.at = self.text.index("=", self.at) + 1
        self.value(path)

    def key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self.skip_spaces()
            parts.append(self.key_part())
            self.skip_spaces()
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def key_part(self) -> str:
        start = self.at
        if self.text[start] in "\"'":
            self.string()
            return str(tomllib.loads("key = " + self.text[start : self.at])["key"])
        while self.text[self.at] not in BARE_KEY_ENDS:
            self.at += 1
        return self.text[start : self.at]

    def value(self, path: Path) -> None:
        self.skip_spaces()
        first = self.text[self.at : self.at + 1]
        if first in ("'", '"'):
            self.string()
        elif first == "[":
            self.array(path)
        elif first == "{":
            self.inline_table(path)
        else:
            while self.text[self.at : self.at + 1] not in BARE_VALUE_ENDS:
                self.at += 1

    def array(self, path: Path) -> None:
        self.at += 1
        item = 0
        while self.inside("]"):
            start = self.at
            self.note((*path, item), start)
            self.value((*path, item))
            item += 1
            if self.at == start:
                raise ValueError("no value here: the text is not TOML")

    def inline_table(self, path: Path) -> None:
        self.at += 1
        while self.inside("}"):
            self.pair(path)

    def inside(self, end: str) -> bool:
        """Go to the next item of a list or inline table; say whether there is one."""
        self.skip_blank()
        if self.text[self.at] == ",":
            self.at += 1
            self.skip_blank()
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False

    def string(self) -> None:
        quote = self.text[self.at]
        long = self.text.startswith(quote * 3, self.at)
        end = quote * 3 if long else quote
        self.at += len(end)
        while not self.text.startswith(end, self.at):
            escaped = self.text[self.at] == "\\" and quote == '"'
            self.at += 2 if escaped else 1
        self.at += len(end)
        while long and self.text[self.at : self.at + 1] == quote:  # a long string may end in quotes
            self.at += 1

    def skip_spaces(self) -> None:
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1

    def skip_blank(self) -> bool:
        """Skip spaces, lines and comments; say whether anything is left."""
        while (char := self.text[self.at : self.at + 1]) and char in " \t\n#":
            self.at = self.line_end() if char == "#" else self.at + 1
        return bool(char)

    def line_end(self) -> int:
        place = bisect_left(self.newlines, self.at)
        return self.newlines[place] if place < len(self.newlines) else len(self.text)

    def note(self, path: Path, start: int) -> None:
        self.lines.setdefault(path, bisect_left(self.newlines, start) + 1)
