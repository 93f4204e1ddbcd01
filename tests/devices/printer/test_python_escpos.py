"""What is taken of python-escpos, and what is left."""

import subprocess
import sys

TOLD = """
from devices.printer.python_escpos import NetworkPrinter, Serial
from escpos.capabilities import CAPABILITIES
print(sorted(CAPABILITIES["profiles"]), NetworkPrinter("127.0.0.1").timeout, Serial("/dev/null").baudrate)
"""


def test_a_plug_is_made_without_all_that_is_known_of_printers() -> None:
    done = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, timeout=20)
    assert done.stdout.split() == ["['default']", "60", "9600"], done.stderr
