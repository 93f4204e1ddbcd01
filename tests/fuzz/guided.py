"""The same parsers under atheris, which sees what an input reaches and goes on from there.

``python -m tests.fuzz.guided TARGET RUNS SEED CORPUS`` ends as libFuzzer does: with 0 where nothing was found, else
with another number and the input in a file of CORPUS. Source: atheris 3; LibFuzzer's manual for its options.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.fuzz.engine import PROCESSES, Findings
from tests.fuzz.mutator import MOST

ROOT: Final = Path(__file__).resolve().parents[2]
_HANGS_S: Final = 20
"""By the clock, on a busy machine; the limit of the processor's time holds first."""


def run(cases: Mapping[str, int], seed: int, folder: Path) -> Iterator[tuple[str, Findings]]:
    """Each parser in a process of its own, as it is done. Raises ``ModuleNotFoundError`` without atheris."""
    importlib.import_module("atheris")
    with ThreadPoolExecutor(PROCESSES) as pool:
        yield from pool.map(partial(_apart, seed, folder), cases, cases.values())


def _apart(seed: int, folder: Path, name: str, cases: int) -> tuple[str, Findings]:
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.guided", name, str(cases), str(seed), str(corpus)]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    ran = re.findall(r"^#(\d+)\s", done.stdout, re.MULTILINE)
    found = Findings(cases=int(ran[-1]) if ran else 0)
    if done.returncode:
        error = re.findall(r"^RuntimeError: (.+)$|ERROR: (libFuzzer: .+)$", done.stdout, re.MULTILINE)
        inputs = [path for path in corpus.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-"))]
        found.note("".join(error[0]) if error else done.stdout[-200:], inputs[0].read_bytes() if inputs else b"")
    return name, found


def main(name: str, runs: int, seed: int, corpus: Path) -> None:
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["devices", "offline_cache"]):
        from tests.fuzz.target import tried
        from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    for number, sample in enumerate(target.samples):
        (corpus / f"sample-{number}").write_bytes(sample)

    def one(data: bytes) -> None:
        outcome = tried(target, data)
        if outcome.error:
            raise RuntimeError(outcome.error)

    options = [f"-runs={runs}", f"-seed={seed}", f"-max_len={MOST}", f"-timeout={_HANGS_S}"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus}/", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
