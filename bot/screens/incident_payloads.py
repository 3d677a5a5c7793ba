"""What the buttons of incidents carry, at most 64 bytes, and the questions that wait for text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from bot.domain.incidents import Severity
from bot.screens.packing import MARK, PAGE, UNIT, InvalidPayloadError, matched, pack_id, parse_id

_ID = r"([1-9]\d{0,11})"
_SEVERITY = r"([a-z]*)"


class IncidentStep(StrEnum):
    BEGIN = "begin"  # from a receipt, which stays as it is
    WHOM = "whom"
    SEVERITY = "severity"
    ASK = "ask"
    EDIT = "edit"
    SEND = "send"
    CANCEL = "cancel"


# These say how grave it is.
_GRADED = frozenset({IncidentStep.ASK, IncidentStep.EDIT, IncidentStep.SEND})


@dataclass(frozen=True, slots=True)
class IncidentPress:
    """A press while an incident is written; `mark` names the words that a card showed."""

    prefix: ClassVar[str] = "inc"
    step: IncidentStep
    unit_id: int | None = None
    severity: Severity | None = None
    mark: str = ""
    page: int = 0

    def pack(self) -> str:
        return (
            f"{self.prefix}:{self.step}:{pack_id(self.unit_id)}:{self.severity or ''}"
            f":{self.mark}:{self.page}"
        )

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"inc:([a-z]+):{UNIT}:{_SEVERITY}:{MARK}:{PAGE}", data)
        try:
            press = cls(
                IncidentStep(found[1]),
                parse_id(found[2]),
                Severity(found[3]) if found[3] else None,
                found[4],
                int(found[5]),
            )
        except ValueError as error:
            raise InvalidPayloadError(data) from error
        needs_unit = press.step not in {IncidentStep.WHOM, IncidentStep.CANCEL}
        is_graded = press.step in _GRADED
        if (needs_unit and press.unit_id is None) or is_graded != (press.severity is not None):
            raise InvalidPayloadError(data)
        return press


class HandlingStep(StrEnum):
    ACKNOWLEDGE = "ack"
    CLOSE = "close"
    LEAVE = "leave"  # the question for the closing note


@dataclass(frozen=True, slots=True)
class HandlingPress:
    """A commander's press on an incident."""

    prefix: ClassVar[str] = "inch"
    step: HandlingStep
    incident_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.step}:{self.incident_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"inch:([a-z]+):{_ID}", data)
        try:
            return cls(HandlingStep(found[1]), int(found[2]))
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class IncidentQuestion:
    """What happened is to be typed; it is kept in `words` until the card is pressed."""

    prefix: ClassVar[str] = "qinc"
    unit_id: int
    severity: Severity
    words: str = ""

    def pack(self) -> str:
        return f"{self.prefix}:{self.unit_id}:{self.severity}:{self.words}"

    @classmethod
    def parse(cls, data: str) -> Self:
        found = matched(rf"qinc:{_ID}:{_SEVERITY}:(.*)", data)
        try:
            return cls(int(found[1]), Severity(found[2]), found[3])
        except ValueError as error:
            raise InvalidPayloadError(data) from error


@dataclass(frozen=True, slots=True)
class ClosingQuestion:
    """How the incident ended is to be typed."""

    prefix: ClassVar[str] = "qend"
    incident_id: int

    def pack(self) -> str:
        return f"{self.prefix}:{self.incident_id}"

    @classmethod
    def parse(cls, data: str) -> Self:
        return cls(int(matched(rf"qend:{_ID}", data)[1]))
