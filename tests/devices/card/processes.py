"""The processes of a card reader, seen from outside."""

import psutil


def workers() -> list[psutil.Process]:
    """Our children that Python's multiprocessing has spawned to run something of ours."""
    return [child for child in psutil.Process().children() if _command(child).count("spawn_main")]


def ended(process: psutil.Process) -> bool:
    """It runs no more, though nobody may have collected it yet."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""
