"""How far back is back: the newest index that was ever taken, remembered beside the lists themselves."""

from __future__ import annotations

from typing import Final

from certificates.cbor import Malformed, Refused, decoded, encoded
from certificates.documents import Hash, Payload, Time, Version, shaped
from certificates.index import Index, digest
from certificates.root import Root
from certificates.shelf import Shelf

NAME: Final = "mark"
"""Where a mark lies on a shelf; no document of a hall is called so."""

_LONGEST: Final = 256
_SHA: Final = 32


class RolledBack(Refused):
    """The hall, or whoever answers for it, shows an older index than one that was seen before."""


class Mark(Payload):
    """``version``, ``iat`` and hash of the highest index, the version of its ``root``, and who was trusted then.

    ``pinned`` is the hash of the root document that was handed over by hand:
    whoever is handed another one starts anew.
    """

    pinned: Hash
    root: Version
    version: Version
    iat: Time
    index: Hash

    @classmethod
    def of(cls, pinned: Root, index: Index, data: bytes) -> Mark:
        """That ``index``, the document ``data``, was taken by who trusts ``pinned``."""
        return cls(
            pinned=digest(pinned.data), root=index.root, version=index.version, iat=index.iat, index=digest(data)
        )

    @classmethod
    def read(cls, data: bytes) -> Mark:
        """The mark of ``encode``. Raises ``Malformed``, also where one bit of it is another."""
        said, sha = data[:-_SHA], data[-_SHA:]
        if digest(said) != sha:
            raise Malformed("a damaged mark")
        match decoded(said, _LONGEST):
            case dict() as payload:
                return shaped(cls, payload)
        raise Malformed("no mark")

    def encode(self) -> bytes:
        """With its own hash behind it: nobody signs a mark."""
        said = encoded(self.model_dump())
        return said + digest(said)

    def never_back(self, new: Mark) -> None:
        """Raises ``RolledBack`` where ``new`` is older than this."""
        if new.root < self.root:
            raise RolledBack("an older root")
        if new.version < self.version:
            raise RolledBack("an older index")
        if new.version == self.version and new.index != self.index:
            raise RolledBack("two indices of one version")
        if new.iat < self.iat:
            raise RolledBack("a newer index with an earlier time")


def seen(shelf: Shelf, pinned: Root, held: Mark | None) -> Mark | None:
    """The newest that is known to have been seen; ``held`` is of the index on the shelf, where that can be read.

    Mark and index are put down together and each stands for the other: either
    may be damaged. Where both are, nobody knows what was seen, and no index is
    taken before the shelf was emptied by hand. Raises ``RolledBack``.
    """
    data = shelf.get(NAME)
    try:
        mark = Mark.read(data) if data is not None else None
    except Refused:
        if held is None:
            raise RolledBack("what was seen before can't be read; empty the place where lists are kept") from None
        return held
    if mark is None or mark.pinned != digest(pinned.data):
        return held
    return mark if held is None or held.version <= mark.version else held
