"""The resident ID card, read through a reader's security module (SAM) on a serial line.

The chip gives its content only to a SAM, which is in every licensed reader:
``SdtReader`` (``reader.py``) asks it to find a card, to select it and to read
it. A SAM finds a card once and then says "no card" until it has left the
field, so nobody can tell when it is taken away: ``CardArrived.watched`` is False.
What chip and module have agreed upon is no copy: every holder is ``Proof.GENUINE``.

Four kinds of card come through it (``layout.py``): the citizen's, the residence
permit of Hong Kong, Macao and Taiwan residents, and the foreigner's permanent
residence card of 2017 and of 2023. Any other is an unknown card. Name, number,
sex, birth, expiry, address and a foreigner's nationality leave ``layout.py``.
Where a citizen's chip holds a newer address than the printed one, that one
counts: the residence certificate is issued for it.

The photo is dropped unread. Its format (WLT, 102 by 126 dots) has only closed
decoders, which come with a licence file for one reader, and no service looks
at a portrait, so no decoder is shipped and none is called. One would be given
the 1,024 bytes that ``layout.text_in`` leaves behind the text, and would
have to work in a spawned process that is killed at a deadline, as the card
worker is: it is a stranger's C library on bytes from outside. Fingerprints, which some
models send with every read, are dropped unread too.
"""
