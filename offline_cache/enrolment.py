"""How a kiosk comes to its hall: one code, good once, that carries the fingerprint of the hall's CA."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import re
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from offline_cache import leases, outbox
from offline_cache.clock import Clock
from offline_cache.envelope import Refused
from offline_cache.errors import Offline, Portal, TooLong, WrongHall
from offline_cache.facts import fact, put_fact
from offline_cache.kiosk_key import KioskKey
from offline_cache.store import Store
from offline_cache.wire import CONNECT, DEADLINE, Wire, ended_after

_CODE: Final = re.compile(r"KT1-([A-Z2-7]{26})-([A-Z2-7]{52})")
_LIMIT: Final = 64 * 1024
_FACT: Final = "enrolment"
_PROOF: Final = b"keting-enrol\0"


@dataclass(frozen=True, slots=True)
class Code:
    """The one-time secret and the SHA-256 of the CA certificate it vouches for."""

    secret: str = field(repr=False)
    fingerprint: bytes


class _Place(BaseModel):
    zh: Annotated[str, StringConstraints(max_length=200)]
    en: Annotated[str, StringConstraints(max_length=200)]


class _Keys(BaseModel):
    bundle: Annotated[str, StringConstraints(max_length=500)]
    reply: Annotated[str, StringConstraints(max_length=500)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")
    kiosk: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,32}$")]
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}$")]
    epoch: Annotated[int, Field(strict=True, ge=1, lt=2**31)]
    hall: Annotated[str, StringConstraints(max_length=200)]
    place: _Place
    keys: _Keys
    seal: Annotated[str, StringConstraints(max_length=100)]
    url: Annotated[str, StringConstraints(pattern=r"^https://[^/?#@\s]+$", max_length=300)]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the kiosk is to its hall, and whom it obeys."""

    kiosk: str
    number: str
    epoch: int
    hall: str
    place_zh: str
    place_en: str
    url: str
    ca: str = field(repr=False)
    bundle_key: ec.EllipticCurvePublicKey = field(repr=False)
    reply_key: ec.EllipticCurvePublicKey = field(repr=False)
    seal_key: X25519PublicKey = field(repr=False)


def parse(text: str) -> Code:
    """The code as typed: case and blanks do not matter. Raises ``Refused``."""
    found = _CODE.fullmatch("".join(text[:400].split()).upper())
    if found is None:
        raise Refused("not an enrolment code")
    return Code(found[1], base64.b32decode(found[2] + "===="))


def enrol(text: str, url: str, store: Store, key: KioskKey, clock: Clock) -> Enrolment:
    """Enrol at the hall on ``url`` (``https://host:port``) and keep the result.

    Raises ``Refused`` for a bad code or answer, ``WrongHall`` when the CA is not
    the code's, and every other ``SyncError``; then nothing has changed here.
    """
    code = parse(text)
    host = urlsplit(url)
    if host.scheme != "https" or not host.hostname:
        raise Refused("not an https address")
    offered = _fetch_ca(host.hostname, host.port or 443)
    certificate = _certificate(offered)
    if not hmac.compare_digest(hashlib.sha256(certificate).digest(), code.fingerprint):
        raise WrongHall("not the CA of the code")
    pem = ssl.DER_cert_to_PEM_cert(certificate)
    ca = ca_file(store.folder / "hall-ca.asked.pem", pem)
    asked = {
        "code": code.secret,
        "key": base64.b64encode(key.public()).decode(),
        "proof": base64.b64encode(key.sign(_PROOF + code.secret.encode())).decode(),
    }
    wire = Wire(ca)
    try:
        request = wire.prepare(
            "POST", f"{url.rstrip('/')}/v1/enrol", {"Content-Type": "application/json"}, json.dumps(asked).encode()
        )
        answer = wire.exchange(request, _LIMIT)
    finally:
        wire.close()
    kept = json.dumps({"ca": pem, "answer": answer.decode("utf-8", "replace")}).encode()
    enrolment = _read(kept)
    with store.transaction() as database:
        put_fact(database, _FACT, kept)
        outbox.begin(database, enrolment.kiosk, enrolment.epoch)
        leases.begin_own_series(database, clock.day(), enrolment.epoch)
    ca_file(ca_path(store.folder), pem)
    return enrolment


def enrolled(store: Store) -> Enrolment | None:
    """What an earlier ``enrol`` kept; None for a kiosk that has no hall, or no longer knows it."""
    kept = fact(store, _FACT)
    try:
        enrolment = _read(kept) if isinstance(kept, bytes) else None
    except Refused:
        enrolment = None
    if enrolment is None:
        return None
    ca_file(ca_path(store.folder), enrolment.ca)
    return enrolment


def ca_path(folder: Path) -> Path:
    return folder / "hall-ca.pem"


def ca_file(path: Path, pem: str) -> Path:
    """The one CA that counts, in ``path``, where the TLS library looks for it."""
    if not path.exists() or path.read_text() != pem:
        new = path.with_suffix(".new")
        new.write_text(pem)
        new.replace(path)
    return path


def _read(kept: bytes) -> Enrolment:
    try:
        whole = json.loads(kept)
        answer = _Answer.model_validate_json(whole["answer"])
        seal = X25519PublicKey.from_public_bytes(base64.b64decode(answer.seal, validate=True))
        bundle, reply = _p256(answer.keys.bundle), _p256(answer.keys.reply)
    except (ValidationError, ValueError, KeyError, TypeError):
        raise Refused("not an enrolment as agreed") from None
    if answer.keys.bundle == answer.keys.reply:
        raise Refused("one key for two kinds")
    return Enrolment(
        answer.kiosk,
        answer.number,
        answer.epoch,
        answer.hall,
        answer.place.zh,
        answer.place.en,
        answer.url,
        whole["ca"],
        bundle,
        reply,
        seal,
    )


def _p256(text: str) -> ec.EllipticCurvePublicKey:
    key = load_der_public_key(base64.b64decode(text, validate=True))
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not P-256")
    return key


def _certificate(pem: bytes) -> bytes:
    try:
        return x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)
    except ValueError:
        raise Portal("no certificate where the hall's CA should be") from None


def _fetch_ca(host: str, port: int) -> bytes:
    """The PEM that somebody at ``host`` gives out: not trusted, only hashed."""
    anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anyone.check_hostname = False
    anyone.verify_mode = ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), CONNECT) as plain,
            ended_after(DEADLINE, plain.dup()),
            anyone.wrap_socket(plain, server_hostname=host) as connection,
        ):
            connection.sendall(f"GET /v1/ca HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            pem = answer.read(_LIMIT + 1)
    except (OSError, http.client.HTTPException) as error:
        raise Offline(type(error).__name__) from error
    if answer.status != 200:
        raise Portal(f"status {answer.status}")
    if len(pem) > _LIMIT:
        raise TooLong("CA certificate")
    return pem
