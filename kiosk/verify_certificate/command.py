"""The command itself: its arguments, its answers, its ends."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from certificates.cbor import Refused
from certificates.lists import Lists
from certificates.root import Root
from certificates.verdict import Reason, Result, Verdict, verdict
from certificates.verify import verify
from kiosk.verify_certificate.reading import LARGEST, texts
from kiosk.verify_certificate.said import plain, told
from kiosk.verify_certificate.trust import Hall, NoTrust, kept, pinned, refreshed, served

VALID, OTHER, UNREAD = 0, 1, 2
"""How the command ends. The worst of all codes counts."""

FRESH_S: Final = 3_600
"""Lists older than this are asked for again, where the hall can be reached."""

_STDIN: Final = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Prints the verdicts, says on standard error what went wrong, and returns how it ended."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    given = asked.lists is not None and (asked.lists / "index").is_file()
    if given and asked.refresh:
        parser.error("lists from a folder are not fetched: --refresh needs a folder to keep them in")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    now = int(time.time()) if asked.at is None else asked.at
    try:
        root = pinned(asked.root or _pinned_root())
        asked.lists = asked.lists or _cache(root.host)
    except NoTrust as error:
        _complain(str(error))
        return UNREAD
    except RuntimeError:  # of Path.home, where an account has none
        _complain("there is no home folder: name the root with --root and a place for the lists with --lists")
        return UNREAD
    hall = None if asked.offline or given else Hall(root.host, asked.ca)
    try:
        return _checked(asked, root, hall, now)
    finally:
        if hall is not None:
            hall.close()


def _checked(asked: argparse.Namespace, root: Root, hall: Hall | None, now: int) -> int:
    lists = _lists(asked, root, hall, now)
    end = VALID
    for name in asked.files:
        try:
            data = _loaded(name)
        except OSError as error:
            _complain(f"{name}: {error.strerror or error}")
            end = UNREAD
            continue
        verdicts, unread = _verdicts(data, lists, root, hall, now)
        for found in verdicts:
            sys.stdout.write(_json(name, found) if asked.json else told(name, found))
            end = max(end, _end(found.result))
        if unread:
            _complain(f"{name}: not all could be looked at ({unread})")
            end = UNREAD
    return end


def _verdicts(data: bytes, lists: Lists | None, root: Root, hall: Hall | None, now: int) -> tuple[list[Verdict], str]:
    def likely(text: str) -> bool:
        return verify(text, lists, root.host, now).result not in (Result.FORGED, Result.NOT_OURS)

    registry = hall.registered if hall else None
    codes, unread = texts(data, likely)
    found = [verify(text, lists, root.host, now, registry) for text in codes]
    return found or [verdict(Reason.NO_CODE)], unread


def _end(result: Result) -> int:
    if result is Result.VALID:
        return VALID
    return UNREAD if result is Result.UNREADABLE else OTHER


def _lists(asked: argparse.Namespace, root: Root, hall: Hall | None, now: int) -> Lists | None:
    """The newest lists there are; what could not be fetched or believed is said, and the ones before are used."""
    folder = asked.lists
    try:
        if (folder / "index").is_file():
            return served(folder, root, now)
        lists = kept(folder, root)
        if hall is not None and (asked.refresh or lists is None or now - lists.index.iat > FRESH_S):
            return refreshed(folder, root, hall.fetch, now)
    except (OSError, Refused) as error:
        _complain(f"lists: {error or type(error).__name__}")
        return kept(folder, root)
    return lists


def _loaded(name: str) -> bytes:
    """Raises ``OSError``, also for a file too large to be looked at."""
    if name == _STDIN:
        data = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with open(name, "rb") as file:
            data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(f"more than {LARGEST:,} bytes")
    return data


def _json(name: str, found: Verdict) -> str:
    shown = os.fsencode(name).decode("utf-8", "replace")
    return json.dumps({"file": shown} | found.json(), ensure_ascii=False) + "\n"


def _complain(text: str) -> None:
    sys.stderr.write(f"verify-certificate: {plain(text)}\n")


def _cache(host: str) -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "keting" / host.replace(":", "_")


def _pinned_root() -> Path:
    named = os.environ.get("KETING_ROOT")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "keting" / "root.cbor"


def _moment(text: str) -> int:
    """Seconds since 1970, or a time with its zone as in ISO 8601."""
    if text.isascii() and text.isdigit():
        return int(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return int(moment.timestamp())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verify-certificate",
        description="Tell whether printed certificates are genuine, from pictures, PDFs or the text of their codes.",
        epilog="Ends with 0: every code is valid; 1: some code is not; 2: something could not be read, or misuse.",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="picture, PDF or text with the code; - is standard input"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each code")
    parser.add_argument(
        "--root",
        type=Path,
        help="the hall's root (else $KETING_ROOT, ~/.config/keting/root.cbor)",
    )
    parser.add_argument(
        "--lists",
        type=Path,
        metavar="FOLDER",
        help="the lists as the hall serves them (then nobody is asked), or where to keep them (else ~/.cache/keting)",
    )
    parser.add_argument("--ca", type=Path, metavar="PEM", help="the authority of the hall's TLS certificate")
    parser.add_argument("--at", type=_moment, metavar="TIME", help="judge as of then: seconds since 1970 or ISO 8601")
    network = parser.add_mutually_exclusive_group()
    network.add_argument("--refresh", action="store_true", help="ask the hall for its lists, however new ours are")
    network.add_argument("--offline", action="store_true", help="ask nobody")
    return parser
