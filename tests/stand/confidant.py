"""A process that is told something, keeps it, and forgets it: for trying out whoever looks into memory.

``python -m tests.stand.confidant [born-as-kiosk]``. On its standard input: in hexadecimal, so that it stands nowhere
else, what to keep; then any line, to forget it. Each is answered with a line.
"""

import sys

from kiosk import launch


def main() -> None:
    told = sys.stdin.readline()
    kept = [bytes(before) + bytes.fromhex(told) for before in (8, 100, 700)]
    print("kept", flush=True)
    sys.stdin.readline()
    kept.clear()
    print("forgotten", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    if sys.argv[1:] == ["born-as-kiosk"]:
        launch.begin()
        launch.begun()
    main()
