"""What somebody careless might have done to the product: data, and how it is done to a copy of the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

ROOT: Final = Path(__file__).resolve().parents[2]
SABOTAGES: Final = Path(__file__).with_name("sabotages.toml")
PACKAGES: Final = "hall/web/verify/node_modules"
"""What npm installed, which git ignores."""

PRODUCT: Final = ("certificates/", "kiosk/", "devices/", "screens/", "offline_cache/", "hall/")
"""Where a sabotage may strike: never the tests, and no far end of a cable."""

Text = Annotated[str, Field(min_length=1)]


class Misfit(Exception):
    """The product has moved on: a sabotage no longer finds its place."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Edit(_Strict):
    """In ``file``, ``before`` (which stands there exactly once) becomes ``after``."""

    file: Text
    before: Text
    after: str

    def place(self, tree: Path) -> tuple[Path, str]:
        """The file in ``tree`` and what it says. Raises ``Misfit``."""
        if not self.file.startswith(PRODUCT) or Path(self.file).name.startswith("sim"):
            raise Misfit(f"{self.file} is not the product's")
        path = tree / self.file
        text = path.read_text("utf-8") if path.is_file() else ""
        if (times := text.count(self.before)) != 1:
            raise Misfit(f"{self.file} has {times} times: {self.before}")
        return path, text

    def do(self, tree: Path) -> None:
        path, text = self.place(tree)
        path.write_text(text.replace(self.before, self.after), "utf-8")


class Sabotage(Edit):
    """One broken promise.

    ``check`` is the check of the day that must turn red, ``why`` what somebody
    careless broke, ``sees`` a part of what the check must say then: red for
    another reason, such as a kiosk that does not start, proves nothing.
    ``also``: where several layers keep the promise, the same in the others.
    ``seconds`` is what the check may take, its world included: one that hangs is
    no red check.
    """

    check: Text
    why: Text
    sees: Text
    also: tuple[Edit, ...] = ()
    seconds: float = Field(default=180.0, gt=0)

    @property
    def edits(self) -> tuple[Edit, ...]:
        return (self, *self.also)


class _File(_Strict):
    sabotage: tuple[Sabotage, ...]


def load() -> tuple[Sabotage, ...]:
    return _File.model_validate(tomllib.loads(SABOTAGES.read_text("utf-8"))).sabotage


def copy_tree(to: Path) -> Path:
    """The checkout as it stands, without what git ignores but npm's packages."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    for name in map(os.fsdecode, filter(None, listed.stdout.split(b"\0"))):
        if (ROOT / name).is_file():  # what was deleted is listed until that is committed
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    (to / PACKAGES).symlink_to(ROOT / PACKAGES)
    return to
