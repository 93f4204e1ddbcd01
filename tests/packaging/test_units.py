"""The files for a kiosk's machine: systemd understands each, the sandbox is as tight as measured, none is forgotten."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
from pathlib import Path

import pytest

from kiosk import launch
from kiosk.settings import Maintenance, Settings, Upkeep
from kiosk.splash import SHOWN_S
from tests.stand.supervisor import SHIPPED
from tests.stand.unit import read

PACKAGING = SHIPPED.parent
UNITS = sorted(path.name for path in PACKAGING.iterdir() if path.suffix in (".service", ".mount"))
FILES = sorted(
    path.relative_to(PACKAGING).as_posix()
    for path in PACKAGING.rglob("*")
    if path.is_file() and path.name != "README.md" and PACKAGING / "frozen" not in path.parents
)
"""What goes to a machine; ``frozen/`` is what the kiosk's folder is built by."""

EXPOSURES = {
    "keting-kiosk.service": 1.9,
    "keting-splash.service": 1.0,
    "pcscd.service": 1.8,
    "keting-display.service": 6.5,
}
"""At most, as systemd 252 counts from 0 to 10. The display needs a session, and with it the machine's consoles."""


def analyze(*words: str) -> str:
    """What systemd-analyze says, with our drop-ins in place."""
    done = subprocess.run(
        ["systemd-analyze", *words],
        cwd=PACKAGING,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{PACKAGING}:"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def parsed(name: str) -> configparser.RawConfigParser:
    found = configparser.RawConfigParser(strict=False, delimiters=("=",), interpolation=None)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(PACKAGING / name, "utf-8")
    return found


def test_systemd_has_nothing_to_say_against_any_unit() -> None:
    assert len(UNITS) >= 4
    assert analyze("verify", *(f"./{name}" for name in UNITS)) == ""


def test_the_card_daemons_own_unit_takes_the_drop_in() -> None:
    assert analyze("verify", "pcscd.service") == ""


@pytest.mark.parametrize("unit", EXPOSURES)
def test_a_service_is_no_more_exposed_than_it_was(unit: str) -> None:
    name = unit if unit == "pcscd.service" else f"./{unit}"
    said = re.search(r"exposure level for .*: ([0-9.]+)", analyze("security", "--offline=true", "--no-pager", name))
    assert said is not None
    assert float(said[1]) <= EXPOSURES[unit]


def test_the_soft_limit_comes_before_the_hard_one() -> None:
    service = parsed("keting-kiosk.service")["Service"]
    high, most = (int(service[name].removesuffix("M")) for name in ("MemoryHigh", "MemoryMax"))
    soft = Upkeep().memory_mib
    assert soft < high < most


def test_no_core_and_no_swap_ever_holds_a_citizen() -> None:
    for name in ("keting-kiosk.service", "pcscd.service.d/keting.conf"):
        service = parsed(name)["Service"]
        assert (service["LimitCORE"], service["MemorySwapMax"]) == ("0", "0"), name


def test_the_kiosk_is_given_up_only_by_ends_that_follow_each_other_closely() -> None:
    unit = read(SHIPPED)
    assert unit.within_start > SHOWN_S, "whoever says on the panel why it cannot start would be cut short"
    assert unit.starts * SHOWN_S > unit.starts_within, "and would be given up"
    assert (unit.starts - 1) * (unit.watchdog + unit.within_abort + 2) < unit.starts_within, "no pulse, again and again"


def test_the_unit_gives_the_kiosk_what_it_would_begin_itself_anew_for() -> None:
    given = read(SHIPPED).environment
    assert launch.environment(given) == given | {"MALLOC_PERTURB_": "165"}


def test_a_stick_is_mounted_where_the_kiosk_looks_for_it_and_can_do_nothing_there() -> None:
    mount = parsed("run-keting-stick.mount")["Mount"]
    assert Path(mount["Where"]) == Maintenance().stick
    assert {"nosuid", "nodev", "noexec"} <= set(mount["Options"].split(","))
    rules = (PACKAGING / "udev/70-keting.rules").read_text("utf-8")
    assert f'SYMLINK+="{mount["What"].removeprefix("/dev/")}"' in rules
    (stick,) = [line for line in rules.splitlines() if "run-keting-stick.mount" in line and not line.startswith("#")]
    assert {'SUBSYSTEM=="block"', 'ENV{ID_BUS}=="usb"', 'ENV{ID_FS_TYPE}=="vfat|exfat"'} <= set(stick.split(", "))


def test_the_program_lies_where_the_unit_starts_it_and_cannot_be_written_to() -> None:
    mount, unit = parsed("opt-keting-kiosk.mount")["Mount"], parsed("keting-kiosk.service")
    assert unit["Unit"]["RequiresMountsFor"] == mount["Where"]
    assert f"{mount['Where']}/kiosk" in read(SHIPPED).start
    assert {"ro", "nosuid", "nodev"} <= set(mount["Options"].split(","))


def test_what_shuts_the_machine_down_is_allowed_to_the_kiosks_user_and_nothing_else_is() -> None:
    rules = (PACKAGING / "polkit/50-keting.rules").read_text("utf-8")
    assert Maintenance().power_off[0] == "systemctl"
    user = parsed("keting-kiosk.service")["Service"]["User"]
    assert f'subject.user === "{user}"' in rules
    allowed = re.findall(r'^\s+"([a-z0-9_.-]+)",$', rules, re.M)
    assert {each.rpartition(".")[0] for each in allowed} == {"org.debian.pcsc-lite", "org.freedesktop.login1"}
    assert "org.freedesktop.login1.power-off" in allowed
    assert "org.debian.pcsc-lite.access_card" in allowed


def test_the_data_are_where_the_unit_keeps_them() -> None:
    service = parsed("keting-kiosk.service")["Service"]
    example = Settings.model_validate({"data": "/var/lib/keting", "printer": {"driver": "file", "path": "/dev/null"}})
    assert example.data == Path("/var/lib") / service["StateDirectory"]


def test_the_machines_own_watchdog_is_on() -> None:
    manager = parsed("system.conf.d/keting-watchdog.conf")["Manager"]
    assert manager["RuntimeWatchdogSec"] == "30s"


def test_every_file_is_named_where_it_is_said_what_goes_where() -> None:
    page = (PACKAGING / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([^`]+)` \|", page, re.M)) == FILES
