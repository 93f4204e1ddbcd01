"""What the guided tests say."""

from __future__ import annotations

from typing import Final

from screens.words import Words

NAMES: Final = {
    "touch": Words("触摸", "Touch"),
    "colours": Words("屏幕颜色", "Screen colours"),
    "printer": Words("号票打印", "Slip printer"),
    "sheets": Words("A4 打印", "A4 printer"),
    "card": Words("读卡", "Card reader"),
    "id-card": Words("身份证阅读", "ID card reader"),
    "scanner": Words("扫描", "Code scanner"),
    "voice": Words("声音", "Sound"),
}

ALL_TITLE: Final = Words("全部测试", "All tests")
ONE_TITLE: Final = Words("测试", "Test")
AS_SHOWN: Final = Words("对，通过", "Yes, it passes")
NOT_SO: Final = Words("不对", "No")
AGAIN: Final = Words("再来一次", "Once more")
BEFORE: Final = Words("上一项", "One back")
STOP: Final = Words("停止测试", "Stop")
NOT_READ: Final = Words("没有反应", "Nothing happens")

TOUCH_TITLE: Final = Words("请碰每一格", "Touch every field")
COLOURS_ASK: Final = Words("五种颜色都均匀吗？", "Were all five colours even?")
COLOURS_POINTS: Final = (
    Words("没有亮点、黑点", "No bright or dark dots"),
    Words("没有条纹和暗边", "No stripes, no dark edge"),
)

PRINTING: Final = Words("正在打印测试页", "Printing a test page")
LOOK_AT_OUTLET: Final = Words("请看出纸口。", "Look at the outlet.")
SAYS_DONE: Final = Words("打印机答复：已完成。", "The printer says: done.")
SLIP_ASK: Final = Words("测试票和图上一样吗？", "Is the slip as shown?")
SLIP_POINTS: Final = (
    Words("格子清楚，没有白色竖线", "Fields are sharp, no white lines"),
    Words("八个字都在，笔画清楚", "All eight characters are there and sharp"),
    Words("最下面的黑条完整", "The bar at the end is whole"),
    Words("纸已切断", "The paper is cut"),
)
SHEET_ASK: Final = Words("A4 测试页完整吗？", "Is the A4 page whole?")
SHEET_POINTS: Final = (
    Words("四角的标记都在", "The marks in all four corners are there"),
    Words("红色和蓝绿色都有", "Red and teal are there"),
    Words("没有条纹和脏点", "No stripes, no dirt"),
)

CARD_ASK: Final = Words("读卡器正常吗？", "Does the card reader work?")
CARD_SAID: Final = Words("维护卡已读，签名正确。", "Your card was read and its signature is right.")
LAY_TITLE: Final = Words("请放测试身份证", "Lay down the test ID card")
LAY_ANY_TITLE: Final = Words("请放一张证件到读卡器", "Lay a card into the card reader")
LAY_LEAD: Final = Words("读出的内容不显示，也不保存。", "What it says is neither shown nor kept.")
READ_ASK: Final = Words("证件读出来了吗？", "Was the card read?")
READ_SAID: Final = Words("已读出一张证件。", "A document was read.")
SCAN_TITLE: Final = Words("请把测试票放到扫描口", "Hold the test slip to the scanner")
SCAN_LEAD: Final = Words("离开一掌的距离，二维码朝扫描口。", "A hand's width away, the code to the scanner.")
SCAN_ASK: Final = Words("二维码读出来了吗？", "Was the code read?")
SCAN_SAME: Final = Words("与刚打的测试票相符。", "It is the slip that was just printed.")
SCAN_TEST: Final = Words("是一张别的测试票。", "It is another test slip.")
SCAN_OTHER: Final = Words("读到一个码，不是测试票。", "A code was read, not of a test slip.")
SOUND_ASK: Final = Words("听到三声和一句话吗？", "Did you hear the notes and a sentence?")
SOUND_POINTS: Final = (
    Words("声音清楚，没有杂音", "Clear, without noise"),
    Words("站在一步外也听得见", "Heard from a step away"),
)
SOUND_SENTENCE: Final = Words("这是声音测试。", "This is a sound test.")
