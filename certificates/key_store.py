"""Where a machine keeps its keys: each under a name, found again after a start. Files, or a token."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from certificates.keys import FileKey, KeysGone, SigningKey


class KeyStore(Protocol):
    """Keys by name; a name is of small letters and digits.

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
    """``<name>.pem`` in a folder that only its owner enters. Nobody else changes it, so it is read once."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        found = {path.stem: _loaded(path) for path in sorted(folder.glob("*.pem"))}
        self._held = {name: key for name, key in found.items() if key}

    def held(self) -> Mapping[str, SigningKey]:
        return dict(self._held)

    def look(self) -> None:
        """What is held is in memory."""

    def make(self, name: str) -> SigningKey:
        key = FileKey.fresh()
        try:
            key.save(self._path(name))
        except OSError as error:
            raise KeysGone(f"{name}.pem can't be written ({error.strerror})") from None
        self._held[name] = key
        return key

    def rename(self, name: str, new: str) -> None:
        try:
            self._path(name).replace(self._path(new))
        except OSError as error:
            raise KeysGone(f"{name}.pem can't be renamed ({error.strerror})") from None
        self._held[new] = self._held.pop(name)

    def forget(self, name: str) -> None:
        del self._held[name]
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise KeysGone(f"{name}.pem can't be removed ({error.strerror})") from None

    def close(self) -> None:
        """Nothing is open."""

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.pem"


def _loaded(path: Path) -> FileKey | None:
    """None for what is no key that is ours alone."""
    try:
        return FileKey.load(path)
    except (ValueError, OSError):
        return None
