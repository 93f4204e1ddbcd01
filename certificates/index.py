"""The index: what is current, by hash, so that no part can be older than the whole (format, section 4.3)."""

from __future__ import annotations

import hashlib
from typing import Annotated, Final

from pydantic import Field, model_validator

from certificates.cbor import Malformed
from certificates.documents import INDEX, Hash, Host, Kid, Payload, Time, Version, issued, shaped
from certificates.keys import SigningKey
from certificates.root import Root
from certificates.shards import SHARDS
from certificates.status import LISTS

CUTS: Final = 1_024
"""Kiosk keys cut off at most."""


class Index(Payload):
    """What is current. ``next``: when a newer one is due at the latest, seconds since 1970.

    ``root`` is the version of the root it goes with; the rest are SHA-256 of whole documents.
    """

    version: Version
    host: Host
    iat: Time
    next: Time
    root: Version
    shards: Annotated[dict[Annotated[int, Field(ge=0, lt=SHARDS)], Hash], Field(max_length=SHARDS)]
    status: Annotated[dict[Annotated[int, Field(ge=0, lt=LISTS)], Hash], Field(max_length=LISTS)]
    cuts: Annotated[dict[Kid, Hash], Field(max_length=CUTS)]
    templates: Hash

    @model_validator(mode="after")
    def _later(self) -> Index:
        if self.next <= self.iat:
            raise ValueError("the next one is due before this one")
        return self

    def named(self) -> dict[str, bytes]:
        """Name and hash of every document; at the hall they lie below ``/lists/``."""
        return (
            {"templates": self.templates}
            | {f"keys/{shard}": sha for shard, sha in self.shards.items()}
            | {f"status/{number}": sha for number, sha in self.status.items()}
            | {f"cut/{kid.hex()}": sha for kid, sha in self.cuts.items()}
        )


def digest(document: bytes) -> bytes:
    """The hash by which the index names a document."""
    return hashlib.sha256(document).digest()


def opened_index(root: Root, data: bytes) -> Index:
    """The index in ``data``, which goes with ``root``. Raises ``Refused``."""
    index = shaped(Index, root.opened(INDEX, data))
    if index.root != root.version:
        raise Malformed("an index of another root")
    return index


def make_index(index: Index, key: SigningKey) -> bytes:
    """By the lists' key."""
    return issued(INDEX, index.model_dump(), key)
