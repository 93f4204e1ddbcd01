"""The checks of the day, in the order they are played."""

from tests.day.checks import tickets

__all__ = ["tickets"]
