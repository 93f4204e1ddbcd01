"""A stick in the service port: mounted by the system, written to whole or not at all, and read back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kiosk.maintenance.faults import Fault


class StickFailed(Exception):
    """``fault`` says why nothing is on the stick now."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def is_in(mounted: Path) -> bool:
    """Whether a stick lies there: a folder of the machine's own disk is none."""
    return os.path.ismount(mounted)


def put(mounted: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` to the stick, and read each back from it. Raises ``StickFailed``, and then none of them is there.

    Their names are new for each time, so that nothing is ever overwritten. Where the stick is pulled meanwhile,
    nothing lands on the machine's own disk in its place.
    """
    try:
        folder = os.open(mounted, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise StickFailed(Fault.NO_STICK) from None
    try:
        if not _is_still_in(mounted, folder):
            raise StickFailed(Fault.NO_STICK)
        _put(mounted, folder, files)
    finally:
        os.close(folder)


def _put(mounted: Path, folder: int, files: Mapping[str, bytes]) -> None:
    opened = partial(os.open, mode=0o644, dir_fd=folder)
    made: list[str] = []
    try:
        for name, data in files.items():
            with open(name, "xb", opener=opened) as file:
                made.append(name)
                _write(file, data)
        os.fsync(folder)
        for name in made:
            with open(name, "rb", opener=opened) as file:
                if file.read() != files[name]:
                    raise OSError("read back otherwise")
        if not _is_still_in(mounted, folder):
            raise OSError("pulled")
    except OSError:
        for name in made:
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)
        raise StickFailed(Fault.STICK_REFUSED) from None


def _is_still_in(mounted: Path, folder: int) -> bool:
    try:
        return is_in(mounted) and os.path.samestat(os.fstat(folder), os.stat(mounted))
    except OSError:
        return False


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())
    with suppress(OSError):  # read back from the stick, not from memory
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
