"""A process that has no file descriptor to spare."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_descriptor_left(given_back: bool = True) -> Iterator[None]:
    """Nothing more can be opened; ``given_back``: except in place of what is closed meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(map(int, os.listdir("/proc/self/fd")))
    fill = [os.dup(0)]
    while fill[-1] <= highest:
        fill.append(os.dup(0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (fill[-1] + 1 if given_back else 3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for each in fill:
            os.close(each)
