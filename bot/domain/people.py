"""People, their roles, and the one table of rights."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    LEADER = "leader"
    DEPUTY = "deputy"
    ACTING = "acting"
    COMMANDER = "commander"
    ADMIN = "admin"

    @property
    def leads_unit(self) -> bool:
        return self in UNIT_ROLES


UNIT_ROLES = frozenset({Role.LEADER, Role.DEPUTY, Role.ACTING})


class Action(StrEnum):
    """What a person may do; commands and buttons name one of these each."""

    START = "start"
    HELP = "help"
    LANGUAGE = "language"
    GROUP_LANGUAGE = "group_language"
    CANCEL = "cancel"
    REPORT = "report"
    SUMMARY = "summary"
    HISTORY = "history"
    INCIDENT = "incident"
    HANDLE_INCIDENT = "handle_incident"
    EXPORT = "export"
    TARGETS = "targets"
    EDIT_TARGETS = "edit_targets"
    MISSING = "missing"
    NUDGE = "nudge"
    ANNOUNCE = "announce"
    ACKNOWLEDGE = "acknowledge"
    EXERCISES = "exercises"
    MANAGE_EXERCISES = "manage_exercises"
    INVITE = "invite"
    BIND_GROUP = "bind_group"
    SCHEDULE = "schedule"
    EXEMPTION = "exemption"
    BACKUP = "backup"
    PEOPLE = "people"
    UNITS = "units"
    AUDIT = "audit"
    ATTENDANCE = "attendance"
    ACTIVITY = "activity"


BUTTON_ACTIONS = frozenset(
    {
        Action.HANDLE_INCIDENT,
        Action.ACKNOWLEDGE,
        Action.GROUP_LANGUAGE,
        Action.EDIT_TARGETS,
        Action.MANAGE_EXERCISES,
    }
)
"""What has no command of its own: it is done by buttons."""

_EVERY_ROLE = frozenset(Role)

RIGHTS: dict[Action, frozenset[Role]] = {
    Action.START: _EVERY_ROLE,
    Action.HELP: _EVERY_ROLE,
    Action.LANGUAGE: _EVERY_ROLE,
    Action.GROUP_LANGUAGE: frozenset({Role.ADMIN}),
    Action.CANCEL: _EVERY_ROLE,
    Action.REPORT: UNIT_ROLES,
    Action.HISTORY: UNIT_ROLES,
    Action.INCIDENT: UNIT_ROLES,
    Action.HANDLE_INCIDENT: frozenset({Role.COMMANDER, Role.ADMIN}),
    Action.SUMMARY: frozenset({Role.COMMANDER, Role.ADMIN}),
    Action.EXPORT: frozenset({Role.COMMANDER, Role.ADMIN}),
    Action.TARGETS: _EVERY_ROLE,
    Action.EDIT_TARGETS: frozenset({Role.ADMIN}),
    Action.MISSING: frozenset({Role.COMMANDER, Role.ADMIN}),
    Action.NUDGE: frozenset({Role.COMMANDER, Role.ADMIN}),
    Action.ANNOUNCE: frozenset({Role.COMMANDER, Role.ADMIN}),
    Action.ACKNOWLEDGE: _EVERY_ROLE,
    # Who leads a unit sees and ticks its own items; to plan is the command's.
    Action.EXERCISES: _EVERY_ROLE,
    Action.MANAGE_EXERCISES: frozenset({Role.COMMANDER, Role.ADMIN}),
    Action.INVITE: frozenset({Role.ADMIN}),
    Action.BIND_GROUP: frozenset({Role.ADMIN}),
    Action.SCHEDULE: frozenset({Role.ADMIN}),
    Action.EXEMPTION: frozenset({Role.ADMIN}),
    Action.BACKUP: frozenset({Role.ADMIN}),
    Action.PEOPLE: frozenset({Role.ADMIN}),
    Action.UNITS: frozenset({Role.ADMIN}),
    Action.AUDIT: frozenset({Role.ADMIN}),
    Action.ATTENDANCE: UNIT_ROLES,
    Action.ACTIVITY: frozenset({Role.COMMANDER, Role.ADMIN}),
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role held from a moment on, for a unit where the role leads one, until a day (inclusive).

    `first` is the day of that moment where the role was given for days to come.
    """

    role: Role
    unit_id: int | None
    since: datetime
    until: date | None = None
    first: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and not self.is_over_on(day)

    def is_over_on(self, day: date) -> bool:
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    telegram_id: int
    language: str
    assignments: tuple[Assignment, ...] = ()

    def roles_on(self, day: date) -> frozenset[Role]:
        return frozenset(a.role for a in self.assignments if a.holds_on(day))

    def begins_on(self, today: date) -> date | None:
        """The first day after today on which a role begins."""
        return min((a.first for a in self.assignments if a.first and a.first > today), default=None)

    def may(self, action: Action, day: date) -> bool:
        return not self.roles_on(day).isdisjoint(RIGHTS[action])

    def role_to(self, action: Action, day: date) -> Role | None:
        """The role in which the person does it, the first of the table's; None for who may not."""
        held = self.roles_on(day) & RIGHTS[action]
        return next((role for role in Role if role in held), None)

    def units_on(self, day: date) -> tuple[int, ...]:
        """Ids of the units that the person reports for, each once, in order of joining."""
        led = (a.unit_id for a in self.assignments if a.role.leads_unit and a.holds_on(day))
        return tuple(dict.fromkeys(unit for unit in led if unit is not None))

    def role_for(self, unit_id: int, day: date) -> Role | None:
        """The role in which the person speaks for the unit: acting on its days, else the first given."""
        held = [a.role for a in self.assignments if a.unit_id == unit_id and a.holds_on(day)]
        return Role.ACTING if Role.ACTING in held else next(iter(held), None)
