"""Where a machine keeps its keys: each under a name, found again after a start. Files, or a token."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from certificates.keys import FileKey, KeysGone, SigningKey

NAME: Final = re.compile(r"[a-z0-9]{1,32}")
"""What a key of ours is called; whatever has another name where the keys are is somebody else's."""


class KeyStore(Protocol):
    """Keys by name (``NAME``).

    Everything but ``held`` may take seconds and is never called on a thread that draws.
    """

    def held(self) -> Mapping[str, SigningKey]:
        """What was here at the last look; nothing while the keys are gone. Never waits."""

    def look(self) -> None:
        """See what is here now. Raises ``KeysGone``, and then nothing is held."""

    def make(self, name: str) -> SigningKey:
        """A new key of P-256, durable before it is given out. Raises ``KeysGone``."""

    def rename(self, name: str, new: str) -> None:
        """In one step that happens or does not. Raises ``KeysGone``."""

    def forget(self, name: str) -> None:
        """Destroy the key. Raises ``KeysGone``."""

    def close(self) -> None:
        """Let go of what was opened; the keys stay where they are."""


class FileKeys:
    """``<name>.pem`` in a folder that only its owner enters.

    What can be read is held from the start. ``look`` judges the folder as a whole: a
    key of ours that can't be read is not taken for one that never was, since another
    would be asked for in its place.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._held, _ = self._read()

    def held(self) -> Mapping[str, SigningKey]:
        return dict(self._held)

    def look(self) -> None:
        with self._lock:
            found, faults = self._read()
            self._held = {} if faults else found
        if faults:
            raise KeysGone("; ".join(faults))

    def make(self, name: str) -> SigningKey:
        """Never in the place of a file that is there. Raises ``KeysGone``."""
        key = FileKey.fresh()
        with self._changing(name, "written"):
            if os.path.lexists(self._path(name)):
                raise KeysGone(f"{name}.pem is there already")
            key.save(self._path(name))
            self._held[name] = key
        return key

    def rename(self, name: str, new: str) -> None:
        with self._changing(name, "renamed"):
            key = self._known(name)
            self._path(name).replace(self._path(new))
            del self._held[name]
            self._held[new] = key

    def forget(self, name: str) -> None:
        with self._changing(name, "removed"):
            self._known(name)
            del self._held[name]
            self._path(name).unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing is open."""

    @contextmanager
    def _changing(self, name: str, what: str) -> Iterator[None]:
        """Alone with the folder."""
        with self._lock:
            try:
                yield
            except OSError as error:
                raise KeysGone(f"{name}.pem can't be {what} ({error.strerror})") from None

    def _known(self, name: str) -> FileKey:
        if name not in self._held:
            raise KeysGone(f"no key {name} is held")
        return self._held[name]

    def _read(self) -> tuple[dict[str, FileKey], list[str]]:
        """The keys that can be read, and for each other file of ours why it can't be."""
        found: dict[str, FileKey] = {}
        try:
            files = sorted(self._folder.iterdir())
        except OSError as error:
            return {}, [f"the keys' folder can't be read ({error.strerror})"]
        faults = []
        for path in files:
            if path.suffix != ".pem" or not NAME.fullmatch(path.stem):
                continue
            try:
                found[path.stem] = FileKey.load(path)
            except OSError as error:
                faults.append(f"{path.name} can't be read ({error.strerror or 'it is open to others'})")
            except ValueError:
                faults.append(f"{path.name} holds no P-256 key")
        return found, faults

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.pem"
