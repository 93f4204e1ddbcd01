"""The card reader: a social security card goes in, or an e-passport is laid on, and a ``Holder`` comes out.

A technician's PIV card names nobody; it signs for who has its PIN.

``PcscReader`` is a ``devices.reader.Reader`` on the PC/SC daemon. It watches
its reader all the time (``CardArrived.watched`` is true) and tells within half
a second, the daemon's own pace, that a card was taken away.

A passport is told as ``CardLocked``; ``PcscReader.unlock`` takes the key that was
typed or scanned, and what comes of it is told like that of any card. A PIV card is told as
``WorkCard``; ``PcscReader.prove`` takes its PIN and what it is to sign, and what comes of it is
``PinRefused``, and the next PIN may be tried, or ``WorkCardProven``. From then on the card is asked each
second, in the same session, whether its PIN was verified: ``CardGone`` follows as soon as it says no.

What each failure leaves behind:

* ``READER_GONE``: the reader is unplugged, or its daemon is down, stopped or
  silent. A card that lay there counts as gone and is read anew later; the
  reader comes back by itself, without a restart of the kiosk.
* ``CARD_SILENT``: a card is there and gave no answer before the deadline. It
  is left alone until it is taken away; other cards are read again after it.
* ``CARD_PULLED``: it was taken away while it was read, or while its PIN was tried. Nobody is named, and
  ``CardGone`` follows at once. Whether the card counted a wrong PIN, it alone knows.
* ``PASSPORT_KEY``: the passport did not open. It stays locked, and the next
  key may be tried.
* ``PASSPORT_FORGED``: nobody is named, and no other key is tried on it.
* ``CARD_ELSEWHERE``, ``BANK_CARD``, ``PHONE``: what lies there instead; nothing was read from it.
* ``CARD_UNKNOWN``, ``CARD_GARBLED``, ``CARD_EXPIRED``: the card is nothing that
  can be named (a PIV card without a key we can ask is one of these), breaks the rules (so does one that
  signs nothing after a right PIN), or is past its date. It may stay
  where it is; ``CardGone`` follows when it is taken away, or turns out to be another.

Events keep to
``(Ready (Arrived (Locked (Refused)* | WorkCard (PinRefused)*)? (Read | Proven | Refused)? Gone)* Lost)*``.
"""

from devices.card.pcsc import PcscReader

__all__ = ["PcscReader"]
