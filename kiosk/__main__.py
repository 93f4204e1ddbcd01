"""``python -m kiosk run`` and ``python -m kiosk enrol CODE ADDRESS``."""

import sys

from kiosk import launch

if __name__ == "__main__":
    launch.begin()

    from kiosk.commands import main

    sys.exit(main())
