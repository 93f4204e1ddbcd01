"""``python -m kiosk.verify_certificate``."""

import sys

from kiosk.verify_certificate.command import main

sys.exit(main())
