"""A bundle says who made it: the signature holds for the parts it was made for, and for one key."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from sim.takeaway import signing
from sim.takeaway.plain import archive
from sim.takeaway.reproduced import verdict_shape, verdict_text
from sim.takeaway.signing import SIGNATURE, SigningError, check_key, fingerprint_of, signature_of, signed
from tests.takeaway.test_bundle import Parts, parts, run

PLAIN = serialization.NoEncryption()


def written(folder: Path, name: str, key: ed25519.Ed25519PrivateKey | None = None) -> tuple[Path, Path]:
    """Write a key of somebody's and return the files of its private and its public half."""
    key = key or ed25519.Ed25519PrivateKey.generate()
    pem = serialization.Encoding.PEM
    files = folder / f"{name}.pem", folder / f"{name}.pub.pem"
    files[0].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, PLAIN))
    files[1].write_bytes(key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))
    return files


def signed_parts(folder: Path, key: Path) -> Parts:

    with zipfile.ZipFile(io.BytesIO(signed(archive(parts()), key))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_what_is_signed_holds_and_names_its_key(tmp_path: Path) -> None:
    private, public = written(tmp_path, "ann")
    told = signature_of(signed_parts(tmp_path, private))
    assert told is not None
    assert (told.holds, told.key) == (True, fingerprint_of(public))
    assert signature_of(parts()) is None


@pytest.mark.parametrize("name", list(parts()))
def test_a_signature_holds_for_no_part_that_was_changed_added_or_taken_out(tmp_path: Path, name: str) -> None:
    whole = signed_parts(tmp_path, written(tmp_path, "ann")[0])
    for changed in (
        whole | {name: whole[name] + b" "},
        whole | {"scenarios/more.toml": b""},
        {other: data for other, data in whole.items() if other != name},
    ):
        told = signature_of(changed)
        assert told is not None
        assert told.holds is False


def test_a_signature_by_another_key_under_this_ones_name_does_not_hold(tmp_path: Path) -> None:
    ann, bob = (signed_parts(tmp_path, written(tmp_path, name)[0]) for name in ("ann", "bob"))
    mixed = json.loads(bob[SIGNATURE]) | {"public_key": json.loads(ann[SIGNATURE])["public_key"]}
    told = signature_of(ann | {SIGNATURE: json.dumps(mixed).encode()})
    assert told is not None
    assert told.holds is False


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"[" * 100_000, b'{"algorithm": "none"}', b"\xff"])
def test_what_is_no_signature_holds_nothing(content: bytes) -> None:
    told = signature_of(parts() | {SIGNATURE: content})
    assert told is not None
    assert told.holds is False


def test_a_signed_bundle_is_made_again_and_the_wanted_key_is_looked_for(tmp_path: Path) -> None:
    private, public = written(tmp_path, "ann")
    file = tmp_path / "a.zip"
    file.write_bytes(signed(archive(parts()), private))
    told = run(file)
    assert told.same
    assert f"Signed with the key {fingerprint_of(public)}; the signature holds." in verdict_text(told)
    assert verdict_shape(told)["signature"] == {"key": fingerprint_of(public), "holds": True}
    assert not told.doubtful


def test_without_the_package_a_signature_is_neither_believed_nor_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, public = written(tmp_path, "ann")
    whole = signed_parts(tmp_path, private)
    monkeypatch.setattr(signing, "there", lambda: False)
    told = signature_of(whole)
    assert told is not None
    assert told.holds is None
    for used in (lambda: check_key(private), lambda: fingerprint_of(public)):
        with pytest.raises(SigningError, match=r"install peerstay\[sign\]"):
            used()


def test_what_is_no_key_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    private, public = written(tmp_path, "ann")
    other = ec.generate_private_key(ec.SECP256R1())
    locked = serialization.BestAvailableEncryption(b"secret")
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    own = ed25519.Ed25519PrivateKey.generate()
    for content in (
        b"",
        b"hello",
        public.read_bytes(),
        other.private_bytes(pem, pkcs8, PLAIN),
        own.private_bytes(pem, pkcs8, locked),
    ):
        file.write_bytes(content)
        with pytest.raises(SigningError, match=r"key\.pem: is no private Ed25519 key in PEM without a password"):
            check_key(file)
    with pytest.raises(SigningError, match=r"is no public Ed25519 key"):
        fingerprint_of(private)
