"""What a verifier goes by: one root, one index, and all that it names (docs/certificate-format.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from certificates.cbor import Malformed, Refused
from certificates.documents import CUT, STATUS, TEMPLATES, Hash, Host, Kid, Payload, Time, issued, shaped
from certificates.index import Index, digest, make_index, opened_index
from certificates.keys import SigningKey
from certificates.root import Root
from certificates.shards import KioskKey, Shard, make_entry, make_shard
from certificates.status import StatusBits, make_status, place, read
from certificates.template import Template, template
from certificates.wording import Wording, wording

__all__ = [
    "CutList",
    "Index",
    "KioskKey",
    "Lists",
    "Missing",
    "OtherDocument",
    "digest",
    "make_cut",
    "make_entry",
    "make_index",
    "make_shard",
    "make_status",
    "make_templates",
    "opened_index",
]


class Missing(Refused):
    """A document that the index names is not there."""


class OtherDocument(Refused):
    """A document that does not have the hash the index gives: older, newer, or somebody else's."""


@dataclass(frozen=True, slots=True)
class CutList:
    """A key that was cut off: only messages whose SHA-256 is in ``known`` are good."""

    kid: bytes
    known: frozenset[bytes] = field(repr=False)


class _Cut(Payload):
    host: Host
    kid: Kid
    at: Time
    known: list[Hash]


class _Templates(Payload):
    host: Host
    templates: list[Any]


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything that a check needs and no network. Every hash and signature was checked by ``read``."""

    host: str
    root: Root
    index: Index
    shards: Mapping[int, Shard] = field(repr=False)
    _status: Mapping[int, StatusBits] = field(repr=False)
    _cuts: Mapping[bytes, CutList] = field(repr=False)
    _templates: Mapping[tuple[int, int], dict[str, Any]] = field(repr=False)
    _read: dict[tuple[int, int], Wording | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, root: Root, documents: Mapping[str, bytes]) -> Lists:
        """The lists in these documents: ``index`` and whatever it names (``keys/17``, ``cut/17616263``, …).

        Raises ``Refused``: ``Missing``, ``OtherDocument``, ``Malformed``, ``WrongSignature``, ``OtherHost``.
        """
        if "index" not in documents:
            raise Missing("index")
        index = opened_index(root, documents["index"])
        for name, sha in index.named().items():
            if name not in documents:
                raise Missing(name)
            if digest(documents[name]) != sha:
                raise OtherDocument(name)
        return cls(
            root.host,
            root,
            index,
            {number: Shard(root, number, documents[f"keys/{number}"]) for number in index.shards},
            {
                number: read(root.opened(STATUS, documents[f"status/{number}"]), root.host, number)
                for number in index.status
            },
            {kid: _cut(root, kid, documents[f"cut/{kid.hex()}"]) for kid in index.cuts},
            _by_version(shaped(_Templates, root.opened(TEMPLATES, documents["templates"])).templates),
        )

    @property
    def iat(self) -> int:
        return self.index.iat

    def expired(self, now: int) -> bool:
        """Whether the root behind these lists certifies nothing any more."""
        return self.root.expired(now)

    def key(self, kid: bytes) -> KioskKey | None:
        """The kiosk's key of this kid, expired or not; None where no shard has it."""
        shard = self.shards.get(kid[0]) if kid else None
        return shard.key(kid) if shard else None

    def cut(self, kid: bytes) -> CutList | None:
        return self._cuts.get(kid)

    def status(self, index: int) -> bool | None:
        """Whether the certificate of this status index is revoked; None where its list is not in the index."""
        number, bit = place(index)
        bits = self._status.get(number)
        return None if bits is None else bits[bit]

    @property
    def templates(self) -> tuple[Template, ...]:
        """Every version of every template that this software can issue by, by type and version."""
        found = (self.template(*which) for which in self._templates)
        return tuple(each for each in found if each is not None)

    def template(self, type: int, version: int) -> Template | None:
        """The template whole, as it is issued by; None where there is none, or it came after this software.

        Nobody issues by what no verifier reads.
        """
        try:
            return template(self._templates[type, version]) if self.wording(type, version) else None
        except Malformed:
            return None

    def wording(self, type: int, version: int) -> Wording | None:
        """What verifiers read of a template; None where there is none, or it came after this software."""
        which = (type, version)
        if which not in self._read:
            try:
                self._read[which] = wording(self._templates[which]) if which in self._templates else None
            except Malformed:
                self._read[which] = None
        return self._read[which]


def make_cut(host: str, kid: bytes, at: int, known: Iterable[bytes], key: SigningKey) -> bytes:
    """``known``: SHA-256 of each message the hall had received before ``at``. By the lists' key."""
    payload = {"host": host, "kid": kid, "at": at, "known": sorted(set(known))}
    shaped(_Cut, payload)
    return issued(CUT, payload, key)


def make_templates(host: str, templates: Iterable[Template], key: SigningKey) -> bytes:
    """All versions that were ever published. By the templates' key. Raises ``Malformed`` for what nobody could read."""
    ordered = sorted(templates, key=lambda each: (each.type, each.version))
    payload = {"host": host, "templates": [each.data() for each in ordered]}
    for each in _by_version(shaped(_Templates, payload).templates).values():
        wording(each)
    return issued(TEMPLATES, payload, key)


def _cut(root: Root, kid: bytes, data: bytes) -> CutList:
    said = shaped(_Cut, root.opened(CUT, data))
    known = frozenset(said.known)
    if said.kid != kid:
        raise Malformed("the cut list of another key")
    if len(known) != len(said.known) or said.known != sorted(said.known):
        raise Malformed("hashes out of order or twice")
    return CutList(said.kid, known)


def _by_version(templates: list[Any]) -> dict[tuple[int, int], dict[str, Any]]:
    """The templates by type and version; what has neither is none. Raises ``Malformed``: out of order or twice."""
    named = [(which, each) for each in templates if (which := _named(each)) is not None]
    order = [which for which, _ in named]
    if order != sorted(set(order)):
        raise Malformed("templates out of order or twice")
    return dict(named)


def _named(value: Any) -> tuple[int, int] | None:
    """Type and version of a template, whatever else is in it."""
    match value:
        case {"type": int() as kind, "version": int() as version} if type(kind) is type(version) is int:
            return (kind, version) if 0 < kind < 2**16 and 0 < version < 2**16 else None
    return None
