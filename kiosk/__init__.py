"""The trunk: what a visit is, what is open now, and the one place that constructs everything."""

from typing import Final

VERSION: Final = "0.1.0"
