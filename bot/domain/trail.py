"""The audit trail: what its entries are about, and an entry with those whom it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.seats import Who
from bot.domain.units import Unit


class Topic(StrEnum):
    PEOPLE = "people"
    UNITS = "units"
    HOURS = "hours"
    EXEMPTIONS = "exempt"
    REOPENED = "reopen"
    GROUP = "group"


ACTIONS: Mapping[Topic, tuple[str, ...]] = {
    Topic.PEOPLE: (
        "role.begin",
        "role.end",
        "role.hand_over",
        "role.acting",
        "role.change",
        "invitation.create",
    ),
    Topic.UNITS: (
        "unit.rename",
        "unit.alias",
        "unit.strength",
        "unit.add",
        "unit.close",
        "unit.merge",
        "unit.order",
    ),
    Topic.HOURS: ("schedule.change",),
    Topic.EXEMPTIONS: ("exemption.add", "exemption.end"),
    Topic.REOPENED: ("report.reopen",),
    Topic.GROUP: ("group.bind",),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry; `who` None is the command line, `before` and `after` are JSON.

    `people` and `units` by id tell whom and what the JSON names.
    """

    at: datetime
    who: Who | None
    action: str
    unit: Unit | None
    before: str | None
    after: str | None
    reason: str | None
    people: Mapping[int, Who]
    units: Mapping[int, Unit]
