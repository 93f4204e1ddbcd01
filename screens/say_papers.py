"""What the screens say of certificates: before they are printed, when they are out, and when they are verified."""

from __future__ import annotations

from typing import Final

from screens.words import Words

# a preview
LOOK_FIRST: Final = Words("请看一遍，再打印", "Look it over, then print")
THE_VERY_PAGE: Final = Words(
    "屏幕上的这一页，就是将要打印的那一页。", "This page is the very one that will be printed."
)
PAPER: Final = Words("纸张", "Paper")
LARGER: Final = Words("放大", "Larger")
WHOLE_PAGE: Final = Words("看整页", "Whole page")
CHANGE: Final = Words("改内容", "Change")
ALL_CORRECT: Final = Words("内容无误，打印 1 份", "All correct, print 1")
ALL_CORRECT_LARGE: Final = Words("内容无误，\n打印 1 份", "All correct,\nprint 1")
"""The same where it stands on two lines."""

# printing and taking
PRINTING_CERTIFICATE: Final = Words("正在打印证明", "Printing your certificate")
PRINTING_CERTIFICATE_LEAD: Final = Words(
    "约 10 秒。请先不要取走纸张和证件。", "About 10 seconds. Leave paper and card for now."
)
CERTIFICATE_PRINTED: Final = Words("证明已打印", "Your certificate is ready")
THEN_CERTIFICATE: Final = Words("再取走证明", "Then take the certificate")
TAKE_CERTIFICATE: Final = Words("请取走证明", "Take your certificate")
SLIP_WHERE: Final = Words("证明在屏幕正下方出纸口。", "It is in the slot below the screen.")
SHEET_WHERE: Final = Words("A4 纸在屏幕下方的宽出纸口。", "The A4 sheet is in the wide slot below the screen.")
CERTIFICATE_NUMBER: Final = Words("证明编号", "Certificate number")
NO_CERTIFICATE: Final = Words("证明没有出来？", "No certificate came out?")

# a verified paper
COMPARE: Final = Words("请与纸上逐项对比", "Compare each line with the paper")
NAME: Final = Words("姓名", "Name")
NOT_THE_HOLDER: Final = Words("这不能证明持纸人就是本人。", "This does not prove who holds it.")
SEE_ID: Final = Words("请另看身份证。", "Look at an ID card too.")
DO_THIS: Final = Words("请这样做", "What to do")
WHY: Final = Words("为什么这样判断", "Why we say so")
AS_IT_SHOULD: Final = Words("是", "Yes")
NOT_AS_IT_SHOULD: Final = Words("不符", "No")
ANOTHER: Final = Words("再验一张", "Check another")
