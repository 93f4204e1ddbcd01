"""What only root may do, or whoever may become root without a password: file systems, and what the kernel remembers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_AS_ROOT: Final = [] if os.geteuid() == 0 else ["sudo", "-n"]


def ext4(image: Path, size: int) -> None:
    """A file of this many bytes with an empty file system in it, which belongs to whoever runs this."""
    with image.open("wb") as file:
        file.truncate(size)
    maker = shutil.which("mkfs.ext4", path="/usr/sbin:/sbin:/usr/bin")
    assert maker is not None, "apt-get install e2fsprogs"
    owner = f"root_owner={os.getuid()}:{os.getgid()}"
    subprocess.run([maker, "-q", "-F", "-E", owner, image], check=True, capture_output=True, timeout=30)


def mount(what: Path | str, at: Path, options: str, kind: str = "auto") -> None:
    """``at`` is made where it is not there. Raises ``AssertionError`` with what the command said."""
    at.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", kind, "-o", options, str(what), str(at))


def unmount(at: Path) -> None:
    """Also where somebody still has a file of it open."""
    _run("umount", "-l", str(at))


@contextmanager
def mounted(what: Path | str, at: Path, options: str, kind: str = "auto") -> Iterator[Path]:
    mount(what, at, options, kind)
    try:
        yield at
    finally:
        unmount(at)


def forget_files() -> None:
    """What the kernel keeps of files in memory is dropped, as after a start of the machine."""
    os.sync()
    _run("sh", "-c", "echo 3 > /proc/sys/vm/drop_caches")


def _run(*command: str) -> None:
    words = [*_AS_ROOT, *command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"{words[0]}: {done.stderr.strip()}"
