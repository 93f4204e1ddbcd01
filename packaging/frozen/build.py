"""``python packaging/frozen/build.py``: the frozen kiosk, built where what it is made of has changed.

``dist/kiosk`` is its folder, ``dist/kiosk.squashfs`` the same as one compressed file that a machine mounts read-only.

No network is used. The same sources make the same files, as far as PyInstaller goes: strings hash the same in every
build, and files carry one time.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = ROOT / "dist" / "kiosk" / "kiosk"
IMAGE: Final = ROOT / "dist" / "kiosk.squashfs"
SPEC: Final = ROOT / "kiosk.spec"
PACKAGES: Final = ("kiosk", "devices", "screens", "offline_cache", "certificates")
DATA: Final = (".toml", ".typ", ".svg", ".wav", "capabilities.json")
"""How the files end that the packages read; pyproject.toml has the same."""

_WORK: Final = ROOT / "build" / "frozen"
_STAMP: Final = ROOT / "dist" / "kiosk.made-of"
_ALIKE: Final = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1767225600"}
_PLAIN: Final = {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0"}
"""Modules are not packed one by one: the image packs all of them better, and a start has none to unpack."""

_LONGEST_S: Final = 1_800
_PACKED: Final = "-comp zstd -Xcompression-level 15 -b 256K -all-root -no-xattrs -noappend -quiet -no-progress"


def is_far_end(file: Path) -> bool:
    """Whether a file is the far end of a cable, which only tests plug in."""
    return file.suffix == ".py" and (file.stem == "sim" or file.stem.startswith("sim_"))


def sources() -> Iterator[Path]:
    """What of the product the frozen kiosk is made of."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            if file.name.endswith((".py", *DATA)) and not is_far_end(file):
                yield file


def made_of() -> str:
    """The hash of all that the build reads, its own files included."""
    told = hashlib.sha256(sys.version.encode())
    for file in (*sources(), SPEC, ROOT / "requirements.lock", *sorted(Path(__file__).parent.glob("*.[cp]*"))):
        if file.is_file():
            told.update(f"{file.relative_to(ROOT)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return told.hexdigest()


def build() -> Path:
    """The program, made anew where it is not made of what lies here. Who comes second waits for the first."""
    _STAMP.parent.mkdir(exist_ok=True)
    with (_STAMP.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = made_of()
        there = PROGRAM.is_file() and IMAGE.is_file() and _STAMP.is_file()
        if not (there and _STAMP.read_text("ascii") == wanted):
            _STAMP.unlink(missing_ok=True)
            _freeze()
            _pack()
            _STAMP.write_text(wanted, "ascii")
    return PROGRAM


def _freeze() -> None:
    shutil.rmtree(_WORK, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--log-level=ERROR", "--noconfirm", "--clean", str(SPEC)]
    folders = ["--distpath", str(PROGRAM.parents[1]), "--workpath", str(_WORK)]
    here = {"PYTHONPATH": str(ROOT), "PYINSTALLER_CONFIG_DIR": str(_WORK / "cache")}
    environment = {**os.environ, **_ALIKE, **_PLAIN, **here}
    subprocess.run([*command, *folders], cwd=ROOT, env=environment, check=True, timeout=_LONGEST_S)


def _pack() -> None:
    command = ["mksquashfs", str(PROGRAM.parent), str(IMAGE), *_PACKED.split()]
    subprocess.run(command, env={**os.environ, **_ALIKE}, check=True, stdout=subprocess.DEVNULL, timeout=_LONGEST_S)


def main() -> int:
    began = time.monotonic()
    program = build()
    subprocess.run([program, "--help"], stdout=subprocess.DEVNULL, check=True, timeout=60)
    weighs = sum(file.lstat().st_size for file in program.parent.rglob("*") if file.is_file() and not file.is_symlink())
    sizes = f"{weighs / 1e6:.0f} MB, {IMAGE.stat().st_size / 1e6:.0f} MB packed"
    print(f"{program.relative_to(ROOT)}: {sizes}, {time.monotonic() - began:.0f} s")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
