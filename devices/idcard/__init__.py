"""The resident ID card, read through a reader's security module (SAM) on a serial line.

The chip gives its content only to a SAM, which is in every licensed reader:
``SdtReader`` (``reader.py``) asks it to find a card, to select it and to read
it. A SAM finds a card once and then says "no card" until it has left the
field, so nobody can tell when it is taken away: ``CardArrived.watched`` is False.

The photo is dropped unread: its format has only closed decoders, and no
service needs it. Of the text only name, number, sex, birth, address and expiry leave
``layout.py``.
"""
