"""``python -m hall``: make a hall, serve it, and look after it."""

from __future__ import annotations

import sys
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from certificates.cbor import Refused
from certificates.technicians import Role as CardRole
from certificates.verdict import Why
from hall import commands
from hall.backup import NotWhole, Running
from hall.catalogue import Unreadable
from hall.certificates import commands as papers
from hall.certificates.restoring import ListsLost
from hall.migrating import TooNew
from hall.models import Role
from hall.oidc import commands as departments
from hall.oidc.scopes import OPENID, SCOPES
from hall.settings import Settings, load
from hall.technicians import commands as technicians

Command = Callable[[Settings, Namespace], list[str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it was done, 1 with the reason on standard error when not."""
    args = _parser().parse_args(arguments)
    try:
        settings = load(args.settings) if args.settings.exists() else Settings()
        lines = args.command(settings, args)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        print("\n".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults), file=sys.stderr)
        return 1
    except (
        ListsLost,
        LookupError,
        NotWhole,
        OSError,
        Refused,
        Running,
        TooNew,
        Unreadable,
        ValueError,
        tomllib.TOMLDecodeError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="hall", description=__doc__)
    parser.add_argument("--settings", type=Path, default=Path("hall.toml"))
    top = parser.add_subparsers(required=True, metavar="command")
    staff = top.add_parser("staff", help="Members of staff.").add_subparsers(required=True, metavar="command")
    catalog = top.add_parser("catalog", help="The catalogue.").add_subparsers(required=True, metavar="command")

    department = top.add_parser("department", help="Departments.").add_subparsers(required=True, metavar="command")
    paper = top.add_parser("certificate", help="Certificates.").add_subparsers(required=True, metavar="command")
    technician = top.add_parser("technician", help="Technicians.").add_subparsers(required=True, metavar="command")

    def add(name: str, command: Command, among: Any = top) -> ArgumentParser:
        made: ArgumentParser = among.add_parser(name, help=(command.__doc__ or "").splitlines()[0])
        made.set_defaults(command=command)
        return made

    add("init", commands.init)
    add("serve", commands.run)
    code = add("enrol-code", commands.enrol_code)
    code.add_argument("--kiosk", help="enrol this kiosk again, with a higher epoch")
    code.add_argument("--picture", type=Path, help="leave a QR code (SVG) here, to be scanned in the maintenance mode")
    code.add_argument("--place-zh", default="大厅")
    code.add_argument("--place-en", default="Main hall")
    add("revoke", commands.revoke).add_argument("kiosk")
    slot = add("booking", commands.booking)
    slot.add_argument("--day", help="YYYY-MM-DD; today where it is left out")
    slot.add_argument("--start", required=True)
    slot.add_argument("--end", required=True)
    slot.add_argument("--queue", required=True)
    slot.add_argument("--matter", action="append", required=True)
    slot.add_argument("--citizen", action="store_true", help="read the citizen number from standard input")
    add("backup", commands.make_backup)
    back = add("restore", commands.restore)
    back.add_argument("copy")
    back.add_argument(
        "--forget-revocations", action="store_true", help="go on without the certificate lists that were published last"
    )
    member = add("add", commands.staff_add, staff)
    member.add_argument("name")
    member.add_argument("--role", choices=[role.value for role in Role], default=Role.CLERK.value)
    member.add_argument("--counter", default="1")
    add("lint", commands.catalog_lint, catalog)
    add("root-request", papers.root_request)
    add("root-install", papers.root_install).add_argument("file", type=Path)
    taken = add("revoke", papers.revoke, paper)
    taken.add_argument("short", help="the short code below the QR code")
    taken.add_argument("--why", required=True, choices=[why.value for why in Why], help="told to anybody who verifies")
    taken.add_argument("--note", default="", help="for staff alone")
    add("cut", papers.cut, paper).add_argument("kiosk")
    add("show", papers.show, paper).add_argument("short")
    client = add("add", departments.add, department)
    client.add_argument("id", help="letters a-z, digits and hyphens: social-insurance")
    for name in ("name-zh", "name-en", "purpose-zh", "purpose-en"):
        client.add_argument(f"--{name}", required=True, help="told to the person before anything is handed over")
    client.add_argument("--redirect", action="append", required=True, help="where people are sent back to")
    client.add_argument("--scope", action="append", default=[], choices=[each for each in SCOPES if each != OPENID])
    add("revoke", departments.revoke, department).add_argument("id")
    add("show", departments.show, department)
    card = add("certify", technicians.certify, technician)
    card.add_argument("--csr", type=Path, required=True, help="the request that the card signed, PEM")
    card.add_argument("--name", required=True, help="a staff number: T-014")
    card.add_argument("--role", required=True, choices=[role.value for role in CardRole])
    card.add_argument("--days", type=int, default=365)
    add("revoke", technicians.revoke, technician).add_argument("name")
    add("show", technicians.show, technician)
    add("demo-seed", commands.demo_seed).add_argument("--password", required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
