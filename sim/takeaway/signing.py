"""Sign a bundle with a key of one's own (Ed25519), and check who signed one.

What is signed are the names of all parts and the SHA-256 of each. Needs the package cryptography, the extra "sign".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sim.extras import how_to_get
from sim.scenario.read.layers import at_most
from sim.takeaway.plain import archive

SIGNATURE: Final = "signature.json"
ALGORITHM: Final = "Ed25519"
CONTEXT: Final = "peerstay bundle, signature 1"  # so that a signature means nothing else
LIBRARY: Final = "cryptography"
HOW_TO_GET: Final = f"install peerstay[sign], which brings the package {LIBRARY}"
FINGERPRINT_DIGITS: Final = 32
MOST_OF_A_KEY: Final = 10_000  # bytes; one has some 120


class SigningError(OSError):
    """A key cannot be used; the message names the file, what is wrong and what helps."""


@dataclass(frozen=True)
class Signed:
    """Which key signed a bundle, and whether the signature is valid; None where that cannot be checked."""

    key: str  # its fingerprint
    holds: bool | None


def there() -> bool:
    """Whether the package that signs and checks is installed."""
    return find_spec(LIBRARY) is not None


def check_key(file: Path) -> None:
    """See that a private key can sign.

    Raises:
        SigningError: when it cannot, or the package is not there.
    """
    _key(file, private=True)


def signed(bundle: bytes, file: Path) -> bytes:
    """Return a bundle with a signature, made with the private key in a PEM file.

    Raises:
        SigningError: when the key cannot be used, or the package is not there.
    """
    key = _key(file, private=True)
    with zipfile.ZipFile(io.BytesIO(bundle)) as packed:
        parts = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    told = {
        "algorithm": ALGORITHM,
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        "signature": base64.b64encode(key.sign(_message(parts))).decode(),
    }
    return archive(parts | {SIGNATURE: (json.dumps(told, indent=2) + "\n").encode()})


def signature_of(parts: Mapping[str, bytes]) -> Signed | None:
    """Return by whom parts of a bundle are signed; nothing where they are not."""
    if SIGNATURE not in parts:
        return None
    try:
        told = json.loads(parts[SIGNATURE])
        if told["algorithm"] != ALGORITHM:
            return Signed("of another kind", holds=False)
        public, signature = (base64.b64decode(told[name], validate=True) for name in ("public_key", "signature"))
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        return Signed("that cannot be read", holds=False)
    return Signed(_fingerprint(public), _holds(public, signature, _message(parts)) if there() else None)


def fingerprint_of(file: Path) -> str:
    """Return the fingerprint of a public key in a PEM file.

    Raises:
        SigningError: when it is none, or the package is not there.
    """
    return _fingerprint(_key(file, private=False).public_bytes_raw())


def _holds(public: bytes, signature: bytes, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(file: Path, *, private: bool) -> Any:
    if not there():
        raise SigningError(how_to_get(LIBRARY, f"{file}: a key"))
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # an extra
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    kind = ed25519.Ed25519PrivateKey if private else ed25519.Ed25519PublicKey
    try:
        content = at_most(file, MOST_OF_A_KEY)
        key = (
            serialization.load_pem_private_key(content, None) if private else serialization.load_pem_public_key(content)
        )
    except OSError as fault:
        raise SigningError(f"{file}: {fault.strerror or fault}") from fault
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, kind):
        what, option = ("private", "genpkey -algorithm ed25519") if private else ("public", "pkey -pubout")
        raise SigningError(f"{file}: is no {what} Ed25519 key in PEM without a password; `openssl {option}` writes one")
    return key


def _message(parts: Mapping[str, bytes]) -> bytes:
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(parts.items()) if name != SIGNATURE}
    return json.dumps([CONTEXT, digests], separators=(",", ":"), ensure_ascii=True).encode()


def _fingerprint(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:FINGERPRINT_DIGITS]
