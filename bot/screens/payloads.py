"""What a button carries: one class a button, packed into at most 64 bytes."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from bot.domain.forms import ATTENDANCE, COURSE_RESULT, PARTY_COMMITTEE, REPORT_TYPES
from bot.domain.people import Role
from bot.domain.periods import Period
from bot.screens.packing import DAY, InvalidPayloadError, pack_day, parse_day


class Step(StrEnum):
    """What a form's button does."""

    OPEN = "open"
    NORMAL = "normal"
    COPY = "copy"
    DETAIL = "detail"
    MORE = "more"
    LESS = "less"
    FLIP = "flip"
    TURN = "turn"  # one of a roster, present or absent
    PAGE = "page"  # of a roster
    WHY = "why"  # show who of a roster is absent, to give a reason
    GIVE = "give"  # the reason that is chosen, to one of them
    OPTIONS = "options"  # show what a choice may be
    CHOOSE = "choose"
    TYPE = "type"  # ask for words
    CLEAR = "clear"
    ANSWER = "answer"  # a question that the card asks
    CARD = "card"
    SEND = "send"
    CANCEL = "cancel"
    LATE = "late"  # ask why the report is late
    BACK = "back"  # to the report that stands


CODES_A_PAGE = 20

# Written short: 64 bytes hold a subject, or a field of a long name, besides all else.
_SHORT = {ATTENDANCE.key: "a", COURSE_RESULT.key: "r", PARTY_COMMITTEE.key: "c"}
_LONG = {short: key for key, short in _SHORT.items()}


@dataclass(frozen=True, slots=True)
class FormPress:
    """A press in a form.

    `seen` is the revision that the form was drawn on; `mark` names what a card showed, and
    `argument` a field, or a field and what of it: `absent.sick`, `duty_commander.2` for the third
    option and `duty_commander.` for none, `safety.yes`; `codes.2.0` for the third reason and the first
    page, `codes.17.2` for that reason of member 17.
    """

    prefix: ClassVar[str] = "f"
    report_type: str
    day: date
    unit_id: int
    step: Step
    seen: int = 0
    mark: str = ""
    argument: str = ""
    subject: str = ""

    def pack(self) -> str:
        kind = _SHORT.get(self.report_type, self.report_type)
        about = f"{kind}.{self.subject}" if self.subject else kind
        return (
            f"{self.prefix}:{about}:{pack_day(self.day)}:{self.unit_id}:{self.step}"
            f":{self.seen}:{self.mark}:{self.argument}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = re.fullmatch(
            rf"f:([a-z_]+)(?:\.([1-9]\d{{0,5}}))?:{DAY}:(\d{{1,9}}):([a-z]+):(\d{{1,6}})"
            r":([0-9a-f]{0,8}):([a-z0-9_.]*)",
            data,
            re.ASCII,
        )
        report_type = _LONG.get(found[1], found[1]) if found else ""
        if not found or found[1] in _SHORT or report_type not in REPORT_TYPES:
            raise InvalidPayloadError(data)
        # A form about nothing in particular has no subject, and one about something needs it.
        if bool(found[2]) is not REPORT_TYPES[report_type].has_subject:
            raise InvalidPayloadError(data)
        try:
            return cls(
                report_type=report_type,
                day=parse_day(found[3]),
                unit_id=int(found[4]),
                step=Step(found[5]),
                seen=int(found[6]),
                mark=found[7],
                argument=found[8],
                subject=found[2] or "",
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class NudgePress:
    """Ask one unit for its missing report of a day."""

    prefix: ClassVar[str] = "n"
    day: date
    unit_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{pack_day(self.day)}:{self.unit_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = re.fullmatch(rf"n:{DAY}:(\d{{1,9}})", data, re.ASCII)
        if not found:
            raise InvalidPayloadError(data)
        try:
            day = parse_day(found[1])
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        return cls(day, int(found[2]))


@dataclass(frozen=True, slots=True)
class InvitePress:
    """A choice while an invitation is made: first the role, then the unit that it leads.

    `page` is the page of units to be shown.
    """

    prefix: ClassVar[str] = "i"
    role: Role
    unit_id: int | None = None
    page: int = 0

    def pack(self) -> str:
        unit = "" if self.unit_id is None else self.unit_id
        return f"{self.prefix}:{self.role}:{unit}" + (f":{self.page}" if self.page else "")

    @classmethod
    def parse(cls, data: str) -> Self:
        found = re.fullmatch(r"i:([a-z]+):(\d{0,9})(?::([1-9]\d{0,3}))?", data, re.ASCII)
        if not found or found[1] not in set(Role):
            raise InvalidPayloadError(data)
        return cls(Role(found[1]), int(found[2]) if found[2] else None, int(found[3] or 0))


@dataclass(frozen=True, slots=True)
class LanguagePress:
    prefix: ClassVar[str] = "l"
    language: str

    def pack(self) -> str:
        return f"{self.prefix}:{self.language}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = re.fullmatch(r"l:([a-z]{2})", data, re.ASCII)
        if not found:
            raise InvalidPayloadError(data)
        return cls(found[1])


@dataclass(frozen=True, slots=True)
class BackupPress:
    """Make a backup now."""

    prefix: ClassVar[str] = "bk"

    def pack(self) -> str:
        return f"{self.prefix}:now"

    @classmethod
    def parse(cls, data: str) -> Self:
        if data != cls().pack():
            raise InvalidPayloadError(data)
        return cls()


@dataclass(frozen=True, slots=True)
class CallsPress:
    """Make the sheet of whom to ring."""

    prefix: ClassVar[str] = "cs"

    def pack(self) -> str:
        return f"{self.prefix}:now"

    @classmethod
    def parse(cls, data: str) -> Self:
        if data != cls().pack():
            raise InvalidPayloadError(data)
        return cls()


class View(StrEnum):
    """What a summary's message shows of its period."""

    ALL = "all"
    UNITS = "units"  # the list to choose one from
    UNIT = "unit"
    PAGE = "page"  # the unit's month as a picture, sent beside the message


@dataclass(frozen=True, slots=True)
class SummaryPress:
    """A way through summaries: the period that holds the day, and what is seen of it."""

    prefix: ClassVar[str] = "s"
    period: Period
    day: date
    view: View = View.ALL
    unit_id: int = 0
    page: int = 0

    def pack(self) -> str:
        return f"{self.prefix}:{self.period}:{pack_day(self.day)}:{self.view}:{self.unit_id}:{self.page}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = re.fullmatch(rf"s:([a-z]+):{DAY}:([a-z]+):(\d{{1,9}}):(\d{{1,3}})", data, re.ASCII)
        if not found:
            raise InvalidPayloadError(data)
        try:
            return cls(
                period=Period(found[1]),
                day=parse_day(found[2]),
                view=View(found[3]),
                unit_id=int(found[4]),
                page=int(found[5]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class HistoryPress:
    """A unit's month that holds the day; without a unit, the list to choose one from.

    `is_page`: the month as a picture, sent beside the message.
    """

    prefix: ClassVar[str] = "h"
    day: date
    unit_id: int | None = None
    is_page: bool = False

    def pack(self) -> str:
        unit = "" if self.unit_id is None else self.unit_id
        return f"{self.prefix}:{pack_day(self.day)}:{unit}{':p' if self.is_page else ''}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = re.fullmatch(rf"h:{DAY}:(?:(\d{{0,9}})|(\d{{1,9}}):p)", data, re.ASCII)
        if not found:
            raise InvalidPayloadError(data)
        try:
            unit = found[2] or found[3]
            day, unit_id = parse_day(found[1]), int(unit) if unit else None
            return cls(day, unit_id, is_page=bool(found[3]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error
