"""The PIV card of a technician: whoever has its PIN can let it sign, and its certificate says with which key.

``lies`` recognises it, ``certificate`` reads what it says of its key 9A,
``reference`` tells which PIN it wants, ``verify`` tries one, ``sign`` lets it
sign, ``opened`` tells once a second that it is the same card in the same
session. ``verified`` is for whoever asked for the signature. Whose certificate
it is, and whether it is worth anything, is not known here.

What each failure leaves behind:

* ``NoKey``: no certificate for key 9A, or one of a key that is not asked
  here. The card was not asked for more; it may be a good card of somebody else's.
* ``WrongPin``: it was not this card's PIN; where it was of no form that a PIN
  can have, the card was not asked. The next may be tried while any are left.
* ``Garbled``: the card breaks the rules; ``NoAnswer``: the link broke. Either
  ends the session: select and begin anew. What the card counted as a wrong
  PIN it has counted.

A right PIN opens key 9A until the card is reset or another application is
selected. Contactless, a PIV card gives 9A to nobody without secure messaging,
which is not spoken here: it has no key then.

Source of all of it: NIST SP 800-73-5 part 1 (objects, discovery object, key
references) and part 2 (commands, statuses, and its appendix A for what is
signed), as in 800-73-4; SP 800-78-5 tables 9 and 10 (algorithms).
"""

from devices.card.apdu import Garbled, NoAnswer
from devices.piv.application import lies
from devices.piv.certificate import certificate
from devices.piv.faults import NoKey, WrongPin
from devices.piv.keys import verified
from devices.piv.pin import opened, reference, tries_left, verify
from devices.piv.signing import sign

__all__ = [
    "Garbled",
    "NoAnswer",
    "NoKey",
    "WrongPin",
    "certificate",
    "lies",
    "opened",
    "reference",
    "sign",
    "tries_left",
    "verified",
    "verify",
]
