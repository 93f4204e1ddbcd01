"""``kiosk diagnose``: what the maintenance mode tells and does, as a command beside no window and no kiosk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from devices.printer.sim import ThermalPrinter
from kiosk.maintenance.proof import READINESS
from offline_cache.cache import Cache
from offline_cache.clock import FakeTicks
from tests.kiosk.authority import Enrolled
from tests.kiosk.office import NOON

ROOT = Path(__file__).resolve().parents[2]


def asked(toml: Path, *words: str, types: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "diagnose", "--config", str(toml), *words],
        cwd=ROOT,
        env=environment,
        input=types,
        capture_output=True,
        text=True,
        timeout=60,
    )


def written(folder: Path, data: Path, port: int) -> Path:
    toml = folder / "kiosk.toml"
    chosen: dict[str, Any] = {
        "data": str(data),
        "printer": {"driver": "network", "host": "127.0.0.1", "port": port},
        "sound": {"player": "", "speaker": ""},
    }
    toml.write_text(tomli_w.dumps(chosen), "utf-8")
    return toml


@pytest.fixture
def toml(tmp_path: Path, enrolled: Enrolled, paper: ThermalPrinter) -> Path:
    """Of a kiosk with a slip printer, whose hall is away."""
    return written(tmp_path, enrolled.copied(tmp_path / "data").folder, paper.port)


def test_every_part_is_told_with_its_code_and_what_is_broken_makes_it_not_ready(toml: Path) -> None:
    done = asked(toml, "--english")
    lines = done.stdout.splitlines()
    assert "ok      Slip printer: Ready" in lines, done.stderr
    assert any(line.startswith("bad     Hall and network: ") and line.endswith(" N101") for line in lines), lines
    assert lines[-1] == "not ready"
    assert done.returncode == 1


def test_the_report_is_signed_by_the_kiosk(toml: Path, tmp_path: Path) -> None:
    done = asked(toml, "--json", "--report", str(tmp_path / "reports"))
    said = json.loads(done.stdout)
    assert (said["by"], said["ready"]) == ("CONSOLE", False)
    (report,) = (tmp_path / "reports").glob("*-readiness.json")
    assert json.loads(report.read_bytes()) == said
    key = load_pem_public_key((tmp_path / "data" / "kiosk-key.pub.pem").read_bytes())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    signature = report.with_name(f"{report.name}.sig").read_bytes()
    key.verify(signature, READINESS + b"\0" + report.read_bytes(), ec.ECDSA(hashes.SHA256()))
    (page,) = (tmp_path / "reports").glob("*-readiness.pdf")
    assert page.read_bytes().startswith(b"%PDF")


def test_what_is_done_in_the_terminal_is_in_the_journal(toml: Path, tmp_path: Path, paper: ThermalPrinter) -> None:
    done = asked(toml, "--tests", "--english", types="2\n1\n1\n0\n")
    assert "Refill paper" in done.stdout, done.stderr
    journal = (tmp_path / "data" / "journal" / "journal.0").read_text("utf-8")
    for event in ("maintenance.opened", "paper.refilled", "maintenance.closed"):
        assert f'"{event}"' in journal
    assert '"by":"CONSOLE"' in journal


def test_beside_a_running_kiosk_it_says_what_to_type(toml: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "data", FakeTicks(NOON))
    try:
        done = asked(toml)
    finally:
        cache.close()
    assert done.returncode == 1
    assert "K113" in done.stderr
    assert "systemctl stop keting-kiosk" in done.stderr


def test_a_kiosk_without_a_hall_is_told_how_to_come_to_one(tmp_path: Path, paper: ThermalPrinter) -> None:
    done = asked(written(tmp_path, tmp_path / "new", paper.port))
    assert (done.returncode, done.stdout) == (2, "K102: kiosk enrol CODE ADDRESS\n")
