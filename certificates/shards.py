"""Kiosk keys in shards: a kiosk's keys lie together, and one paper needs one shard (format, section 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Final

from pydantic import Field, StringConstraints, model_validator

from certificates.cbor import Malformed, Refused
from certificates.cose import PublicKey, parsed
from certificates.documents import KEY, KEYS, TYPES, Host, Kid, Payload, Point, Time, content, issued, shaped
from certificates.keys import SigningKey, from_point, point
from certificates.root import Root

SHARDS: Final = 256


@dataclass(frozen=True, slots=True)
class KioskKey:
    """A key that signs certificates with nbf ≤ iat < exp, seconds since 1970. ``kiosk`` is the kiosk's name."""

    kid: bytes
    key: PublicKey = field(repr=False)
    kiosk: str
    nbf: int
    exp: int


class _Entry(Payload):
    host: Host
    kid: Kid
    key: Point
    kiosk: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    nbf: Time
    exp: Time

    @model_validator(mode="after")
    def _lasting(self) -> _Entry:
        if self.exp <= self.nbf:
            raise ValueError("a key that ends before it begins")
        return self


class _Shard(Payload):
    host: Host
    shard: Annotated[int, Field(ge=0, lt=SHARDS)]
    keys: list[Annotated[bytes, Field(max_length=TYPES[KEY].limit)]]


class Shard:
    """One shard as it was received; a key in it is believed when the kiosks' key signed its entry."""

    def __init__(self, root: Root, number: int, data: bytes) -> None:
        """Raises ``Refused``. The entries are looked at when they are asked for."""
        self._root = root
        self._number = number
        said = shaped(_Shard, root.opened(KEYS, data))
        if said.shard != number:
            raise Malformed("another shard")
        self._documents = said.keys

    def key(self, kid: bytes) -> KioskKey | None:
        """The key of this kid; None where the shard has none that can be believed."""
        try:
            return self._opened(self._entries[kid]) if kid in self._entries else None
        except Refused:
            return None

    def check(self) -> None:
        """Every entry, signatures included. Raises ``Refused``."""
        for data in self._entries.values():
            self._opened(data)

    @cached_property
    def _entries(self) -> dict[bytes, bytes]:
        """The entries by kid, signatures and points not checked: who needs one key checks one."""
        entries = {self._claimed(data).kid: data for data in self._documents}
        if len(entries) != len(self._documents) or list(entries) != sorted(entries):
            raise Malformed("kids out of order or twice")
        if any(kid[0] != self._number for kid in entries):
            raise Malformed("a kid of another shard")
        return entries

    def _claimed(self, data: bytes) -> _Entry:
        message = parsed(data, TYPES[KEY].limit)
        said = shaped(_Entry, content(KEY, message.payload))
        if message.typ != KEY or said.host != self._root.host:
            raise Malformed("not a kiosk's key of this hall")
        return said

    def _opened(self, data: bytes) -> KioskKey:
        said = shaped(_Entry, self._root.opened(KEY, data))
        return KioskKey(said.kid, from_point(said.key), said.kiosk, said.nbf, said.exp)


def make_entry(host: str, kid: bytes, key: PublicKey, kiosk: str, nbf: int, exp: int, signer: SigningKey) -> bytes:
    """One kiosk's key, by the kiosks' key. Raises ``Malformed``."""
    payload = {"host": host, "kid": kid, "key": point(key), "kiosk": kiosk, "nbf": nbf, "exp": exp}
    shaped(_Entry, payload)
    return issued(KEY, payload, signer)


def make_shard(host: str, number: int, entries: Mapping[bytes, bytes], key: SigningKey) -> bytes:
    """The shard of these entries, by kid; by the lists' key. Raises ``Malformed``."""
    if any(kid[0] != number for kid in entries):
        raise Malformed("a kid of another shard")
    payload = {"host": host, "shard": number, "keys": [entries[kid] for kid in sorted(entries)]}
    shaped(_Shard, payload)
    return issued(KEYS, payload, key)
