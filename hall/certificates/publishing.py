"""The certificate lists, made from the tables whenever something in them changes.

One call makes, in the caller's transaction, every document whose content has
changed and an index over all of them. Versions only grow and ``iat`` never goes
back. What was made lies on a shelf beside the database, which a restore forgets.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from certificates.cbor import encoded
from certificates.keys import SigningKey, from_point, key_id
from certificates.lists import Index, digest, make_cut, make_entry, make_index, make_shard, make_status, make_templates
from certificates.root import Root
from certificates.shelf import FolderShelf
from certificates.status import BITS, LISTS
from hall import marks
from hall.certificates import indices, roots
from hall.certificates.models import CertificateCut, CertificateKey, ListDocument, Revocation
from hall.state import Hall

INDEX: Final = "index"
VERSION: Final = "index-version"
IAT: Final = "index-iat"
REVOKED: Final = "revocations-published"


def version(session: Session) -> int:
    """The version of the index that is served; 0 before the first root is installed."""
    return marks.number(session, VERSION) if session.get(ListDocument, INDEX) else 0


def document(session: Session, name: str) -> ListDocument | None:
    """What is served under ``/lists/<name>``: ``index``, ``keys/17``, ``status/0``, ``cut/17616263``, ``templates``."""
    return session.get(ListDocument, name)


def due(session: Session, hall: Hall) -> bool:
    """Whether to publish: for the index's age, a root that was installed, or papers that were never printed.

    Never without a root that is good today.
    """
    return _behind(session, hall) and _root(session, hall) is not None


def _behind(session: Session, hall: Hall) -> bool:
    index = session.get(ListDocument, INDEX)
    if index is None or index.source != _index_source(hall):
        return True
    if _revocations(session) != marks.number(session, REVOKED):
        return True
    return not 0 <= hall.now() - index.made_at < _life(hall) * 1000 // 4


def _root(session: Session, hall: Hall) -> Root | None:
    return roots.current(hall.settings.roots, hall.settings.authority, hall.keys, _at(session, hall))


def _at(session: Session, hall: Hall) -> int:
    """The time of an index made now: never before that of the last."""
    return max(hall.now() // 1000, marks.number(session, IAT))


def lists_missing(session: Session) -> bool:
    """Whether a status list should be published that is not."""
    return version(session) > 0 and session.get(ListDocument, f"status/{_ahead(session)}") is None


def publish(session: Session, hall: Hall) -> None:
    """Bring the documents up to the tables. Without a root that is good today nothing changes."""
    session.flush()
    at, root = _at(session, hall), _root(session, hall)
    if root is None:
        return
    held = {row.name: row for row in session.scalars(select(ListDocument))}
    wanted = {each.name: each for each in _wanted(session, hall, at)}
    fresh = {name: each for name, each in wanted.items() if name not in held or held[name].source != each.source}
    for name, row in held.items():
        if name in wanted and name.startswith("status/") and hall.now() - row.made_at >= _life(hall) * 1000:
            fresh[name] = wanted[name]  # else it would end before the index does
    gone = set(held) - set(wanted) - {INDEX}
    if not fresh and not gone and not _behind(session, hall):
        return
    made = {name: each.make() for name, each in fresh.items()}
    hashes = {name: digest(made[name]) if name in made else held[name].hash for name in wanted}
    number = marks.number(session, VERSION) + 1
    made[INDEX] = make_index(_index(hall, number, at, root.version, hashes), hall.keys.lists)
    for name, data in made.items():
        source = wanted[name].source if name in wanted else _index_source(hall)
        session.merge(ListDocument(name=name, hash=digest(data), data=data, source=source, made_at=hall.now()))
    session.execute(delete(ListDocument).where(ListDocument.name.in_(gone)))
    marks.put(session, VERSION, number)
    marks.put(session, IAT, at)
    marks.put(session, REVOKED, _revocations(session))
    session.flush()
    FolderShelf(hall.settings.published).put(made, gone)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A document as it should be; ``source`` is the digest of what it says and of who signs it."""

    name: str
    source: bytes
    make: Callable[[], bytes]


def _wanted(session: Session, hall: Hall, at: int) -> Iterator[_Wanted]:
    host, keys = hall.settings.authority, hall.keys
    templates = [hall.templates[which] for which in sorted(hall.templates)]
    says: Any = [template.data() for template in templates]
    yield _Wanted(
        "templates",
        _source(hall, says, keys.templates),
        partial(make_templates, host, templates, keys.templates),
    )
    for number, shard in _shards(session).items():
        says = [[key.kid, key.point, key.kiosk, key.nbf, key.exp] for key in shard]
        yield _Wanted(
            f"keys/{number}", _source(hall, says, keys.lists, keys.kiosks), partial(_shard, hall, number, shard)
        )
    for number, bits in _revoked(session).items():
        make = partial(make_status, host, number, bits, at, at + 2 * _life(hall), _life(hall) // 4, keys.lists)
        yield _Wanted(f"status/{number}", _source(hall, bits, keys.lists), make)
    for cut in session.scalars(select(CertificateCut)):
        yield _Wanted(
            f"cut/{cut.kid.hex()}",
            _source(hall, [cut.at, cut.messages], keys.lists),
            partial(make_cut, host, cut.kid, cut.at, cut.messages, keys.lists),
        )


def _shards(session: Session) -> dict[int, list[CertificateKey]]:
    shards: defaultdict[int, list[CertificateKey]] = defaultdict(list)
    for key in session.scalars(select(CertificateKey).order_by(CertificateKey.kid)):
        shards[key.kid[0]].append(key)
    return dict(shards)


def _shard(hall: Hall, number: int, shard: list[CertificateKey]) -> bytes:
    host = hall.settings.authority
    entries = {
        key.kid: make_entry(host, key.kid, from_point(key.point), key.kiosk, key.nbf, key.exp, hall.keys.kiosks)
        for key in shard
    }
    return make_shard(host, number, entries, hall.keys.lists)


def _revoked(session: Session) -> dict[int, list[int]]:
    """The bits of each list that indices were or may have been drawn from, and of the next."""
    lists: dict[int, list[int]] = {number: [] for number in range(_ahead(session) + 1)}
    for status in session.scalars(select(Revocation.status).order_by(Revocation.status)):
        lists.setdefault(status // BITS, []).append(status % BITS)
    return lists


def _ahead(session: Session) -> int:
    """The list after the one that is drawn from: who holds yesterday's lists knows it when its first paper comes."""
    return min(indices.current(session) + 1, LISTS - 1)


def _revocations(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Revocation)) or 0


def _index(hall: Hall, number: int, at: int, root: int, hashes: dict[str, bytes]) -> Index:
    def part(folder: str) -> dict[str, bytes]:
        return {name.partition("/")[2]: sha for name, sha in hashes.items() if name.startswith(f"{folder}/")}

    return Index(
        version=number,
        host=hall.settings.authority,
        iat=at,
        next=at + _life(hall),
        root=root,
        shards={int(shard): sha for shard, sha in part("keys").items()},
        status={int(status): sha for status, sha in part("status").items()},
        cuts={bytes.fromhex(kid): sha for kid, sha in part("cut").items()},
        templates=hashes["templates"],
    )


def _index_source(hall: Hall) -> bytes:
    return _source(hall, roots.newest(hall.settings.roots), hall.keys.lists)


def _source(hall: Hall, says: Any, *signers: SigningKey) -> bytes:
    ids = [key_id(signer.public()) for signer in signers]
    return hashlib.sha256(encoded([hall.settings.authority, ids, says])).digest()


def _life(hall: Hall) -> int:
    """Seconds from an index to its ``next``."""
    return hall.settings.list_hours * 3600
