"""The root ceremony: two people, a machine of its own, a request from the hall, and a signed root to carry back.

The root's key is made here and stays here: neither the running hall nor its
backups ever hold it. What is printed is read aloud and compared at the hall.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from certificates.cbor import Malformed, Refused
from certificates.cose import PublicKey
from certificates.documents import KINDS, Host
from certificates.keys import FileKey, fingerprint, from_point, point
from certificates.root import Root, first, followed, made

YEAR_S: Final = 31_557_600
UPDATES: Final = "updates"
"""The kind whose key is made and kept with the root's: no hall has it, and no request names it."""

_REQUESTED: Final = tuple(kind for kind in KINDS if kind != UPDATES)

_HALL_FILES: Final = ("hall.sqlite", "seal.key", "keys/seal.key")
"""Any of these in a folder: a hall keeps its data there."""

_REQUEST_LIMIT: Final = 10_000
_Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{86}==$")]


class Stopped(Exception):
    """The ceremony went no further and no root was made. The text says why."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Where everything lies. ``previous`` is the root that the new one follows, ``new_key`` its key from then on."""

    request: Path
    key: Path
    out: Path
    previous: Path | None = None
    new_key: Path | None = None


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    host: Host
    keys: dict[str, _Base64]


def held(papers: Papers, host: str, years: int, now: int) -> tuple[Root, str]:
    """Signs the next root for ``host`` and writes it. Gives it back with the words to read aloud.

    ``now`` is seconds since 1970. Raises ``Stopped``.
    """
    if not 1 <= years <= 30:
        raise Stopped("a root holds for 1 to 30 years")
    for path in (papers.key, *([papers.new_key] if papers.new_key else [])):
        _outside(path)
    if papers.out.exists():
        raise Stopped(f"{papers.out.name} is there already; a root is never made twice under one name")
    keys = _requested(papers.request, host)
    before = _previous(papers.previous, host)
    if papers.new_key and before is None:
        raise Stopped("a first root has no key before it")
    signer = _signer(papers.key, before)
    new = _key(papers.new_key) if papers.new_key else None
    keys[UPDATES] = _updates(papers.key.parent / "updates.key", before)
    try:
        version = before.version + 1 if before else 1
        data = made(version, host, now, now + years * YEAR_S, keys, signer, new)
        root = followed(before, data) if before else first(data, host)
    except Refused as refused:
        raise Stopped(f"no root can be made of this: {refused}") from None
    _write(papers.out, data)
    return root, said(root)


def said(root: Root) -> str:
    """What is read aloud, line by line."""
    rows: Mapping[str, PublicKey] = {"root": root.root, **root.keys}
    return "\n".join(
        (f"{root.host}: root {root.version}", *(f"{kind:12}{fingerprint(key)}" for kind, key in rows.items()))
    )


def _outside(key: Path) -> None:
    for folder in key.resolve().parents:
        if any((folder / name).exists() for name in _HALL_FILES):
            raise Stopped(f"{folder} holds a hall's data; the root's key never lies there")
    if not key.resolve().parent.is_dir():
        raise Stopped(f"there is no folder for {key.name}")


def _requested(path: Path, host: str) -> dict[str, PublicKey]:
    try:
        with path.open("rb") as file:
            request = _Request.model_validate(json.loads(file.read(_REQUEST_LIMIT)))
        keys = {kind: from_point(base64.b64decode(text, validate=True)) for kind, text in request.keys.items()}
    except (OSError, ValidationError, ValueError, RecursionError, Malformed):
        raise Stopped(f"{path.name} is no request of a hall") from None
    if request.host != host:
        raise Stopped("the request is another hall's")
    if set(keys) != set(_REQUESTED):
        raise Stopped(f"the request does not name exactly the keys {', '.join(_REQUESTED)}")
    return keys


def _previous(path: Path | None, host: str) -> Root | None:
    if path is None:
        return None
    try:
        return first(_content(path), host)
    except Refused:
        raise Stopped(f"{path.name} is no root of this hall") from None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_REQUEST_LIMIT)
    except OSError as error:
        raise Stopped(f"{path.name} can't be read ({error.strerror})") from None


def _signer(path: Path, before: Root | None) -> FileKey:
    """The root's key: made for a first root, and the one that the root before names ever after."""
    if before is None:
        return _key(path)
    if not path.exists():
        raise Stopped(f"{path.name} is not there; it signs what follows root {before.version}")
    key = _key(path)
    if point(key.public()) != point(before.root):
        raise Stopped(f"{path.name} is not the key of root {before.version}")
    return key


def _updates(path: Path, before: Root | None) -> PublicKey:
    """The offline key for updates, which no hall has: what lies here, else the one before, else a new one."""
    return before.keys[UPDATES] if before and not path.exists() else _key(path).public()


def _key(path: Path) -> FileKey:
    """The key in ``path``, made where there is none."""
    try:
        if path.exists():
            return FileKey.load(path)
        key = FileKey.fresh()
        key.save(path)
    except (OSError, ValueError) as error:
        raise Stopped(f"{path.name}: {error}") from None
    return key


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Stopped(f"{path.name} can't be written ({error.strerror})") from None
