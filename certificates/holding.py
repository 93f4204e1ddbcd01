"""Keeping the lists up to date: what is on the shelf, what the hall has newer, and never a step back.

On a shelf lie the ``index`` and all that it names, the roots that followed the
one that is trusted (``root/2``, …), and the ``mark``: how far back is back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from certificates.cbor import Malformed, Refused
from certificates.index import Index, digest, opened_index
from certificates.lists import Lists, Missing, OtherDocument
from certificates.mark import NAME as MARK
from certificates.mark import Mark, RolledBack, seen
from certificates.root import Root, followed
from certificates.shelf import Shelf

__all__ = ["Expired", "Fetch", "RolledBack", "load", "refresh"]

Fetch = Callable[[str], bytes | None]
"""The document at an address of the hall, ``/lists/index``; None where there is none. Raises ``OSError``."""

MOST: Final = 2**27
"""Bytes of all documents together at most."""

ROOTS: Final = 100
"""Versions of a root followed in one go at most."""


class Expired(Refused):
    """The root has expired: nothing that it certifies can be believed any more."""


def load(shelf: Shelf, pinned: Root) -> Lists | None:
    """What is held, all signatures and hashes checked again; None where anything is wrong or missing."""
    while (data := shelf.get("index")) is not None:
        root = _held_root(shelf, pinned)
        try:
            return Lists.read(root, _held(shelf, opened_index(root, data)) | {"index": data})
        except Refused:
            if shelf.get("index") == data:  # else it was changed while it was read
                return None
    return None


def refresh(shelf: Shelf, pinned: Root, fetch: Fetch, now: int) -> Lists:
    """The hall's lists of today, checked and on the shelf. ``now`` is seconds since 1970.

    Only documents that changed are fetched. Raises ``OSError`` where the hall
    or the shelf cannot be reached, ``Refused`` for what cannot be believed:
    ``RolledBack``, ``Expired``, ``Missing``, ``OtherDocument``, ``WrongSignature``,
    ``Malformed``, ``OtherHost``. Then the shelf is as it was.
    """
    try:
        return _refreshed(shelf, pinned, fetch, now)
    except (Missing, OtherDocument):  # the hall may have published while its documents were fetched
        return _refreshed(shelf, pinned, fetch, now)


def _refreshed(shelf: Shelf, pinned: Root, fetch: Fetch, now: int) -> Lists:
    held = _held_root(shelf, pinned)
    before = shelf.get("index") or b""
    old = _index(held, before)
    newest = seen(shelf, pinned, Mark.of(pinned, old, before) if old is not None else None)
    root, changed = _followed(held, fetch)
    if root.expired(now):
        raise Expired
    data = _fetched(fetch, "index")
    index = opened_index(root, data)
    mark = Mark.of(pinned, index, data)
    if newest is not None:
        newest.never_back(mark)
    documents = _held(shelf, index)
    fresh = [name for name in index.named() if name not in documents]
    total = sum(map(len, documents.values()))
    for name in fresh:
        changed[name] = documents[name] = _fetched(fetch, name)
        total += len(documents[name])
        if total > MOST:
            raise Malformed("more than a verifier can hold")
    lists = Lists.read(root, documents | {"index": data})
    for number in lists.index.shards:
        if f"keys/{number}" in changed:
            lists.shards[number].check()
    if data != before:
        changed["index"] = data
    if mark.encode() != shelf.get(MARK):
        changed[MARK] = mark.encode()
    if changed:
        shelf.put(changed, set(old.named()) - set(index.named()) if old else ())
    return lists


def _held_root(shelf: Shelf, pinned: Root) -> Root:
    """The newest root that the shelf leads to from the one that is trusted."""
    root = pinned
    try:
        while data := shelf.get(f"root/{root.version + 1}"):
            root = followed(root, data)
    except Refused:
        pass
    return root


def _followed(root: Root, fetch: Fetch) -> tuple[Root, dict[str, bytes]]:
    """The newest root the hall has, and the documents on the way."""
    found: dict[str, bytes] = {}
    while (data := fetch(f"/lists/root/{root.version + 1}")) is not None:
        if len(found) == ROOTS:
            raise Malformed("too many roots")
        root = followed(root, data)
        found[f"root/{root.version}"] = data
    return root, found


def _index(root: Root, data: bytes) -> Index | None:
    """The index on the shelf, also where something else there is damaged."""
    try:
        return opened_index(root, data)
    except Refused:
        return None


def _held(shelf: Shelf, index: Index) -> dict[str, bytes]:
    """What the shelf has of the documents that ``index`` names."""
    found = {name: shelf.get(name) for name in index.named()}
    return {name: data for name, data in found.items() if data is not None and digest(data) == index.named()[name]}


def _fetched(fetch: Fetch, name: str) -> bytes:
    data = fetch(f"/lists/{name}")
    if data is None:
        raise Missing(name)
    return data
