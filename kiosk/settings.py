"""``kiosk.toml``: what this machine is made of. Unknown keys are refused by name."""

from __future__ import annotations

import re
import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from devices.printer.cables import Flow, numeric
from devices.sheets.line import Printer

_WORDS: Final = {
    "extra_forbidden": "no such setting",
    "missing": "is missing",
    "union_tag_not_found": "driver is missing",
    "union_tag_invalid": "driver is none of {expected_tags}",
    "value_error": "{error}",
}
"""What pydantic says in a programmer's words, in a technician's."""

_BY_DRIVER: Final = re.compile(r"^(printer|scanner|certificates\.keys)\.[^.]+\.")
"""Where the driver's name stands between the two."""


class SettingsError(Exception):
    """The file can't be used; the text names the line or the key."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Screen(_Strict):
    """The panel; ``pitch_mm`` is the size of one pixel (21.5 inch portrait: 0.248).

    ``backlight`` is the kernel's folder for its light, such as ``/sys/class/backlight/intel_backlight``.
    """

    width: Annotated[int, Field(ge=480, le=4_320)] = 1080
    height: Annotated[int, Field(ge=480, le=4_320)] = 1920
    pitch_mm: Annotated[float, Field(gt=0.05, lt=1.0)] = 0.248
    fullscreen: bool = True
    backlight: Path | None = None


class PcscCard(_Strict):
    """A PC/SC reader whose name contains ``wanted``; ``socket`` is pcscd's, where it is not the usual one.

    ``trust``: the master list, or the folder of certificates, of the states whose passports can be verified.
    """

    driver: Literal["pcsc"]
    wanted: str = ""
    socket: Path | None = None
    trust: Path | None = None


class SdtIdCard(_Strict):
    """A resident ID card reader on a serial port."""

    driver: Literal["sdt"]
    port: str
    model: Literal["sdt", "cvr-100d", "cvr-100au"] = "sdt"


Paper = Literal["80mm", "58mm", "80mm-clone", "58mm-clone"]
"""Paper width; a clone does not say when dots are on paper and is asked in a weaker way."""


class NetworkPrinter(_Strict):
    driver: Literal["network"]
    host: Annotated[str, AfterValidator(numeric)]
    port: Annotated[int, Field(ge=1, le=65_535)] = 9100
    paper: Paper = "80mm"


class SerialPrinter(_Strict):
    """``baud`` and ``flow`` as the printer's own test print shows them; its DTR/DSR is "rtscts" here."""

    driver: Literal["serial"]
    port: str
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 115200
    flow: Flow = "rtscts"
    paper: Paper = "80mm"


class FilePrinter(_Strict):
    driver: Literal["file"]
    path: str
    paper: Paper = "80mm"


def _ipp(uri: str) -> str:
    return Printer.at(uri).uri


class CupsSheets(_Strict):
    """An A4 printer: the queue of CUPS that leads to it, and its own IPP address, which is asked too.

    ``cups`` is the spooler's socket, where it is not the usual one.
    """

    driver: Literal["cups"]
    queue: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    printer: Annotated[str, AfterValidator(_ipp)]
    cups: str = "/run/cups/cups.sock"


class FileKeys(_Strict):
    """Keys of certificates as files in the kiosk's data: for development."""

    driver: Literal["files"] = "files"


class TokenKeys(_Strict):
    """A PKCS#11 token, this kiosk's alone: the vendor's library, the token's label, a file with the user's PIN."""

    driver: Literal["pkcs11"]
    module: Path
    token: Annotated[str, Field(min_length=1, max_length=32)]
    pin_file: Path


class NutPower(_Strict):
    """A UPS that Network UPS Tools looks after; ``ups`` is its name in ``ups.conf``."""

    driver: Literal["nut"]
    ups: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    host: Annotated[str, AfterValidator(numeric)] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 3493


class Certificates(_Strict):
    """``root``: the hall's root document, brought by hand; no certificate is issued or checked without it."""

    root: Path
    keys: Annotated[FileKeys | TokenKeys, Field(discriminator="driver")] = FileKeys()


class CameraScanner(_Strict):
    """``source``: a device number or path, an image or video file, or an MJPEG address."""

    driver: Literal["camera"]
    source: str


class SerialScanner(_Strict):
    driver: Literal["serial"]
    port: str


class Sound(_Strict):
    """Programs that play a WAV from standard input and that speak; "" is silence."""

    player: str = "aplay"
    speaker: str = "espeak-ng"


class Limits(_Strict):
    """Seconds between looks at the printers, and until a forgotten card rings; the bounds of what is kept on disk."""

    refill: Annotated[float, Field(gt=0, le=110)] = 25.0  # a slip waits for paper; then it is uncertain
    look: Annotated[float, Field(ge=0.5, le=60)] = 5.0
    forgotten_card: Annotated[float, Field(gt=0, le=120)] = 20.0
    pace: Annotated[float, Field(gt=0, le=10)] = 1.0  # times every time-out of a page
    journal_bytes: Annotated[int, Field(ge=10_000)] = 20_000_000
    store_bytes: Annotated[int, Field(ge=1_000_000)] = 268_435_456


class Upkeep(_Strict):
    """When a kiosk under a supervisor starts itself anew, always between two visits.

    Once a night, at a moment of its own between these two times of the hall (the same time twice: never); and after
    ``settled`` seconds of running when a look, each ``look`` seconds, finds more than this of memory, open files,
    threads or child processes.
    """

    restart_from: time = time(3)
    restart_until: time = time(4, 30)
    memory_mib: Annotated[int, Field(ge=1)] = 800
    descriptors: Annotated[int, Field(ge=1)] = 400
    threads: Annotated[int, Field(ge=1)] = 80
    children: Annotated[int, Field(ge=1)] = 16
    look: Annotated[float, Field(gt=0, le=3_600)] = 60.0
    settled: Annotated[float, Field(ge=0, le=86_400)] = 600.0


class Maintenance(_Strict):
    """``list_days``: how old the list of revoked technicians' cards may be, for a kiosk that hears nothing of its hall.

    ``stick``: where the system mounts a stick. ``power_off``: what shuts the machine down.
    """

    list_days: Annotated[int, Field(ge=1, le=365)] = 30
    stick: Path = Path("/run/keting/stick")
    power_off: tuple[str, ...] = ("systemctl", "poweroff")


class Settings(_Strict):
    data: Path
    screen: Screen = Screen()
    card: PcscCard | None = None
    id_card: SdtIdCard | None = None
    printer: Annotated[NetworkPrinter | SerialPrinter | FilePrinter, Field(discriminator="driver")]
    sheets: CupsSheets | None = None
    certificates: Certificates | None = None
    scanner: Annotated[CameraScanner | SerialScanner, Field(discriminator="driver")] | None = None
    power: NutPower | None = None
    sound: Sound = Sound()
    limits: Limits = Limits()
    upkeep: Upkeep = Upkeep()
    maintenance: Maintenance = Maintenance()
    heartbeat: Annotated[float, Field(gt=0, le=300)] = 30.0


def load(path: Path) -> Settings:
    """The settings in a TOML file. Raises ``SettingsError`` in words a technician understands."""
    try:
        return Settings.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise SettingsError(f"{path.name}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path.name}: byte {error.start} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name}: {error}") from None
    except ValidationError as error:
        raise SettingsError(f"{path.name}: {'; '.join(map(_said, error.errors()[:5]))}") from None


def _said(error: ErrorDetails) -> str:
    """One mistake: the key, and what is wrong with it."""
    place = ".".join(map(str, error["loc"]))
    key = _BY_DRIVER.sub(r"\1.", place)
    words = _WORDS.get(error["type"], "").format(**error.get("ctx", {}))
    return f"{key}: {words or error['msg']}"
