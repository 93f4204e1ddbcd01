"""A kiosk as far as certificates go: its key, its indices, the papers it signs and what it tells the hall of them."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from certificates import ceremony, code, holding
from certificates.claims import Claims, masked
from certificates.keys import FileKey, point
from certificates.library import load as load_templates
from certificates.lists import Lists
from certificates.root import Root
from certificates.template import Template
from hall.certificates import publishing, roots
from offline_cache.envelope import seal
from tests.hall.conftest import DAY, Counter
from tests.hall.terminal import Terminal

NAME: Final = "王小明"
NUMBER: Final = "990000195103070020"
HOST: Final = "localhost:8443"

TEMPLATES: Final = {each.kind: each for each in load_templates()}


def hold_ceremony(counter: Counter, folder: Path, **chosen: Any) -> Root:
    """A root for the hall of ``counter``; its key stays in ``folder``."""
    hall = counter.hall
    folder.mkdir(exist_ok=True)
    request = folder / "request.json"
    request.write_text(json.dumps(roots.request(hall.settings.authority, hall.keys)))
    version = roots.newest(hall.settings.roots) + 1
    out = folder / f"root-{version}.cbor"
    previous = folder / f"root-{version - 1}.cbor" if version > 1 else None
    papers = ceremony.Papers(
        request, chosen.pop("key", folder / "root.key"), out, previous, chosen.pop("new_key", None)
    )
    ceremony.held(papers, hall.settings.authority, 10, hall.now() // 1000)
    return roots.install(hall.settings.roots, hall.settings.authority, hall.keys, out.read_bytes())


def proof(terminal: Terminal, key: FileKey, **changed: Any) -> bytes:
    said = f"{changed.get('kiosk', terminal.id)}\0{changed.get('epoch', terminal.epoch)}".encode()
    r, s = key.sign(b"keting-certificate-key\0" + said + point(key.public()))
    return r.to_bytes(32) + s.to_bytes(32)


@dataclass
class Paper:
    """One copy, signed."""

    claims: Claims
    signed: bytes
    kid: bytes

    @property
    def id(self) -> str:
        return self.claims.short_code

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.signed).digest()

    @property
    def text(self) -> str:
        """What its QR code holds."""
        return code.text(self.signed, self.id, HOST)


@dataclass
class Machine:
    """``terminal`` with a certificate key of its own, at the hall of ``counter``."""

    counter: Counter
    terminal: Terminal
    key: FileKey = field(default_factory=FileKey.fresh)
    kid: bytes = b""
    indices: list[int] = field(default_factory=list)

    def ready(self) -> Machine:
        """With a key that is listed and a block of indices."""
        self.kid = self.register()["kid"]
        self.indices = self.lease()
        return self

    def register(self) -> dict[str, Any]:
        wish = {"key": point(self.key.public()), "proof": proof(self.terminal, self.key)}
        return self._ask("certificate-key", wish)

    def lease(self, left: int = 0) -> list[int]:
        return list(self._ask("indices", {"left": left})["indices"])

    def sign(self, kind: str = "social-insurance", name: str = NAME, number: str = NUMBER, **changed: Any) -> Paper:
        """A certificate of the kind, with what a record would say."""
        template = TEMPLATES[kind]
        iat = changed.pop("iat", self.counter.clock.ms // 1000)
        claims = Claims(
            type=template.type,
            version=template.version,
            iat=iat,
            exp=iat + template.issue.valid_days * 86_400,
            cti=secrets.token_bytes(10),
            status=changed.pop("status") if "status" in changed else self.indices.pop(),
            name=name,
            masked=masked(number),
            fields=tuple(sample(template)),
        )
        return self.signed(replace(claims, **changed))

    def signed(self, claims: Claims) -> Paper:
        return Paper(claims, code.sign(claims, self.key, self.kid), self.kid)

    def copied(self, paper: Paper, copy: int = 2) -> Paper:
        return self.signed(replace(paper.claims, copy=copy))

    def issued(self, paper: Paper, name: str = NAME, number: str = NUMBER, /, **changed: Any) -> bytes:
        """The event of a new certificate."""
        claims = paper.claims
        body = {
            "id": paper.id,
            "reference": f"{self.terminal.id.replace('-', '')}-{self.terminal.epoch}-{self.terminal.seq + 1:06d}",
            "day": DAY,
            "kind": next(each.kind for each in TEMPLATES.values() if each.type == claims.type),
            "type": claims.type,
            "version": claims.version,
            "status": claims.status,
            "kid": paper.kid,
            "copy": claims.copy,
            "digest": paper.digest,
            "person": bytes(32),
            "iat": claims.iat,
            "exp": claims.exp,
            "paper": "a4",
            "language": "zh-Hans",
        }
        sealed = {"signed": b64encode(paper.signed).decode(), "name": name, "number": number, "document": "id-card"}
        return self._event("certificate.issued", body | changed, sealed)

    def reprinted(self, paper: Paper, /, **changed: Any) -> bytes:
        body = {
            "id": paper.id,
            "copy": paper.claims.copy,
            "kid": paper.kid,
            "digest": paper.digest,
            "paper": "80mm",
        }
        return self._event("certificate.copied", body | changed, {"signed": b64encode(paper.signed).decode()})

    def settled(self, paper: Paper, outcome: str = "printed", copy: int = 1, fault: str | None = None) -> bytes:
        body = {"id": paper.id, "copy": copy, "outcome": outcome, "fault": fault}
        return self.terminal.event("certificate.settled", body, self.counter.clock.ms)

    def found(self, paper: Paper, found: str = "whole", copy: int = 1) -> bytes:
        body = {"id": paper.id, "copy": copy, "found": found, "by": "T-014"}
        return self.terminal.event("certificate.found", body, self.counter.clock.ms)

    def send(self, *events: bytes) -> dict[str, Any]:
        return self.counter.send(self.terminal, *events)

    def issue(self, kind: str = "social-insurance", **changed: Any) -> Paper:
        """A certificate that was printed and told to the hall."""
        paper = self.sign(kind, **changed)
        assert self.send(self.issued(paper), self.settled(paper))["parked"] == []
        return paper

    def _event(self, kind: str, body: dict[str, Any], sealed: dict[str, str]) -> bytes:
        key = self.counter.hall.keys.seal.public_key()
        return self.terminal.event(kind, body, self.counter.clock.ms, seal(sealed, body["id"], key))

    def _ask(self, kind: str, wish: dict[str, Any]) -> dict[str, Any]:
        answer = self.counter.ask(self.terminal, "POST", f"/v1/{kind}", wish)
        assert answer.status_code == 200, answer.text
        return self.terminal.reply(kind, answer.content)


def sample(template: Template) -> list[str | int | None]:
    """A value for every field."""
    values: dict[str, str | int] = {"text": "某某单位", "date": 40_000, "month": 1_500, "integer": 3, "money": 812_300}
    return [min(each.choices) if each.choices else values[each.kind.value] for each in template.fields]


class Basket:
    """A verifier's shelf, in memory."""

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self.items.get(name)

    def put(self, items: Mapping[str, bytes], drop: Any) -> None:
        self.items = {name: data for name, data in self.items.items() if name not in drop} | dict(items)


@dataclass
class Verifier:
    """Somebody with the root in hand, who fetches the lists as anybody may."""

    counter: Counter
    root: Root
    shelf: Basket = field(default_factory=Basket)

    def lists(self) -> Lists:
        return holding.refresh(self.shelf, self.root, self.fetch, self.counter.clock.ms // 1000)

    def fetch(self, path: str) -> bytes | None:
        answer = self.counter.client.request("GET", path)
        assert answer.status_code in (200, 404), answer.text
        return answer.content if answer.status_code == 200 else None


def publish(counter: Counter) -> None:
    with counter.hall.store.writing() as session:
        publishing.publish(session, counter.hall)
