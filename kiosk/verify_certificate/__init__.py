"""``verify-certificate FILE…``: is this paper genuine? For a terminal, without a kiosk and without Qt.

Ends with 0 where every code is valid, 2 where a file, a page or a code could not
be read or the command was misused, else 1. Of several codes the worst counts:
2 before 1 before 0.
"""

from kiosk.verify_certificate.command import main

__all__ = ["main"]
