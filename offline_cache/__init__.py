"""What must survive: the ledger, the events on their way to the hall, numbers, signed documents, the time.

The kiosk opens everything from one folder and then works with four things::

    cache = Cache(folder, checks={Kind.BUNDLE: catalogue.check})   # cache.replaced: a damaged store was put aside
    cache.enrol(code, url)                                         # once; cache.enrolment is None before
    sender = Sender(cache, ask=report, publish=views.put)          # start(), wake() after each record, stop()

* ``cache.ledger``: ``record(Draft) -> Recorded`` before paper, ``settle(recorded, Outcome, fault)`` after it,
  ``copy(ticket_id) -> Recorded`` for a reprint, ``waiting_for(person, matters)``, ``cancel(waiting)``, ``counts()``.
* ``cache.documents``: ``current(Kind.BUNDLE)``, ``current(Kind.DAY)``, ``day_key(day)``.
* ``cache.clock``: ``now()``, ``day()``, ``skew()``.
* ``HallView`` in ``publish``: online or since when not, the board with its ``as_of``, what is parked or refused.

What each failure leaves behind: ``StoreError`` (``StoreFull``, ``StoreDamaged``) nothing at all of that write;
``SyncError`` everything where it was, to be sent again; ``Refused`` the document before. ``Fault`` names the pages
in ``docs/failures/``. Nothing here knows Qt, and every call may be made from any thread; ``record``, ``settle``
and ``copy`` wait for the disk, so not from the GUI's.
"""
