"""Write files whole or not at all, and blocks of sums that say themselves whether they are whole."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from sim.results.blocks import Sums
from sim.runs.pieces import Piece

PARTIAL: Final = ".partial"
FORGOTTEN_SECONDS: Final = 24 * 3600.0
DIGEST_BYTES: Final = 32


class BlockError(ValueError):
    """A file is no block of the run; the message says why."""


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that at any time, power cuts included, it is there whole or as it was.

    Who may read it is what the user's own files allow, which a file of `tempfile` would not follow.
    """
    partial = file.with_name(f".{file.name}-{uuid4().hex}{PARTIAL}")
    try:
        with partial.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(file)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def read_whole(file: Path, most: int | None = None) -> bytes:
    """Read a file that is one: a pipe or a device might never end.

    Raises:
        OSError: when it cannot be read, is no file, or is larger than it may be.
    """
    known = file.stat()
    if not stat.S_ISREG(known.st_mode):
        raise OSError(errno.EINVAL, "is not a file")
    if most is not None and known.st_size > most:
        raise OSError(errno.EFBIG, f"is larger than {most:,} bytes")
    return file.read_bytes()


def write_arrays(file: Path, key: str, arrays: Mapping[str, NDArray[Any]], *, packed: bool = False) -> None:
    """Write arrays under a key: a SHA-256 digest of key, file name and content, then the content, numpy's npz.

    `packed`: compressed, which takes longer and a third of the room.
    """
    content = io.BytesIO()
    write = np.savez_compressed if packed else np.savez
    write(content, key=np.array(key), **arrays)  # type: ignore[arg-type]  # the stub takes names for its options
    data = content.getvalue()
    write_whole(file, _digest(file, key, data) + data)


def _digest(file: Path, key: str, data: bytes) -> bytes:
    """Return the digest of what a file holds at its place: elsewhere, or under another name, it is another."""
    return hashlib.sha256(f"{key}/{file.name}\n".encode() + data).digest()


def read_arrays(file: Path, key: str) -> dict[str, NDArray[Any]]:
    """Read arrays that were written under a key.

    Raises:
        BlockError: when the file is damaged, or was written under another key or name.
        FileNotFoundError: when it is gone.
    """
    content = read_whole(file)
    digest, data = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    if _digest(file, key, data) != digest:
        raise BlockError("is damaged, or belongs elsewhere")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            arrays = dict(found)
        ours = str(arrays.pop("key"))
    except (EOFError, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise BlockError(f"is no block of sums ({fault})") from fault
    if ours != key:
        raise BlockError(f"belongs to run {ours}")
    return arrays


def write_block(file: Path, key: str, piece: Piece) -> None:
    """Write the sums of a block: their names and values by scenario."""
    arrays = {"numbers": np.array([piece.numbers.start, piece.numbers.stop])}
    arrays["leaks"] = np.array(json.dumps(piece.leaks))
    for place, sums in enumerate(piece.sums):
        plain = {name: values for name, values in sums.items() if values.ndim == 1}
        arrays[f"names.{place}"] = np.array(list(plain))
        arrays[f"sums.{place}"] = np.stack(list(plain.values()))
        arrays |= {f"more.{place}.{name}": values for name, values in sums.items() if name not in plain}
    write_arrays(file, key, arrays)


def read_block(file: Path, key: str, scenarios: int) -> Piece:
    """Read a block of a run.

    Raises:
        BlockError: when the file is damaged, or belongs to another run.
        FileNotFoundError: when it is gone.
    """
    arrays = read_arrays(file, key)
    try:
        first, last = arrays["numbers"].tolist()
        sums = tuple(_sums(arrays, place) for place in range(scenarios))
        leaks = tuple(tuple(own) for own in json.loads(str(arrays["leaks"])))
    except (KeyError, ValueError, TypeError) as fault:
        raise BlockError(f"is no block of sums ({fault})") from fault
    wrong = _wrong(first, last, sums, leaks)
    if wrong:
        raise BlockError(f"is no block of sums ({wrong})")
    return Piece(range(first, last), sums, leaks=leaks)


def _wrong(first: Any, last: Any, sums: tuple[Sums, ...], leaks: tuple[tuple[Any, ...], ...]) -> str:
    """Return what a block has that none can; nothing where all is as it has to be."""
    if not (isinstance(first, int) and isinstance(last, int) and 0 <= first < last):
        return f"replications {first} to {last}"
    if len(leaks) != len(sums) or not all(isinstance(told, str) for own in leaks for told in own):
        return "other leaks than scenarios"
    if not sums or not all(sums):  # scenarios with other sources of money have other sums
        return "a scenario without sums"
    return next(_of_other_shape(sums, last - first), "")


def _of_other_shape(sums: tuple[Sums, ...], size: int) -> Iterator[str]:
    for own in sums:
        for name, values in own.items():
            if values.dtype != np.float64 or values.shape[:1] != (size,):
                yield f"{name}: {values.dtype} of shape {values.shape} for {size} replications"


def _sums(arrays: Mapping[str, Any], place: int) -> Sums:
    names, values, more = arrays[f"names.{place}"].tolist(), arrays[f"sums.{place}"], f"more.{place}."
    if len(set(names)) != len(names):
        raise ValueError("a name twice")
    wide = {name.removeprefix(more): arrays[name] for name in arrays if name.startswith(more)}
    return dict(zip(names, values, strict=True)) | wide
