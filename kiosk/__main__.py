"""``python -m kiosk``, the commands of ``kiosk/commands.py``; frozen, ``verify-certificate`` as well."""

import sys

from kiosk import frozen, launch

if __name__ == "__main__":
    frozen.begin()
    if frozen.called() == "verify-certificate":
        from kiosk.verify_certificate.command import main as verify

        sys.exit(verify())
    launch.begin()

    from kiosk.commands import main

    sys.exit(main())
