"""Is a page still in memory, before and after it is forgotten? A process of its own, which nothing else has been in.

``python -m tests.certificates.own_memory`` prints how often it found a name in memory that is in use.
"""

from __future__ import annotations

import ctypes
import gc
import secrets

from certificates.sheet import forget, pdf
from tests.certificates.sheets import sheet

_TRIES = 8

_LIBC = ctypes.CDLL(None)
_LIBC.malloc.restype = ctypes.c_void_p
_LIBC.malloc.argtypes = (ctypes.c_size_t,)
_LIBC.free.argtypes = (ctypes.c_void_p,)


def places(head: bytes, tail: bytes) -> int:
    """How often ``head`` is followed by ``tail``; they come apart, or the question would find itself."""
    _overwrite_what_is_free()
    found = 0
    with open("/proc/self/maps", encoding="ascii") as maps:
        regions = [line.split() for line in maps]
    with open("/proc/self/mem", "rb", buffering=0) as memory:
        for span, rights, _offset, _device, _inode, *of in regions:
            if not rights.startswith("rw") or of == ["[stack]"]:  # there calls that are over leave what they like
                continue
            begin, end = (int(at, 16) for at in span.split("-"))
            seen = bytearray(end - begin)
            try:
                memory.seek(begin)
                memory.readinto(seen)
            except OSError:  # a thread's guard page, or memory that was given back meanwhile
                continue
            at = seen.find(head)
            while at >= 0:
                found += seen[at + len(head) : at + len(head) + len(tail)] == tail
                at = seen.find(head, at + 1)
            seen[:] = bytes(len(seen))  # or the next look would find what this one read
    return found


def _overwrite_what_is_free() -> None:
    gc.collect()
    blocks = []
    for size in (*range(24, 1_100, 16), *range(1_100, 9_000, 512)):
        for _ in range(300):
            block = _LIBC.malloc(size)
            ctypes.memset(block, 0, size)
            blocks.append(block)
    for block in blocks:
        _LIBC.free(block)
    small = [bytes(size) for size in range(1, 513, 8) for _ in range(3_000)]
    del small, blocks
    gc.collect()
    _LIBC.malloc_trim(0)


def main() -> None:
    """What stays by chance, on a stack of the compiler's threads, stays hardly each time; what is kept, always."""
    for _ in range(_TRIES):
        before, after = look()
        if not after:
            break
    print(before, after)


def look() -> tuple[int, int]:
    head, tail = (secrets.token_hex(4) for _ in range(2))
    pdf(sheet(name=head + tail))
    before = places(head.encode(), tail.encode())
    forget()
    return before, places(head.encode(), tail.encode())


if __name__ == "__main__":
    main()
