"""Others take the virtual card for a PIV card: OpenSC reads it, tries its PIN and lets it sign, through a real pcscd.

So what our driver is tested with is no card of its own fancy, and what others say to a PIV card is answered.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from devices import piv
from devices.card.sim import Slot
from devices.card.sim_piv import WorkCardChip
from devices.piv import sim_keys
from tests.devices.piv.chips import KEYS, MESSAGE, PIN, key
from tests.stand.pcscd import Pcscd

DEADLINE: Final = 60.0
"""Seconds for one command of OpenSC's, on a machine with other work to do."""

MECHANISMS: Final = {"P-256": "ECDSA-SHA256", "P-384": "ECDSA-SHA384"}


class OpenSc:
    """OpenSC's commands at a daemon."""

    def __init__(self, daemon: Pcscd, folder: Path) -> None:
        self._environment = {**os.environ, **daemon.environment(), "HOME": str(folder)}
        self.folder = folder

    def run(self, *command: str) -> tuple[int, str]:
        """How it ended, and what it said."""
        ended = subprocess.run(
            command, env=self._environment, cwd=self.folder, capture_output=True, text=True, timeout=DEADLINE
        )
        return ended.returncode, ended.stdout + ended.stderr

    def does(self, *command: str) -> str:
        result, said = self.run(*command)
        assert result == 0, said
        return said

    def certificate(self) -> bytes:
        """Of key 9A, which OpenSC calls 01, in DER."""
        self.does("pkcs15-tool", "--read-certificate", "01", "--output", "read.pem")
        return x509.load_pem_x509_certificate((self.folder / "read.pem").read_bytes()).public_bytes(Encoding.DER)

    def signature(self, mechanism: str) -> bytes:
        (self.folder / "message").write_bytes(MESSAGE)
        sign = ["pkcs11-tool", "--login", "--pin", PIN, "--id", "01", "--sign", "--mechanism", mechanism]
        files = ["--input-file", "message", "--output-file", "signature", "--signature-format", "openssl"]
        self.does(*sign, *files)
        return (self.folder / "signature").read_bytes()


@pytest.fixture(scope="module")
def daemon() -> Iterator[Pcscd]:
    with Pcscd() as daemon:
        yield daemon


@pytest.fixture
def opensc(daemon: Pcscd, tmp_path: Path) -> OpenSc:
    return OpenSc(daemon, tmp_path)


@pytest.fixture
def slot(daemon: Pcscd) -> Iterator[Slot]:
    slot = Slot(daemon.connect)
    yield slot
    slot.remove()


@pytest.mark.parametrize("t1", [False, True], ids=["T=0", "T=1"])
@pytest.mark.parametrize("kind", KEYS)
def test_opensc_reads_the_certificate_and_lets_the_key_sign(kind: str, t1: bool, opensc: OpenSc, slot: Slot) -> None:
    chip = WorkCardChip(key(kind), t1=t1)
    certificate = sim_keys.own_certificate(chip.key, "T-014")
    chip.put_certificate(certificate, packed=t1)
    slot.insert(chip)
    assert "Personal Identity Verification Card" in opensc.does("opensc-tool", "--wait", "--name")
    assert "[Certificate for PIV Authentication]" in opensc.does("pkcs15-tool", "--list-certificates")
    assert opensc.certificate() == certificate
    signature = opensc.signature(MECHANISMS.get(kind, "SHA256-RSA-PKCS"))
    assert piv.verified(certificate, MESSAGE, signature)


@pytest.mark.parametrize(("global_pin", "told"), [(False, "128 (0x80)"), (True, "0 (0x00)")])
def test_opensc_asks_for_the_pin_that_the_card_names(global_pin: bool, told: str, opensc: OpenSc, slot: Slot) -> None:
    chip = WorkCardChip(t1=True, global_pin=global_pin)
    slot.insert(chip)
    said = opensc.does("pkcs15-tool", "--wait", "--list-pins")
    assert f"Reference      : {told}" in said
    opensc.signature("ECDSA-SHA256")
    assert {command[3] for command in chip.heard if command[1] == 0x20} == {0x00 if global_pin else 0x80}


def test_opensc_says_wrong_pin_and_blocked_when_the_card_does(opensc: OpenSc, slot: Slot) -> None:
    chip = WorkCardChip(most_tries=2)
    slot.insert(chip)
    wrong = ("pkcs11-tool", "--login", "--pin", "000000", "--list-objects")
    opensc.does("opensc-tool", "--wait", "--name")
    assert "CKR_PIN_INCORRECT" in opensc.run(*wrong)[1]
    assert chip.tries == 1
    opensc.run(*wrong)
    assert chip.tries == 0
    result, said = opensc.run("pkcs11-tool", "--login", "--pin", PIN, "--list-objects")
    assert result != 0
    assert "CKR_PIN_LOCKED" in said
