"""What the frozen kiosk carries: its modules, by full name, and its files."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import PurePosixPath
from typing import Final

from PyInstaller.archive.readers import CArchiveReader

from tests.stand.frozen import FOLDER, PROGRAM, build

BUNDLE: Final = FOLDER / "_internal"


@cache
def modules() -> frozenset[str]:
    """Of Python's, of the libraries' and of ours; extension modules too."""
    build()
    program = CArchiveReader(str(PROGRAM))
    frozen = {name for name, entry in program.toc.items() if entry[-1] == "m"}
    frozen |= set(program.open_embedded_archive("PYZ.pyz").toc)
    with zipfile.ZipFile(BUNDLE / "base_library.zip") as base:
        frozen |= {_dotted(PurePosixPath(name)) for name in base.namelist() if name.endswith(".pyc")}
    loose = (file for kind in ("*.so", "*.py", "*.pyc") for file in BUNDLE.rglob(kind))
    extensions = (PurePosixPath(file.relative_to(BUNDLE)) for file in loose)
    frozen |= {_dotted(PurePosixPath(*file.parts[file.parts[0] == "python3.11" and 2 :])) for file in extensions}
    return frozenset(frozen)


def scripts() -> tuple[str, ...]:
    """What the program runs, in its order: PyInstaller's own beginning, its hooks, and the kiosk."""
    build()
    return tuple(name for name, entry in CArchiveReader(str(PROGRAM)).toc.items() if entry[-1] == "s")


def files() -> frozenset[str]:
    """Relative to the folder."""
    build()
    return frozenset(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*") if not file.is_dir())


def _dotted(file: PurePosixPath) -> str:
    """``a/b.cpython-311-x86_64-linux-gnu.so`` and ``a/b/__init__.pyc`` are the module ``a.b``."""
    parts = [*file.parent.parts, file.name.split(".")[0]]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
