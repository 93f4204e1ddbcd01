"""The e-passport: the lines on its page open the chip, and a ``Holder`` comes out with what stands behind it.

``mrz.access_key`` or ``mrz.key_in`` make the key from what was typed or
scanned, ``trust.load`` the list of whom to believe. ``lies`` recognises a
passport, ``unlock`` reads it, ``Opened.still`` tells once a second that it is
the same chip; ``read`` is ``unlock`` for those who need no more than the name.
The photograph is never read.

The proof of the ``Holder`` says how far the chip can be believed:

* ``CLAIM``: no anchor of that state is known here, or it signs in a way that
  is not: nothing is wrong and nothing is proven.
* ``SIGNED``: the state signed what is in the chip, and gave it no means to
  show that it is no copy, or none that can be asked for here.
* ``GENUINE``: the chip also holds a key that no copy has (active or chip
  authentication).

What each failure leaves behind. Nobody is named by any of them:

* ``BadLines``: what was typed or scanned is no passport's zone. The chip was
  not asked.
* ``NotPassport``: no such application, another kind of document, or a chip
  that opens by PACE alone.
* ``WrongKey``: the chip does not open with these lines. It may stay where it
  is for the next try; chips answer slower after each.
* ``Forged``: the content is not what was signed, a known state's name is under
  a signature that is not its own, the page and the chip differ, or the chip is
  a copy. The visit ends here; the text names the rule.
* ``Garbled``: the chip breaks the rules of files and messages; ``NoAnswer``:
  the link broke. Either ends the session: select and open anew.

The session lives in the chip as long as it has power: whoever resets the card
or selects another application ends it, and ``still`` is false from then on.
Source of all of it: ICAO Doc 9303, 8th edition, parts 3, 4, 10, 11 and 12.
"""

from __future__ import annotations

from datetime import date

from devices.card.apdu import Card, Garbled, NoAnswer
from devices.holder import Holder
from devices.passport import mrz, trust
from devices.passport.bac import selected as lies
from devices.passport.faults import Forged, NotPassport, WrongKey
from devices.passport.mrz import AccessKey, BadLines
from devices.passport.opened import Opened, unlock
from devices.passport.trust import NoTrust, Trust

__all__ = [
    "AccessKey",
    "BadLines",
    "Forged",
    "Garbled",
    "NoAnswer",
    "NoTrust",
    "NotPassport",
    "Opened",
    "Trust",
    "WrongKey",
    "lies",
    "mrz",
    "read",
    "trust",
    "unlock",
]


def read(card: Card, key: AccessKey, trust: Trust, today: date) -> Holder:
    """Who the passport names, as ``unlock`` finds out; raises what it raises."""
    return unlock(card, key, trust, today).holder
