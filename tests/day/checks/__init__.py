"""The checks of the day, in the order they are played."""

from tests.day.checks import tickets  # isort: skip
from tests.day.checks import cards  # isort: skip
from tests.day.checks import documents  # isort: skip
from tests.day.checks import accounts  # isort: skip
from tests.day.checks import binding  # isort: skip
from tests.day.checks import attacks  # isort: skip
from tests.day.checks import paper  # isort: skip
from tests.day.checks import offline  # isort: skip
from tests.day.checks import hall  # isort: skip
from tests.day.checks import certificates  # isort: skip
from tests.day.checks import verifying  # isort: skip
from tests.day.checks import refused  # isort: skip
from tests.day.checks import sheets  # isort: skip
from tests.day.checks import escapes  # isort: skip
from tests.day.checks import splash  # isort: skip
from tests.day.checks import work_cards  # isort: skip
from tests.day.checks import maintenance  # isort: skip
from tests.day.checks import left  # isort: skip
from tests.day.checks import frozen  # isort: skip
from tests.day.checks import supervised  # isort: skip
from tests.day.checks import upkeep_store  # isort: skip

__all__ = [
    "accounts",
    "attacks",
    "binding",
    "cards",
    "certificates",
    "documents",
    "escapes",
    "frozen",
    "hall",
    "left",
    "maintenance",
    "offline",
    "paper",
    "refused",
    "sheets",
    "splash",
    "supervised",
    "tickets",
    "upkeep_store",
    "verifying",
    "work_cards",
]
