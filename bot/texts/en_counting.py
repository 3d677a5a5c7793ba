"""Counted things, in English."""


def counted(count: int, one: str, many: str) -> str:
    """The figure with its word in the singular or plural: 1 unit, 1,234 units."""
    return f"{count:,} {one if count == 1 else many}"
