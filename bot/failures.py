"""Where something failed, told without what it was about."""

import traceback


def places(error: BaseException) -> str:
    """Return the places in the code that the error came through, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-8:]))
