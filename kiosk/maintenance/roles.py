"""Who may do what in the maintenance mode: one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from certificates.technicians import Role
from screens.words import Words


class Deed(StrEnum):
    """What can be done, beside looking at how everything stands. The value is the key's name and the journal's word."""

    TEST = "test"
    REFILL = "refill"
    FIND = "find"
    LOGS = "logs"
    REPORT = "report"
    HALL = "hall"
    ADJUST = "adjust"
    RESTART = "restart"
    SHUT_DOWN = "shut-down"
    ENROL = "enrol"


_EVERYBODY: Final = frozenset({Deed.TEST, Deed.REPORT, Deed.HALL, Deed.ADJUST, Deed.RESTART})

MAY: Final[Mapping[Role, frozenset[Deed]]] = {
    Role.TECHNICIAN: frozenset(Deed),
    Role.SITE_MANAGER: _EVERYBODY | {Deed.REFILL, Deed.FIND, Deed.SHUT_DOWN},
    Role.VENDOR: _EVERYBODY | {Deed.LOGS},
}

NAMES: Final[Mapping[Role, Words]] = {
    Role.TECHNICIAN: Words("技术员", "Technician"),
    Role.SITE_MANAGER: Words("场地管理员", "Site manager"),
    Role.VENDOR: Words("厂商", "Vendor"),
}
