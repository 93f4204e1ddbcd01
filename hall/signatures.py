"""Who sent a request: RFC 9421 signatures of kiosks, as docs/sync.md lays them down.

The counter stands for the clock: it grows with every request, and the hall
serves none that is not larger than the last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)
from sqlalchemy import update
from sqlalchemy.orm import Session

from hall.models import Kiosk, Standing
from hall.refusal import Refusal

LABEL: Final = "sig1"
COVERED: Final = ("@method", "@target-uri", "content-digest", "kiosk-id", "kiosk-epoch", "kiosk-counter")
COUNTER_LIMIT: Final = 2**53

_KEYID: Final = re.compile(r"(K-[0-9]{3,6})/([1-9][0-9]{0,9})")
_COUNTER: Final = re.compile(r"[1-9][0-9]{0,15}")
_DIGEST: Final = re.compile(r"sha-256=:[A-Za-z0-9+/]{43}=:")
_METADATA: Final = {"keyid", "alg", "created"}


@dataclass(frozen=True, slots=True)
class Message:
    """A request as it came: what the signature is checked against."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Sender:
    """A kiosk whose signature held."""

    kiosk: str
    epoch: int
    counter: int


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, keyid: str, key: ec.EllipticCurvePublicKey) -> None:
        self._keyid, self._key = keyid, key

    def resolve_public_key(self, key_id: str) -> ec.EllipticCurvePublicKey | None:
        return self._key if key_id == self._keyid else None


class _Verifier(HTTPMessageVerifier):
    require_created = False

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """No clock is asked; the counter decides what is new."""


def sender(session: Session, message: Message) -> Sender:
    """The kiosk that signed ``message``.

    Raises ``Refusal``: 401 for a signature that doesn't hold, 403 for a kiosk that
    signs for another or is revoked or quarantined.
    """
    headers = message.headers
    claimed = _KEYID.fullmatch(f"{headers.get('kiosk-id', '')}/{headers.get('kiosk-epoch', '')}")
    counter = _COUNTER.fullmatch(headers.get("kiosk-counter", ""))
    keyid = re.search(r';keyid="([^"]{1,32})"', headers.get("signature-input", ""))
    if claimed is None or counter is None or keyid is None or int(counter[0]) >= COUNTER_LIMIT:
        raise Refusal(401, "signature")
    signer = _KEYID.fullmatch(keyid[1])
    kiosk = session.get(Kiosk, signer[1]) if signer else None
    if signer is None or kiosk is None or kiosk.epoch != int(signer[2]):
        raise Refusal(401, "signature")
    _check(message, keyid[1], kiosk)
    if signer[0] != claimed[0]:
        raise Refusal(403, "wrong-kiosk")
    _listened_to(kiosk)
    return Sender(kiosk.id, kiosk.epoch, int(counter[0]))


def admit(session: Session, by: Sender) -> Kiosk:
    """Take the request's counter, once and for ever, in the caller's transaction.

    Raises ``Refusal``: 401 for a counter that was seen, 403 where the kiosk has meanwhile been shut out.
    """
    taken = session.scalar(
        update(Kiosk)
        .where(Kiosk.id == by.kiosk, Kiosk.epoch == by.epoch, Kiosk.counter < by.counter)
        .values(counter=by.counter)
        .returning(Kiosk.id)
    )
    if taken is None:
        raise Refusal(401, "counter")
    kiosk = session.get_one(Kiosk, by.kiosk)
    _listened_to(kiosk)
    return kiosk


def _check(message: Message, keyid: str, kiosk: Kiosk) -> None:
    key = load_der_public_key(kiosk.key)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not _DIGEST.fullmatch(
        message.headers.get("content-digest", "")
    ):
        raise Refusal(401, "signature")
    verifier = _Verifier(signature_algorithm=algorithms.ECDSA_P256_SHA256, key_resolver=_OneKey(keyid, key))
    try:
        (held,) = verifier.verify(message, max_age=None, body=message.body)
    except (HTTPMessageSignaturesException, ValueError):
        raise Refusal(401, "signature") from None
    covered = {name.strip('"') for name in held.covered_components} - {"@signature-params"}
    if held.label != LABEL or covered != set(COVERED) or not set(held.parameters) <= _METADATA:
        raise Refusal(401, "signature")


def _listened_to(kiosk: Kiosk) -> None:
    if kiosk.state is Standing.REVOKED:
        raise Refusal(403, "revoked")
    if kiosk.state is Standing.QUARANTINED:
        raise Refusal(403, "fork")
