"""How a paper of the day is read."""

from __future__ import annotations

import numpy as np
import zxingcpp

from tests.day.paper import codes


def test_a_bar_code_beside_the_qr_code_is_not_taken_for_another_one() -> None:
    """Lines of text look like one now and then; here it is a real one."""
    bars = zxingcpp.create_barcode("7064", zxingcpp.BarcodeFormat.ITF).to_image(scale=3)
    squares = zxingcpp.create_barcode("HTTPS://HALL/C/1", zxingcpp.BarcodeFormat.QRCode).to_image(scale=3)
    paper = np.full((600, 400), 255, np.uint8)
    for top, code in ((40, np.asarray(bars)), (260, np.asarray(squares))):
        paper[top : top + code.shape[0], 40 : 40 + code.shape[1]] = code
    assert len(zxingcpp.read_barcodes(paper)) == 2
    assert [code.text for code in codes(paper)] == ["HTTPS://HALL/C/1"]
