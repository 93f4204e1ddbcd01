"""What ippeveprinter runs for each document: the paper path, moved by the ``SheetFeeder`` at the other end of a socket.

``sim_press.py SOCKET FILE``: says which file it is, tells ippeveprinter line by
line what the feeder says, and ends as it is told. A program of its own and
without imports of ours: it has to start at once.
"""

import socket
import sys


def main(path: str, document: str) -> int:
    with socket.socket(socket.AF_UNIX) as feeder:
        feeder.connect(path)
        feeder.sendall(document.encode() + b"\n")
        for line in feeder.makefile(encoding="ascii"):
            if line.startswith("END "):
                return int(line[4:])
            sys.stderr.write(line)  # STATE: and ATTR: lines, read by ippeveprinter
            sys.stderr.flush()
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
