"""A kiosk as the hall sees it: bytes on the wire, right ones and wrong ones."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from offline_cache.envelope import GENESIS, Event, canonical, link, opened

COVERED: Final = ("@method", "@target-uri", "content-digest", "kiosk-id", "kiosk-epoch", "kiosk-counter")


def public_der(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def enrolment(code: str, key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """The body of ``POST /v1/enrol``; ``code`` is the whole KT1 code or the secret alone."""
    secret = code.split("-")[1] if code.startswith("KT1-") else code
    proof = key.sign(b"keting-enrol\0" + secret.encode(), ec.ECDSA(hashes.SHA256()))
    return {
        "code": secret,
        "key": base64.b64encode(public_der(key)).decode(),
        "proof": base64.b64encode(proof).decode(),
    }


@dataclass
class Terminal:
    """Identity, counter and chain of one kiosk; ``answer`` is what the hall said at its enrolment."""

    key: ec.EllipticCurvePrivateKey
    answer: dict[str, Any]
    host: str = "localhost:8443"
    counter: int = 0
    seq: int = 0
    head: bytes = GENESIS
    sent: list[bytes] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.answer["kiosk"])

    @property
    def epoch(self) -> int:
        return int(self.answer["epoch"])

    @property
    def number(self) -> str:
        return str(self.answer["number"])

    def event(self, kind: str, body: dict[str, Any], at: int, sealed: bytes | None = None) -> bytes:
        """The next link of the chain."""
        self.seq += 1
        raw = Event(self.id, self.epoch, self.seq, self.head, at, kind, body, sealed).encode()
        self.head = link(raw)
        self.sent.append(raw)
        return raw

    def headers(self, method: str, path: str, body: bytes = b"", **changed: str) -> dict[str, str]:
        """What a signed request carries; ``changed`` replaces identity and counter before signing."""
        self.counter += 1
        fields = {
            "kiosk-id": changed.get("kiosk", self.id),
            "kiosk-epoch": changed.get("epoch", str(self.epoch)),
            "kiosk-counter": changed.get("counter", str(self.counter)),
            "content-digest": f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:",
        }
        keyid = changed.get("keyid", f"{self.id}/{self.epoch}")
        covered = changed.get("covered", " ".join(COVERED)).split()
        label = changed.get("label", "sig1")
        values = {"@method": method, "@target-uri": f"https://{self.host}{path}", **fields}
        names = " ".join(f'"{name}"' for name in covered)
        params = f'({names});keyid="{keyid}"' + changed.get("more", "")
        lines = [f'"{name}": {values[name]}' for name in covered] + [f'"@signature-params": {params}']
        r, s = decode_dss_signature(self.key.sign("\n".join(lines).encode(), ec.ECDSA(hashes.SHA256())))
        signature = base64.b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()
        return {
            **fields,
            "host": self.host,
            "content-type": "application/cbor",
            "signature-input": f"{label}={params}",
            "signature": f"{label}=:{signature}:",
        }

    def reply(self, kind: str, document: bytes) -> dict[str, Any]:
        """What the hall said, if it was the hall: ``board``, ``ack`` and ``lease`` by its reply key."""
        name = "bundle" if kind in ("bundle", "day") else "reply"
        key = load_der_public_key(base64.b64decode(self.answer["keys"][name]))
        assert isinstance(key, ec.EllipticCurvePublicKey)
        return opened(kind, document, key)


def batch(events: Sequence[bytes]) -> bytes:
    return canonical(list(events))


def cbor(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)
