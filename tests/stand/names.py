"""Python's own table of names, laid anew before a process is counted, so that this does not happen between two counts.

CPython keeps every string that names something (``sys.intern``) in one table. Names that are gone take up room in it
until it is used up; then it is laid anew, for three times those that live. A kiosk starts with some 51,000 names and
room for 87,381; five or six come and go with a visit. So after 6,500 visits the table grows from 1.9 to 3.8 MB, in
one step, and is laid anew at that size every 20,000 visits from then on. That is no growth with visits, but a slope
through counts calls it one.
"""

from __future__ import annotations

import sys
from typing import Final

_PASSED: Final = 60_000
"""Names that come and go: more than the room that is left, and half of the room that there is then."""


def lay_names_anew() -> None:
    """The table has the size now that it keeps, and room for 15,000 visits."""
    for each in range(_PASSED):
        sys.intern(f"passed {each}")
