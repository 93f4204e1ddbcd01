"""Checks 17 to 23: genuine certificates, and what they are worth at which moment."""

from __future__ import annotations

from dataclasses import replace

from certificates.verdict import Reason
from tests.certificates.cases.case import Case
from tests.certificates.office import (
    CLAIMS,
    DAY,
    HOST,
    INCOME,
    LISTED,
    NEXT,
    NOW,
    RETIRED,
    REVOKED,
    STOLEN,
    TIMES,
    known_of_the_stolen_kiosk,
    paper,
    text,
)

_GONE = replace(CLAIMS, status=REVOKED)
_OLD = replace(CLAIMS, iat=NOW - 40 * DAY)
_ENDED = paper(replace(CLAIMS, iat=LISTED - DAY, exp=LISTED))
_ENDING = paper(replace(CLAIMS, iat=LISTED - DAY, exp=LISTED + 1))

CASES = (
    Case("a residence certificate", 23, Reason.NONE, paper()),
    Case("an income certificate", 23, Reason.NONE, paper(INCOME)),
    Case("online and registered", 23, Reason.NONE, paper(), registered=True),
    Case("a reprint", 23, Reason.NONE, paper(replace(CLAIMS, copy=2))),
    Case("every field filled", 23, Reason.NONE, paper(replace(CLAIMS, fields=("住址", 0, 10, "备注")))),
    Case("the longest name, beyond the basic plane", 23, Reason.NONE, paper(replace(CLAIMS, name="𠮷" * 40))),
    Case("a name with an X number", 23, Reason.NONE, paper(replace(CLAIMS, masked="990002X"))),
    Case("a key that has expired since", 23, Reason.NONE, paper(_OLD, RETIRED)),
    Case("the first second of the key", 23, Reason.NONE, paper(replace(_OLD, iat=TIMES[RETIRED][0]), RETIRED)),
    Case("known before its key was cut off", 23, Reason.NONE, text(known_of_the_stolen_kiosk(), "000G40R40M30E209")),
    Case(
        "as a browser writes the address",
        23,
        Reason.NONE,
        paper().replace(f"HTTPS://{HOST.upper()}", f"https://{HOST}"),
    ),
    Case("the last second of its validity", 23, Reason.NONE, paper(replace(CLAIMS, exp=NOW + 1))),
    Case("the last second of the index", 23, Reason.NONE, paper(), now=NEXT),
    Case("a clock 300 seconds behind the index", 23, Reason.NONE, paper(), now=LISTED - 300),
    Case("issued 300 seconds ahead", 23, Reason.NONE, paper(replace(CLAIMS, iat=NOW + 300))),
    Case("the highest index of a list", 23, Reason.NONE, paper(replace(CLAIMS, status=2**20 - 1))),
    Case("beside a revoked one", 23, Reason.NONE, paper(replace(CLAIMS, status=REVOKED + 1))),
    Case("revoked", 17, Reason.STATUS, paper(_GONE)),
    Case("revoked and expired", 17, Reason.STATUS, paper(replace(_GONE, exp=NOW))),
    Case("revoked, with an old index", 17, Reason.STATUS, paper(_GONE), now=NEXT + 1),
    Case("revoked, though the registry knows it", 17, Reason.STATUS, paper(_GONE), registered=True),
    Case("expired this second", 18, Reason.EXPIRED, paper(replace(CLAIMS, exp=NOW))),
    Case("expired long ago", 18, Reason.EXPIRED, paper(replace(_OLD, exp=NOW - 31 * DAY), RETIRED)),
    Case("expired, with an old index", 18, Reason.EXPIRED, paper(replace(CLAIMS, exp=NEXT)), now=NEXT + 1),
    Case("expired and not registered", 18, Reason.EXPIRED, paper(replace(CLAIMS, exp=NOW)), registered=False),
    Case("an index one second too old", 19, Reason.OLD_LIST, paper(), now=NEXT + 1),
    Case("an old index and not registered", 19, Reason.OLD_LIST, paper(), now=NEXT + DAY, registered=False),
    Case("a status list that is not in the index", 20, Reason.INDEX, paper(replace(CLAIMS, status=2**20))),
    Case("the highest status index", 20, Reason.INDEX, paper(replace(CLAIMS, status=2**27 - 1))),
    Case("expired, and its list not in the index", 18, Reason.EXPIRED, paper(replace(CLAIMS, status=2**20, exp=NOW))),
    Case("an old index without its list", 19, Reason.OLD_LIST, paper(replace(CLAIMS, status=2**20)), now=NEXT + 1),
    Case("expired before the index, by a slow clock", 18, Reason.EXPIRED, _ENDED, now=LISTED - 290),
    Case("good by a slow clock until the index", 23, Reason.NONE, _ENDING, now=LISTED - 290),
    Case("revoked by the registry alone", 21, Reason.STATUS, paper(), registered=True, revoked=True),
    Case("revoked and another copy by the registry", 21, Reason.STATUS, paper(), registered=False, revoked=True),
    Case("not registered yet", 22, Reason.NOT_REGISTERED, paper(), registered=False),
    Case(
        "known before its key was cut off, not registered",
        22,
        Reason.NOT_REGISTERED,
        text(known_of_the_stolen_kiosk(), "000G40R40M30E209"),
        registered=False,
    ),
    Case("signed by a cut key at another moment", 13, Reason.KEY_CUT_OFF, paper(replace(CLAIMS, iat=NOW - 5), STOLEN)),
)
