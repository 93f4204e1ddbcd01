"""What leaves the kiosk: its logs and nothing else, signed for a plain openssl, and not a word of a citizen."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from kiosk.maintenance import proof
from kiosk.maintenance.proof import LOGS, READINESS, Proofs
from offline_cache.journal import Journal
from offline_cache.tickets import Outcome
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import person
from tests.offline_cache.conftest import draft

STAMP = "20261120-120000"
CITIZEN = person(7, "诸葛无痕")


def proofs(workshop: Workshop) -> Proofs:
    return workshop.tools().proofs


def report(workshop: Workshop) -> dict[str, Any]:
    return workshop.opened().report()


def archive(files: dict[str, bytes]) -> dict[str, bytes]:
    packed = next(data for name, data in files.items() if name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def accepts(workshop: Workshop, folder: Path, kind: bytes, data: bytes, signature: bytes) -> bool:
    """What ``openssl dgst`` says, with the key that the hall has from the enrolment."""
    (folder / "key.pem").write_bytes(
        serialization.load_der_public_key(workshop.cache.key.public()).public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    (folder / "signed").write_bytes(kind + b"\0" + data)
    (folder / "signature").write_bytes(signature)
    command = ["openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "signed"]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=10).returncode == 0


@pytest.fixture
def logged(workshop: Workshop) -> Workshop:
    """A kiosk that served a citizen, wrote its journal in two files, and left the stacks of a crash."""
    folder = workshop.enrolled.folder
    journal = Journal(folder / "journal", workshop.cache.clock.now, workshop.cache.sealer, largest=600)
    recorded = workshop.cache.ledger.record(draft("A", person=bytes(32), slip=CITIZEN.name.encode()))
    workshop.cache.ledger.settle(recorded, Outcome.PRINTED)
    for _ in range(6):
        journal.note("ticket.recorded", via="card", matters=1, online=True, own_number=False)
    journal.close()
    (folder / "stacks.0").write_text('File "kiosk/shift.py", line 12 in _on_event\n')
    (folder / "stacks.1").write_text("")
    return workshop


def test_the_archive_has_every_log_and_the_report_and_nothing_else(logged: Workshop) -> None:
    folder = logged.enrolled.folder
    found = archive(proofs(logged).logs(report(logged), STAMP))
    journals = {f"journal/{file.name}": file.read_bytes() for file in (folder / "journal").glob("journal.[0-9]")}
    assert len(journals) > 1
    stacks = {f"stacks/stacks.{n}": (folder / f"stacks.{n}").read_bytes() for n in (0, 1)}
    assert {name: data for name, data in found.items() if name != "readiness.json"} == journals | stacks
    assert json.loads(found["readiness.json"])["kiosk"] == "K-0203"


def test_neither_store_nor_key_nor_a_word_of_a_citizen_leaves_with_it(logged: Workshop) -> None:
    made = {**proofs(logged).logs(report(logged), STAMP), **proofs(logged).readiness(report(logged), STAMP)}
    everything = b"".join([*made.values(), *archive(made).values()])
    for canary in (CITIZEN.name, CITIZEN.number, "王小明", "990101199001011234"):
        assert canary.encode() not in everything
    assert b"PRIVATE KEY" not in everything
    assert b"SQLite format" not in everything


@pytest.mark.parametrize("kind", [LOGS, READINESS])
def test_openssl_accepts_what_the_kiosk_signed_and_refuses_one_changed_byte(
    logged: Workshop, tmp_path: Path, kind: bytes
) -> None:
    made = proofs(logged).logs(report(logged), STAMP) | proofs(logged).readiness(report(logged), STAMP)
    ends = ".zip" if kind == LOGS else ".json"
    name = next(name for name in made if name.endswith(ends))
    data, signature = made[name], made[f"{name}.sig"]
    assert accepts(logged, tmp_path, kind, data, signature)
    for at in (0, len(data) // 2, len(data) - 1):
        changed = bytearray(data)
        changed[at] ^= 1
        assert not accepts(logged, tmp_path, kind, bytes(changed), signature)
    other = READINESS if kind == LOGS else LOGS
    assert not accepts(logged, tmp_path, other, data, signature)  # a signature is good for one kind of thing


def test_the_names_say_which_kiosk_and_when(logged: Workshop) -> None:
    made = proofs(logged).logs(report(logged), STAMP)
    assert set(made) == {f"keting-K-0203-{STAMP}-logs.zip", f"keting-K-0203-{STAMP}-logs.zip.sig"}


def test_logs_longer_than_any_can_be_are_not_taken_into_memory(
    logged: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "_LARGEST", 500)
    with pytest.raises(OSError, match="more logs"):
        proofs(logged).logs(report(logged), STAMP)


def test_a_kiosk_without_logs_gives_the_report_alone(workshop: Workshop) -> None:
    none = replace(proofs(workshop), logged={"journal": (workshop.enrolled.folder / "nowhere", "journal.[0-9]")})
    assert set(archive(none.logs(report(workshop), STAMP))) == {"readiness.json"}
