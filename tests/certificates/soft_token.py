"""A token of SoftHSM in a folder of its own, and a module that fails when it is told to."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from certificates.token import Patience, TokenKeys

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL = "keting"
PIN = "246813"
SHORT = Patience(look=15.0, sign=0.4, other=15.0)
"""For a token that is told to hang in ``sign``."""


@dataclass(frozen=True, slots=True)
class SoftToken:
    folder: Path

    @property
    def pin_file(self) -> Path:
        return self.folder / "pin"

    def keys(self, module: Path = MODULE, label: str = LABEL, patience: Patience | None = None) -> TokenKeys:
        """The driver, not opened yet."""
        return TokenKeys(module, label, self.pin_file, patience)

    def suffer(self, trouble: str) -> None:
        """What ``failing_module`` fails with from now on; "" is nothing."""
        new = self.folder / "trouble.new"
        new.write_text(trouble)
        new.replace(self.folder / "trouble")

    def pull(self) -> Path:
        """Take the token out; answers where it lies."""
        (token,) = (self.folder / "tokens").iterdir()
        return token.rename(self.folder / "pulled")

    def put_back(self) -> None:
        (self.folder / "pulled").rename(self.folder / "tokens" / "again")

    def everything(self) -> bytes:
        """All bytes that lie in the token's folder."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())


def soft_token(folder: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """A new, empty token; processes that are started from now on find it."""
    (folder / "tokens").mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    monkeypatch.setenv("TROUBLE", str(folder / "trouble"))
    made = ("softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "97531864", "--pin", PIN)
    subprocess.run(made, check=True, capture_output=True, timeout=20)
    token = SoftToken(folder)
    token.pin_file.write_text(PIN + "\n")
    token.pin_file.chmod(0o600)
    return token


def failing_module(folder: Path) -> Path:
    """The library that ``failing_module.c`` is compiled to."""
    library, source = folder / "failing_module.so", Path(__file__).with_name("failing_module.c")
    command = ("gcc", "-shared", "-fPIC", "-O1", f'-DSOFTHSM="{MODULE}"', "-o", str(library), str(source), "-ldl")
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return library
