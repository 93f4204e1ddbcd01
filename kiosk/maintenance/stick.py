"""A stick in the service port: mounted by the system, written to whole or not at all, and read back."""

from __future__ import annotations

import os
from contextlib import suppress
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


def put(mounted: Path, files: dict[str, bytes]) -> None:
    """Write ``files`` to the stick, and read each back from it. Raises ``StickFailed``, and then none of them is there.

    Their names are new for each time, so that nothing is ever overwritten.
    """
    if not is_in(mounted):
        raise StickFailed(Fault.NO_STICK)
    made: list[Path] = []
    try:
        for name, data in files.items():
            with (mounted / name).open("xb") as file:
                made.append(mounted / name)
                _write(file, data)
        _sync(mounted)
        for path, data in zip(made, files.values(), strict=True):
            if path.read_bytes() != data:
                raise OSError("read back otherwise")
    except OSError:
        for path in made:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise StickFailed(Fault.STICK_REFUSED) from None


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())
    with suppress(OSError):  # read back from the stick, not from memory
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
