"""The reason that a person types for what they do."""

LONGEST_REASON = 120


class BadReasonError(ValueError):
    """No reason, or one of more characters than are kept."""


def read_reason(typed: str) -> str:
    """Return the reason on one line. Raises BadReasonError."""
    reason = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadReasonError
    return reason
