"""The kiosk as it ships, in a process of its own that is born like it, with a finger on its glass.

``python -m tests.stand.kiosk_child kiosk.toml SOCKET``.
"""

import sys

from kiosk import launch

if __name__ == "__main__":
    launch.begin()
    launch.with_qt()

    from tests.stand.finger import main

    sys.exit(main())
