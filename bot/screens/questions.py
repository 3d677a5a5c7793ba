"""What waits for a typed text: one class a question, packed as the database keeps it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from bot.screens.packing import DAY, InvalidPayloadError, pack_day, parse_day


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """Words for a form: which form, on which revision it was drawn, and the slot of its message."""

    prefix: ClassVar[str]
    report_type: str
    day: date
    unit_id: int
    seen: int
    field: str
    slot: str
    subject: str = ""

    def pack(self) -> str:
        about = f"{self.report_type}.{self.subject}" if self.subject else self.report_type
        return (
            f"{self.prefix}:{about}:{pack_day(self.day)}:{self.unit_id}:{self.seen}"
            f":{self.field}:{self.slot}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = re.fullmatch(
            rf"{cls.prefix}:([a-z_]+)(?:\.(\d+))?:{DAY}:(\d+):(\d+):([a-z_]*):(.+)",
            data,
            re.ASCII | re.DOTALL,
        )
        if not found:
            raise InvalidPayloadError(data)
        try:
            day = parse_day(found[3])
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        return cls(found[1], day, int(found[4]), int(found[5]), found[6], found[7], found[2] or "")


class FieldQuestion(FormQuestion):
    """The words of one field of the form."""

    __slots__ = ()
    prefix: ClassVar[str] = "field"


class LateQuestion(FormQuestion):
    """Why the report was late; it has no field."""

    __slots__ = ()
    prefix: ClassVar[str] = "late"
