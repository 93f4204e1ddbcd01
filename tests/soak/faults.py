"""Everything that goes wrong, as a table: one entry a fault."""

from __future__ import annotations

from typing import Final

from tests.soak import hall, printers, readers, scanner
from tests.soak.trouble import Fault

_SLIP, _CARD, _ID_CARD, _BOOKING, _SHEET = (
    "ticket, no card",
    "ticket, social security card",
    "ticket, ID card",
    "ticket, booking code",
    "certificate, A4",
)

FAULTS: Final = {
    "paper out, refilled": Fault(
        "the roll ends in the middle of a slip, and somebody puts in a new one",
        _SLIP,
        printers.paper_refilled,
        printers.mend_printer,
    ),
    "paper out": Fault(
        "the roll ends in the middle of a slip, and nobody comes", _SLIP, printers.paper_out, printers.mend_printer
    ),
    "printer cable pulled": Fault(
        "its cable is pulled in the middle of a slip",
        _SLIP,
        printers.cable_pulled,
        printers.mend_printer,
    ),
    "printer silent": Fault(
        "it says nothing any more in the middle of a slip", _SLIP, printers.silent, printers.mend_printer
    ),
    "A4 printer away": Fault("its power goes before a sheet", _SHEET, printers.sheets_away, printers.mend_sheets),
    "card pulled": Fault("it is pulled at any command", _CARD, readers.card_pulled, readers.mend_card),
    "card silent": Fault("it answers no more from any command on", _CARD, readers.card_silent, readers.mend_card),
    "card garbled": Fault("it answers nonsense from any command on", _CARD, readers.card_garbled, readers.mend_card),
    "walks away": Fault("somebody goes and leaves the card", _CARD, readers.walks_away, readers.mend_card),
    "pcscd killed": Fault("it is killed during a visit", _CARD, readers.daemon_killed, readers.mend_daemon),
    "pcscd stopped": Fault(
        "it stands still (SIGSTOP) until the kiosk gives its reader up",
        _CARD,
        readers.daemon_stopped,
        readers.mend_daemon,
    ),
    "card worker killed": Fault("it is killed during a visit", _CARD, readers.worker_killed, readers.mend_card),
    "ID reader unplugged": Fault(
        "it is unplugged during a visit",
        _ID_CARD,
        readers.id_reader_unplugged,
        readers.mend_id_reader,
    ),
    "camera unplugged": Fault("it is unplugged while it looks", _BOOKING, scanner.unplugged, scanner.mend_camera),
    "camera worker killed": Fault("it is killed while it looks", _BOOKING, scanner.worker_killed, scanner.mend_camera),
    "scanner junk": Fault("junk is held under the scanner", _BOOKING, scanner.junk, scanner.mend_camera),
    "hall away": Fault("the network cable is out", _ID_CARD, hall.away, hall.mend),
    "hall slow": Fault("each answer of the hall is late", _ID_CARD, hall.slow, hall.mend),
    "hall nonsense": Fault("somebody answers nonsense with the hall's certificate", _ID_CARD, hall.nonsense, hall.mend),
    "hall restarted": Fault("the hall is killed and starts again", _ID_CARD, hall.restarted, hall.mend),
}
