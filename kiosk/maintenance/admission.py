"""Whether the card that lies there opens the maintenance mode: whose it is first, then that it is really there.

The certificate is the hall's word, good without a network as long as the list of revoked cards is not too old. The
PIN goes to the card, which alone knows it; the kiosk counts the tries too, and waits longer after each.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from certificates.root import Root
from certificates.technicians import NotAdmitted, Technician, Why, admitted
from devices.piv import verified
from kiosk.maintenance.faults import Fault

_KIND: Final = b"keting-maintenance\0"
"""What a card signs begins with it, so that it can be taken for nothing else."""

_FAULTS: Final = {
    Why.NO_LIST: Fault.NO_LIST,
    Why.LIST_OLD: Fault.LIST_OLD,
    Why.NOT_OURS: Fault.NOT_OURS,
    Why.EXPIRED: Fault.EXPIRED,
    Why.NOT_YET: Fault.NOT_YET,
    Why.REVOKED: Fault.REVOKED,
}


class Refused(Exception):
    """``fault`` says why the mode stays closed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Admission:
    """``root`` names the technicians' key, None without one; ``revoked`` is the list that was fetched last."""

    kiosk: str
    root: Callable[[], Root | None]
    revoked: Callable[[], bytes | None]
    now: Callable[[], datetime]
    oldest: timedelta

    def technician(self, certificate: bytes) -> Technician:
        """Whose certificate this is. Raises ``Refused``."""
        root = self.root()
        if root is None or root.expired(int(self.now().timestamp())):
            raise Refused(Fault.NO_LIST)
        key = root.keys["technicians"]
        try:
            return admitted(certificate, self.revoked(), key, root.host, self.now(), self.oldest)
        except NotAdmitted as refused:
            raise Refused(_FAULTS[refused.why]) from None

    def challenge(self) -> bytes:
        """What the card is to sign: of this kiosk, of this moment, and for nothing else."""
        return _KIND + self.kiosk.encode() + b"\0" + os.urandom(32)


def proven(certificate: bytes, challenge: bytes, signature: bytes) -> bool:
    """Whether the card has the key of its certificate."""
    return verified(certificate, challenge, signature)
