"""The two libraries that stand in the place of larger ones do all that the kiosk asks of those."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.build.collected import BUNDLE, files
from tests.stand.kiosk import ROOT


def _in_place(name: str) -> dict[str, str]:
    """An environment in which the frozen kiosk's library is loaded before the wheel's could be."""
    paths = (ROOT / "dist" / "kiosk" / each for each in files() if Path(each).name.startswith(name))
    (file,) = {path.resolve() for path in paths}
    return {**os.environ, "LD_PRELOAD": str(file), "QT_QPA_PLATFORM": "offscreen"}


ALGEBRA = """if True:
    import cv2, numpy as np
    maps = open("/proc/self/maps").read()
    assert "opencv_python_headless.libs/libopenblas" in maps
    assert "site-packages/opencv_python_headless.libs/libopenblas" not in maps
    chance = np.random.default_rng(7)
    for kind, near in ((np.float32, 2e-2), (np.float64, 1e-9)):
        def same(ours, theirs):
            assert np.allclose(ours, theirs, rtol=near, atol=near), np.abs(ours - theirs).max()
        a, b, c = (chance.standard_normal(size).astype(kind) for size in ((150, 210), (210, 170), (150, 170)))
        same(cv2.gemm(a, b, 1.5, c, 0.5), 1.5 * a @ b + 0.5 * c)
        same(cv2.gemm(a, a, 1, None, 0, flags=cv2.GEMM_1_T), a.T @ a)
        z, w = (chance.standard_normal((130, 130, 2)).astype(kind) for _ in range(2))
        product = (z[..., 0] + 1j * z[..., 1]) @ (w[..., 0] + 1j * w[..., 1])
        same(cv2.gemm(z, w, 1, None, 0), np.stack((product.real, product.imag), -1))
        square = a @ a.T + 150 * np.eye(150, dtype=kind)
        right = chance.standard_normal((150, 3)).astype(kind)
        for how in (cv2.DECOMP_LU, cv2.DECOMP_CHOLESKY, cv2.DECOMP_QR, cv2.DECOMP_SVD):
            good, answer = cv2.solve(square, right, flags=how)
            assert good
            same(answer, np.linalg.solve(square, right))
        good, answer = cv2.solve(b, chance.standard_normal((210, 2)).astype(kind), flags=cv2.DECOMP_QR)
        assert good
        values, left, turned = cv2.SVDecomp(a)
        same(values[:, 0], np.linalg.svd(a, compute_uv=False))
        same((left * values[:, 0]) @ turned, a)
        same(cv2.invert(square)[1], np.linalg.inv(square))
        same(np.sign(cv2.determinant(square)), 1)
    plain = np.diag(np.arange(1.0, 121.0)) + np.triu(chance.standard_normal((120, 120)), 1)
    values, _ = cv2.eigenNonSymmetric(plain)
    assert np.allclose(np.sort(values[:, 0]), np.arange(1.0, 121.0), atol=1e-6)
    print("all the same")
"""


def test_opencv_counts_with_numpys_linear_algebra_as_it_did_with_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALGEBRA],
        env=_in_place("libopenblasp"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip() == "all the same", done.stderr[-2000:]


def test_screens_without_icus_tables_are_the_same_dot_for_dot(tmp_path: Path) -> None:
    """The chosen pictures: every kind of page, in both languages."""
    with_tables, without = tmp_path / "with", tmp_path / "without"
    for folder, environment in (
        (with_tables, {**os.environ, "QT_QPA_PLATFORM": "offscreen"}),
        (without, _in_place("libicudata")),
    ):
        subprocess.run(
            [sys.executable, "-m", "screens.gallery", "--chosen", str(folder)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            timeout=300,
            check=True,
        )
    pictures = sorted(file.relative_to(with_tables) for file in with_tables.rglob("*.png"))
    assert len(pictures) > 20
    assert [each for each in pictures if (with_tables / each).read_bytes() != (without / each).read_bytes()] == []
    assert (BUNDLE / "PySide6/Qt/lib/libicudata.so.73").stat().st_size < 20_000
