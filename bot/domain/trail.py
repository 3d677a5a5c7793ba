"""The audit trail: what its entries are about, and an entry with those whom it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Role
from bot.domain.seats import Place, Who
from bot.domain.units import Unit


class Topic(StrEnum):
    PEOPLE = "people"
    UNITS = "units"
    HOURS = "hours"
    EXEMPTIONS = "exempt"
    REOPENED = "reopen"
    GROUP = "group"
    TARGETS = "targets"
    EXERCISES = "exercise"
    ACTIVITIES = "activity"
    ERASED = "erase"


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
        "unit.keep",
        "unit.order",
    ),
    Topic.HOURS: ("schedule.change",),
    Topic.EXEMPTIONS: ("exemption.add", "exemption.end"),
    Topic.REOPENED: ("report.reopen",),
    Topic.GROUP: ("group.bind", "group.language"),
    Topic.TARGETS: ("target.change", "target.end", "target.status", "target.count", "target.ask"),
    Topic.EXERCISES: (
        "exercise.add",
        "exercise.move",
        "exercise.hold",
        "exercise.cancel",
        "exercise.item_add",
        "exercise.item_due",
        "exercise.item_remove",
        "exercise.tick",
    ),
    Topic.ACTIVITIES: (
        "activity.add",
        "activity.session",
        "activity.liable",
        "activity.mode",
        "activity.cancel",
        "activity.session_cancel",
        "roster.change",
    ),
    Topic.ERASED: ("report.erase", "activity.erase"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry; `who` None is the command line, `before` and `after` are JSON.

    `people`, `numbers` and `units` tell whom and what the JSON names: people by id as they are called
    today, and their numbers in each position.
    """

    at: datetime
    who: Who | None
    action: str
    unit: Unit | None
    before: str | None
    after: str | None
    reason: str | None
    people: Mapping[int, Who]
    numbers: Mapping[Place, Mapping[int, int]]
    units: Mapping[int, Unit]

    def named(self, person_id: int, role: Role | None, unit_id: int | None) -> Who:
        """The person in that role, or as called today where the role was never theirs."""
        led = unit_id if role and role.leads_unit else None
        number = self.numbers.get((role, led), {}).get(person_id) if role else None
        if number is None:
            return self.people.get(person_id, Who(None))
        return Who(role, self.units.get(led) if led else None, number)
