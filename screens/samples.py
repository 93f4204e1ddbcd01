"""A small catalogue for the samples of the screens: nobody's matters."""

from __future__ import annotations

from screens.pages import Group, Matter, Open, Tab
from screens.words import Words

_STAGES = (
    Group("birth", Words("出生", "Birth"), "baby"),
    Group("school", Words("上学", "School"), "graduation-cap"),
    Group("work", Words("就业", "Work"), "briefcase"),
    Group("home", Words("居住", "Home"), "house-plug"),
    Group("family", Words("婚姻", "Family"), "heart-handshake"),
    Group("health", Words("看病", "Health"), "stethoscope"),
    Group("retire", Words("退休", "Retire"), "sunset"),
    Group("after", Words("身后", "Farewell"), "flower-2"),
)
_DEPARTMENTS = (
    Group("si", Words("社保", "Social insurance"), "shield-check"),
    Group("mi", Words("医保", "Medical insurance"), "heart-pulse"),
    Group("ca", Words("民政", "Civil affairs"), "users"),
    Group("dp", Words("残联", "Disabled persons"), "accessibility"),
    Group("ps", Words("公安", "Public security"), "id-card"),
    Group("hf", Words("公积金", "Housing fund"), "piggy-bank"),
)
TABS = (
    Tab("stages", Words("按人生阶段", "Life stages"), "sunset", _STAGES),
    Tab("departments", Words("按部门", "Departments"), "landmark", _DEPARTMENTS),
)


def _matter(
    key: str, zh: str, en: str, groups: str, minutes: int, why: Words | None = None, state: Open | None = None
) -> Matter:
    line = why or Words(f"窗口 · 约 {minutes} 分钟", f"Window · about {minutes} min")
    state = state or (Open.CLOSED if why else Open.YES)
    return Matter(key, Words(zh, en), line, frozenset(groups.split()), minutes, state)


MATTERS = (
    _matter("si-transfer", "社保关系转移接续", "Transfer of social insurance", "birth work retire si", 15),
    _matter("si-pension", "养老金资格认证", "Confirm pension eligibility", "birth retire si", 2),
    _matter("mi-remote", "异地就医备案", "Medical care elsewhere", "birth health retire mi", 10),
    _matter("ca-senior", "老年人优待卡申领", "Senior citizen card", "birth retire ca", 8),
    _matter(
        "ca-allowance",
        "高龄津贴申领",
        "Allowance for the very old",
        "birth retire ca",
        12,
        Words("需放一次身份证", "Lay your ID card down once"),
        Open.STEP,
    ),
    _matter(
        "ps-book",
        "户口簿补办",
        "New household register",
        "birth home ps",
        12,
        Words("公安系统未连接 · 约 10:30 恢复", "Police system is down · back about 10:30"),
    ),
    _matter("mi-child", "新生儿参保登记", "Insurance for a newborn child", "birth family mi", 10),
    _matter("ps-birth", "出生登记", "Registering a birth", "birth family ps", 15),
)
