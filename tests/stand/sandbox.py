"""The part of a unit's sandbox that a process can put on itself, so that tests run inside what ships.

``python sandbox.py RULES PROGRAM …`` becomes PROGRAM with its system calls filtered, no memory that is both written and
run, no new privileges and no other families of sockets. Folders, devices and users are systemd's own affair.
Source: systemd.exec(5); seccomp_rule_add(3); PR_SET_MDWE of Linux 6.3, which older kernels refuse.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

_NO_NEW_PRIVILEGES: Final = 38
_MDWE: Final = 65
_REFUSE_EXEC_GAIN: Final = 1
_ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
_EQUAL: Final = 4
_FAMILIES: Final = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16}


def rules(filters: Sequence[str], families: str) -> str:
    """What a unit says as SystemCallFilter, line by line, and as RestrictAddressFamilies: for the command line."""
    allowed: set[str] = set()
    for said in filters:
        allowed = allowed - _calls(said[1:]) if said.startswith("~") else allowed | _calls(said)
    return json.dumps({"calls": sorted(allowed), "families": [_FAMILIES[each] for each in families.split()]})


def _calls(names: str) -> set[str]:
    """Names of calls, with groups taken apart as this machine's systemd does."""
    calls: set[str] = set()
    for name in names.split():
        if name.startswith("@"):
            told = subprocess.run(
                ["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True
            )
            lines = (line.strip() for line in told.stdout.splitlines()[1:])
            calls |= _calls(" ".join(line for line in lines if line and not line.startswith("#")))
        else:
            calls.add(name)
    return calls


class _Comparison(ctypes.Structure):
    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def put_on(said: str) -> None:
    """For the rest of this process's life, and of its children's."""
    libc, seccomp = ctypes.CDLL(None, use_errno=True), ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no new privileges")
    libc.prctl(_MDWE, _REFUSE_EXEC_GAIN, 0, 0, 0)
    wanted = json.loads(said)
    rule = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(_ERRNO | errno.EPERM)))
    for name in wanted["calls"]:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0 and name != "socket":  # some belong to other processors
            seccomp.seccomp_rule_add(rule, ctypes.c_uint32(_ALLOW), number, ctypes.c_uint(0))
    number = seccomp.seccomp_syscall_resolve_name(b"socket")
    for family in wanted["families"]:
        is_it = _Comparison(0, _EQUAL, family, 0)
        seccomp.seccomp_rule_add_array(rule, ctypes.c_uint32(_ALLOW), number, ctypes.c_uint(1), ctypes.byref(is_it))
    if seccomp.seccomp_load(rule):
        raise OSError("the filter was not taken")


if __name__ == "__main__":
    put_on(sys.argv[1])
    os.execv(sys.argv[2], sys.argv[2:])
