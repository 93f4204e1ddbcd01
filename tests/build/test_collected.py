"""What ships: all of the product, its data, and nothing that only tests need."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.build.collected import files, modules, scripts
from tests.build.strictly import OURS
from tests.stand.frozen import FOLDER, IMAGE
from tests.stand.kiosk import ROOT

ALLOWED: Final = frozenset(
    {
        # screens, devices
        *("PySide6", "shiboken6", "smartcard", "serial", "usb", "escpos", "PIL", "barcode", "qrcode", "six", "yaml"),
        *("importlib_resources", "cv2", "numpy", "zxingcpp", "pypdfium2", "pypdfium2_raw", "pypdfium2_cfg", "pkcs11"),
        # paper
        *("typst", "fontTools", "pyhanko", "pyhanko_certvalidator", "asn1crypto", "oscrypto", "uritools", "tzlocal"),
        *("aiohttp", "aiohappyeyeballs", "aiosignal", "attr", "frozenlist", "multidict", "propcache", "yarl"),
        # store, sync
        *("sqlite_utils", "sqlite_fts4", "click", "pluggy", "tabulate", "dateutil", "cryptography", "_cffi_backend"),
        *("cbor2", "requests", "certifi", "charset_normalizer", "idna", "urllib3"),
        *("http_message_signatures", "http_sf"),
        # boundaries
        *("pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"),
        # PyInstaller's own: what makes a program of it
        *("pyimod01_archive", "pyimod02_importers", "pyimod03_ctypes"),
        "_sysconfigdata__x86_64-linux-gnu",
    }
)
"""What the product imports, and what that imports. A new name here is a decision."""

SIMULATOR: Final = re.compile(r"(^|[./])sim(_\w+)?($|[./])")
TESTING: Final = ("tests", "hall", "pytest", "_pytest", "pytestqt", "hypothesis", "playwright", "psutil")
ONCE: Final = ("libQt6Core.so", "libpython3", "cv2.abi3.so", "libscipy_openblas", "libsqlite3.so")

AT_HOME: Final = {
    *("certificates.ceremony", "certificates.lint", "certificates.technician_papers"),
    *("kiosk.failures.page", "screens.gallery", "screens.sounds"),
}
"""Of the product, what only its makers and the hall use."""

LARGEST: Final = 380e6
LARGEST_IMAGE: Final = 140e6
"""Bytes of all files, and of the one that ships. With every library whole they are 499 million; docs/decisions/0018."""


def _tops() -> set[str]:
    return {name.split(".")[0] for name in modules()}


def test_no_other_package_ships_than_those_that_are_allowed() -> None:
    libraries = {"opencv_python_headless", "liballocator", *(top for top in _tops() if "openblas" in top)}
    strangers = _tops() - ALLOWED - set(OURS) - sys.stdlib_module_names - libraries
    assert strangers == set()


def test_every_allowed_package_does_ship() -> None:
    assert ALLOWED - _tops() == set()


def test_no_far_end_of_a_cable_ships() -> None:
    there = [file for folder in OURS for file in (ROOT / folder).rglob("sim*.py")]
    assert len(there) > 10, "the rule would be looking at nothing"
    assert [name for name in (*modules(), *files()) if SIMULATOR.search(name)] == []


def test_nothing_of_tests_or_of_the_hall_ships() -> None:
    assert [name for name in modules() if name.split(".")[0] in TESTING] == []
    assert [name for name in files() if set(Path(name).parts) & {"tests", "hall", "pytest", "playwright"}] == []


def test_every_module_of_the_product_ships_but_the_far_ends() -> None:
    """Also one that is chosen by name and imported late."""
    wanted = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for folder in OURS
        for file in (ROOT / folder).rglob("*.py")
    }
    missing = {name for name in wanted - modules() if not SIMULATOR.search(name)}
    assert {name for name in missing if not name.endswith("__main__")} == AT_HOME


def test_of_pyinstallers_hooks_only_the_one_that_begins_workers_runs() -> None:
    """A worker has no screen: Qt there would be memory and time for nothing."""
    assert scripts() == ("pyiboot01_bootstrap", "pyi_rth_multiprocessing", "__main__")


def test_all_of_the_product_can_be_imported_from_what_ships(tmp_path: Path) -> None:
    """What a library imports late, and only under a name, is missed by whoever leaves it out for its size."""
    names = tmp_path / "modules"
    names.write_text("\n".join(modules()), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.build.strictly", str(names)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout == "", done.stderr[-3000:]


def test_all_data_of_the_product_ships() -> None:
    kinds = (".toml", ".typ", ".svg", ".wav", "capabilities.json")
    wanted = {
        file.relative_to(ROOT).as_posix()
        for folder in OURS
        for file in (ROOT / folder).rglob("*")
        if file.name.endswith(kinds)
    }
    assert len(wanted) > 50
    assert {f"_internal/{file}" for file in wanted} - files() == set()


@pytest.mark.parametrize("library", ONCE)
def test_a_large_library_ships_once(library: str) -> None:
    there = [name for name in files() if Path(name).name.startswith(library)]
    assert len([name for name in there if not (FOLDER / name).is_symlink()]) == 1


def test_qt_ships_its_widgets_and_nothing_that_nobody_shows() -> None:
    libraries = {Path(name).name.split(".")[0] for name in files() if Path(name).name.startswith("libQt6")}
    wanted = ("Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa", "WaylandClient")
    assert libraries == {f"libQt6{part}" for part in wanted}
    plugins = {name.split("/plugins/")[1] for name in files() if "/Qt/plugins/" in name}
    assert plugins == {
        *(f"platforms/libq{screen}.so" for screen in ("xcb", "wayland", "offscreen")),
        "wayland-shell-integration/libxdg-shell.so",
    }
    assert [name for name in files() if "translations" in name or name.endswith((".qm", ".qml"))] == []


def test_it_weighs_what_was_decided() -> None:
    weight = sum((FOLDER / name).stat().st_size for name in files() if not (FOLDER / name).is_symlink())
    assert weight < LARGEST, f"{weight / 1e6:.0f} MB"
    assert IMAGE.stat().st_size < LARGEST_IMAGE, f"{IMAGE.stat().st_size / 1e6:.0f} MB packed"


def test_the_one_file_that_ships_is_the_folder_and_belongs_to_root() -> None:
    listed = subprocess.run(
        ["unsquashfs", "-lln", IMAGE], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    entries = [line.split(maxsplit=5) for line in listed.splitlines() if line.startswith(("-", "l", "d"))]
    assert {owner for _, owner, *_ in entries} == {"0/0"}
    plainly = [entry for entry in entries if entry[0].startswith("-")]
    sizes = {name.removeprefix("squashfs-root/"): size for _, _, size, _, _, name in plainly}
    plain = {name for name in files() if not (FOLDER / name).is_symlink()}
    assert sizes == {name: str((FOLDER / name).stat().st_size) for name in plain}


def test_nothing_that_ships_is_missing_a_library() -> None:
    """Of those that are its own; a machine's (glibc, OpenGL, pcscd) are the machine's."""
    dangling = [path for path in FOLDER.rglob("*") if path.is_symlink() and not path.exists()]
    assert dangling == []
    environment = {**os.environ, "LD_LIBRARY_PATH": str(FOLDER / "_internal")}
    missing = {}
    for name in files():
        if re.search(r"\.so(\.|$)", name) and not (FOLDER / name).is_symlink():
            told = subprocess.run(["ldd", FOLDER / name], env=environment, capture_output=True, text=True, timeout=60)
            if lost := re.findall(r"(\S+) => not found", told.stdout):
                missing[name] = lost
    assert missing == {}
