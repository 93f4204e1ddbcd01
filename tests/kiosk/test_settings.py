"""kiosk.toml is taken whole or refused in words that name the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.printer.cables import Flow, SerialCable
from kiosk.drivers import CABLES
from kiosk.settings import FileKeys, FilePrinter, NetworkPrinter, SerialPrinter, SettingsError, TokenKeys, load

LEAST = """
data = "/var/lib/keting"
[printer]
driver = "network"
host = "192.0.2.7"
"""

CERTIFICATES = """
[certificates]
root = "root-1.cbor"
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "kiosk.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_least_a_kiosk_needs_is_a_folder_and_a_printer(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, LEAST))
    assert isinstance(loaded.printer, NetworkPrinter)
    assert (loaded.printer.port, loaded.printer.paper) == (9100, "80mm")
    assert (loaded.card, loaded.id_card, loaded.scanner) == (None, None, None)


@pytest.mark.parametrize(
    ("printer", "kind"),
    [
        ('driver = "serial"\nport = "/dev/ttyS0"\nbaud = 9600', SerialPrinter),
        ('driver = "file"\npath = "/dev/usb/lp0"\npaper = "58mm"', FilePrinter),
    ],
)
def test_the_driver_s_name_chooses_its_settings(tmp_path: Path, printer: str, kind: type) -> None:
    assert isinstance(load(write(tmp_path, f'data = "d"\n[printer]\n{printer}\n')).printer, kind)


@pytest.mark.parametrize("flow", ["rtscts", "xonxoff", "none"])
def test_the_flow_control_of_a_serial_printer_reaches_its_cable(tmp_path: Path, flow: Flow) -> None:
    named = f'data = "d"\n[printer]\ndriver = "serial"\nport = "/dev/ttyS0"\nbaud = 9600\nflow = "{flow}"\n'
    chosen = load(write(tmp_path, named)).printer
    assert CABLES[type(chosen)](chosen) == SerialCable("/dev/ttyS0", 9600, flow)


def test_a_serial_printer_minds_its_lines_unless_told_otherwise(tmp_path: Path) -> None:
    chosen = load(write(tmp_path, 'data = "d"\n[printer]\ndriver = "serial"\nport = "/dev/ttyS0"\n')).printer
    assert CABLES[type(chosen)](chosen) == SerialCable("/dev/ttyS0", 115_200, "rtscts")


def test_keys_of_certificates_are_files_unless_a_token_is_named(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, LEAST + CERTIFICATES))
    assert loaded.certificates is not None
    assert loaded.certificates.keys == FileKeys()
    named = 'keys = {driver = "pkcs11", module = "/usr/lib/m.so", token = "K-0203", pin_file = "/etc/keting/pin"}'
    loaded = load(write(tmp_path, LEAST + CERTIFICATES + named))
    assert loaded.certificates is not None
    assert isinstance(loaded.certificates.keys, TokenKeys)


def test_every_part_can_be_named(tmp_path: Path) -> None:
    text = f"""{LEAST}
[screen]
width = 1920
height = 1080
fullscreen = false
[card]
driver = "pcsc"
[id_card]
driver = "sdt"
port = "/dev/ttyUSB0"
[scanner]
driver = "camera"
source = "0"
[sound]
player = ""
[limits]
pace = 2.0
"""
    loaded = load(write(tmp_path, text))
    assert loaded.card is not None
    assert loaded.id_card is not None
    assert loaded.scanner is not None
    assert (loaded.screen.width, loaded.sound.player, loaded.limits.pace) == (1920, "", 2.0)


SHEETS = """
[sheets]
driver = "cups"
queue = "a4"
printer = "ipp://192.0.2.8/ipp/print"
"""


def test_an_a4_printer_and_the_hall_s_root_can_be_named_and_need_not_be(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, LEAST + SHEETS + CERTIFICATES))
    assert loaded.sheets is not None
    assert (loaded.sheets.queue, loaded.sheets.cups) == ("a4", "/run/cups/cups.sock")
    assert loaded.certificates is not None
    least = load(write(tmp_path, LEAST))
    assert (least.sheets, least.certificates) == (None, None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('"cups"', '"lpd"'), ["sheets.driver", "cups"]),
        (('"a4"', '"a4; rm -rf"'), ["sheets.queue"]),
        (('"a4"', '"../a4"'), ["sheets.queue"]),
        (("ipp:", "http:"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("ipp:", "ipps:"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("192.0.2.8", "printer.local"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("192.0.2.8", "192.0.2.8:99999"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("192.0.2.8", "[192.0.2.8"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("192.0.2.8", "user@192.0.2.8"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("/ipp/print", "/ipp/a b"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("/ipp/print", "/ipp/打印"), ["sheets.printer: not an address in numbers, like ipp://"]),
        (("ipp://192.0.2.8/ipp/print", "ipp://"), ["sheets.printer: not an address"]),
        (("ipp://192.0.2.8", "file:///etc/passwd"), ["sheets.printer: not an address"]),
        (("queue", "que"), ["sheets.queue: is missing", "sheets.que: no such setting"]),
        (("printer = ", "tray = "), ["sheets.printer: is missing"]),
    ],
    ids=range(15),
)
def test_what_is_wrong_with_the_a4_printer_is_named(tmp_path: Path, change: tuple[str, str], words: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        load(write(tmp_path, LEAST + SHEETS.replace(*change)))
    assert [word for word in words if word not in str(refused.value)] == [], str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[certificates]\n", ["certificates.root: is missing"]),
        (f'{CERTIFICATES}host = "h"\n', ["certificates.host: no such setting"]),
        ("[certificates]\nroot = 7\n", ["certificates.root"]),
    ],
)
def test_what_is_wrong_with_certificates_is_named(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        load(write(tmp_path, LEAST + text))
    assert [word for word in words if word not in str(refused.value)] == [], str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"colour = 1\n{LEAST}", ["colour", "no such setting"]),
        (f"{LEAST}\nhots = 1", ["printer.hots", "no such setting"]),
        (f"{LEAST}\n[limits]\npaec = 1", ["limits.paec", "no such setting"]),
        ('[printer]\ndriver = "network"\nhost = "h"', ["data", "is missing"]),
        ('data = "d"', ["printer", "is missing"]),
        ('data = "d"\n[printer]\nhost = "h"', ["printer: driver is missing"]),
        ('data = "d"\n[printer]\ndriver = "usb"', ["printer: driver is none of", "network", "serial", "file"]),
        (LEAST.replace('"192.0.2.7"', "7"), ["printer.host", "string"]),
        (LEAST.replace("192.0.2.7", "printer.local"), ["printer.host: not an address in numbers"]),
        (LEAST.replace("192.0.2.7", "::1"), ["printer.host: not an address in numbers"]),
        (f"{LEAST}port = 70000", ["printer.port", "65535"]),
        (f"{LEAST}port = 0", ["printer.port", "1"]),
        (f'{LEAST}paper = "90mm"', ["printer.paper", "80mm"]),
        ('data = "d"\n[printer]\ndriver = "serial"\nport = "/p"\nflow = "dsrdtr"', ["printer.flow", "rtscts"]),
        (f"{LEAST}\n[limits]\npace = 0.0", ["limits.pace", "greater than 0"]),
        (f"{LEAST}\n[limits]\npace = nan", ["limits.pace"]),
        (f"{LEAST}\n[limits]\nrefill = inf", ["limits.refill"]),
        (f'{LEAST}\n[card]\ndriver = "pcsc2"', ["card.driver", "pcsc"]),
        (f"{LEAST}\n[screen]\nwidth = 100", ["screen.width", "480"]),
        (f"{LEAST}{CERTIFICATES}keys = {{}}", ["certificates.keys: driver is missing"]),
        (
            f'{LEAST}{CERTIFICATES}keys = {{driver = "tpm"}}',
            ["certificates.keys: driver is none of", "files", "pkcs11"],
        ),
        (f'{LEAST}{CERTIFICATES}keys = {{driver = "pkcs11", pin = "1"}}', ["certificates.keys.pin: no such setting"]),
        ("data = \n", ["line 1"]),
        ('data = "a"\ndata = "b"\n', ["line 2"]),
        (b"data = \xff\xfe", ["UTF-8"]),
    ],
    ids=range(25),
)
def test_what_is_wrong_is_named_by_its_key_or_line(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        load(write(tmp_path, text))
    said = str(refused.value)
    assert said.startswith("kiosk.toml: ")
    assert [word for word in words if word not in said] == [], said
    assert "\n" not in said


def test_many_mistakes_are_named_together_and_the_list_ends(tmp_path: Path) -> None:
    many = "".join(f"key{at} = {at}\n" for at in range(100))
    with pytest.raises(SettingsError) as refused:
        load(write(tmp_path, many + LEAST))
    assert "key0: " in str(refused.value)
    assert "key4: " in str(refused.value)
    assert len(str(refused.value)) < 500


def test_a_file_that_is_not_there_or_is_a_folder_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "kiosk.toml", tmp_path):
        with pytest.raises(SettingsError, match=f"^{path.name}: "):
            load(path)
