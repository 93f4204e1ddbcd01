"""Where a verifier keeps the lists between two days: a set of documents that changes all at once or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from certificates.cbor import Malformed, decoded, encoded

MOST: Final = 2_000
"""Documents on a shelf at most."""

LARGEST: Final = 2**22
_CONTENTS: Final = "contents"
_LOCK: Final = "lock"
_POLL_S: Final = 0.05
_NEW: Final = ".new-"
_NAME: Final = re.compile(r"[a-z]{1,16}(/[0-9a-f]{1,16})?")
_OURS: Final = re.compile(r"[0-9a-f]{64}|\.new-.*")


class Busy(OSError):
    """Another process has the shelf for itself, and did not let go of it in time."""


class Shelf(Protocol):
    """Documents by name: ``index``, ``keys/17``, ``cut/17616263``."""

    def get(self, name: str) -> bytes | None:
        """None where nothing was put; what was damaged since is no document, but it is not nothing."""

    def put(self, items: Mapping[str, bytes], drop: Collection[str]) -> None:
        """All of it or nothing, also when the power fails in the middle. Raises ``OSError``."""


class FolderShelf:
    """A shelf in a folder of its own, for one who writes at a time (``alone``) and any that read.

    Documents lie under their hashes and are never changed. ``contents`` says
    which name has which hash, and is replaced in one step: before it the shelf
    is the old one, after it the new one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: tuple[tuple[int, int, int], dict[str, bytes]] | None = None

    @contextmanager
    def alone(self, within: float) -> Iterator[None]:
        """From reading to putting, nobody else changes what lies here, if all ask for it in this way.

        Waits ``within`` seconds for who was first. Ends with the process, however
        that ends. Raises ``Busy``, or another ``OSError`` where nothing can be written.
        """
        deadline = time.monotonic() + within
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise Busy("another process changes them, and has not ended in time") from None
                    time.sleep(_POLL_S)
                else:
                    break
            yield
        finally:
            os.close(lock)

    def get(self, name: str) -> bytes | None:
        """Empty for a document that was damaged, and for every name where the contents are."""
        try:
            sha = self._contents().get(name)
        except Malformed:
            return b""
        return (self._document(sha) or b"") if sha is not None else None

    def put(self, items: Mapping[str, bytes], drop: Collection[str]) -> None:
        """All of it or nothing. Raises ``OSError``, and ``ValueError`` for a name that is none."""
        if not all(_NAME.fullmatch(name) for name in items):
            raise ValueError("a name that has no place on a shelf")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        contents = {name: sha for name, sha in self._known().items() if name not in drop}
        for name, data in items.items():
            contents[name] = hashlib.sha256(data).digest()
            if self._document(contents[name]) is None:
                self._write(contents[name].hex(), data)
        if len(contents) > MOST:
            raise ValueError("too many documents")
        self._sync()
        self._write(_CONTENTS, encoded(contents))
        self._sync()
        self._sweep({sha.hex() for sha in contents.values()})

    def _contents(self) -> dict[str, bytes]:
        """Name and hash of what is here. Read again only when it is another file. Raises ``Malformed``."""
        try:
            file = (self._folder / _CONTENTS).stat()
            which = (file.st_ino, file.st_mtime_ns, file.st_size)
            if self._last is None or self._last[0] != which:
                self._last = (which, _names(decoded(self._load(_CONTENTS), LARGEST)))
        except FileNotFoundError:
            return {}
        except OSError:
            raise Malformed("contents that can't be read") from None
        return self._last[1]

    def _known(self) -> dict[str, bytes]:
        """What a new set can build on: nothing where the contents are damaged."""
        try:
            return self._contents()
        except Malformed:
            return {}

    def _document(self, sha: bytes) -> bytes | None:
        try:
            data = self._load(sha.hex())
        except OSError:
            return None
        return data if hashlib.sha256(data).digest() == sha else None

    def _load(self, name: str) -> bytes:
        with (self._folder / name).open("rb") as file:
            return file.read(LARGEST + 1)

    def _write(self, name: str, data: bytes) -> None:
        """Durable, and there under its name only when it is whole."""
        handle, new = tempfile.mkstemp(prefix=_NEW, dir=self._folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self._folder / name)

    def _sync(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _sweep(self, kept: set[str]) -> None:
        """Away with what no name leads to: dropped documents, and what a power cut left."""
        for path in self._folder.iterdir():
            if _OURS.fullmatch(path.name) and path.name not in kept:
                path.unlink(missing_ok=True)


def _names(contents: object) -> dict[str, bytes]:
    match contents:
        case dict() if all(isinstance(name, str) and isinstance(sha, bytes) for name, sha in contents.items()):
            return contents
    raise Malformed("not the contents of a shelf")
