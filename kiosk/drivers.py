"""The driver tables: which class works behind which settings. A new driver is a line here.

Part of the composition root: only ``app.py`` calls these.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from certificates.key_store import FileKeys, KeyStore
from certificates.token import TokenKeys
from devices.card.pcsc import PcscReader
from devices.idcard.reader import SdtReader
from devices.power import Power
from devices.power.nut import NutPower
from devices.printer import Printer
from devices.printer.cables import Cable, FileCable, NetworkCable, SerialCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import PROFILES, Profile
from devices.reader import Reader
from devices.scanner import Scanner
from devices.scanner.camera import CameraScanner
from devices.scanner.serial import SerialScanner
from devices.sheets import SheetPrinter
from devices.sheets.cups import CupsSheetPrinter
from kiosk import settings
from kiosk.settings import Settings

CABLES: Final[dict[type, Callable[[Any], Cable]]] = {
    settings.NetworkPrinter: lambda s: NetworkCable(s.host, s.port),
    settings.SerialPrinter: lambda s: SerialCable(s.port, s.baud, s.flow),
    settings.FilePrinter: lambda s: FileCable(s.path),
}

SCANNERS: Final[dict[type, Callable[[Any, tuple[bytes, ...]], Scanner]]] = {
    settings.CameraScanner: lambda s, wanted: CameraScanner("scanner", s.source, wanted),
    settings.SerialScanner: lambda s, _: SerialScanner("scanner", s.port),
}

SHEETS: Final[dict[type, Callable[[Any], SheetPrinter]]] = {
    settings.CupsSheets: lambda s: CupsSheetPrinter(s.printer, s.queue, Path(s.cups)),
}

POWERS: Final[dict[type, Callable[[Any], Power]]] = {
    settings.NutPower: lambda s: NutPower("power", s.ups, s.host, s.port),
}

KEYS: Final[dict[type, Callable[[Any, Path], KeyStore]]] = {
    settings.FileKeys: lambda _, folder: FileKeys(folder),
    settings.TokenKeys: lambda s, _: TokenKeys(s.module, s.token, s.pin_file),
}


def profile(chosen: Settings) -> Profile:
    """What the slip printer can do."""
    return replace(PROFILES[chosen.printer.paper], refill_s=chosen.limits.refill)


def printer(chosen: Settings) -> Printer:
    return EscPosPrinter(CABLES[type(chosen.printer)](chosen.printer), profile(chosen))


def sheets(chosen: Settings) -> SheetPrinter | None:
    return SHEETS[type(chosen.sheets)](chosen.sheets) if chosen.sheets else None


def power(chosen: Settings) -> Power | None:
    return POWERS[type(chosen.power)](chosen.power) if chosen.power else None


def keys(chosen: settings.Certificates, folder: Path) -> KeyStore:
    """Where this kiosk's keys of certificates are kept; ``folder`` is for those that are files."""
    return KEYS[type(chosen.keys)](chosen.keys, folder)


def scanner(chosen: Settings, wanted: tuple[bytes, ...]) -> Scanner | None:
    """``wanted``: what the codes begin with, in capitals, that this kiosk is for."""
    return SCANNERS[type(chosen.scanner)](chosen.scanner, wanted) if chosen.scanner else None


def readers(chosen: Settings, today: Callable[[], date]) -> dict[str, Reader]:
    """By the kiosk's names for them."""
    found: dict[str, Reader] = {}
    if card := chosen.card:
        socket = os.fspath(card.socket) if card.socket else None
        trust = os.fspath(card.trust) if card.trust else None
        found["card"] = PcscReader("card", card.wanted, socket, today=today, trust=trust)
    if reader := chosen.id_card:
        found["id-card"] = SdtReader("id-card", reader.port, today, reader.model)
    return found
