"""What a person is to see of a form: the outcome of a press, as a value."""

from dataclasses import dataclass

from bot.domain.forms import Answers, Choice, InvalidAnswersError
from bot.domain.reports import Form, Report


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing is chosen yet; `latest` is the report that may be copied."""

    form: Form
    latest: Report | None
    is_overdue: bool
    was_cancelled: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """A card to look through and send, or the same answers in the editor.

    `problem` is why the last press changed nothing; `is_other_draft`: the card that was pressed
    showed something else; `page` is that of a roster, or of those of it who are absent, where `reason`
    is the one that is given to who is pressed.
    """

    form: Form
    answers: Answers
    seen: int
    in_editor: bool = False
    problem: InvalidAnswersError | None = None
    is_other_draft: bool = False
    page: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    """The options of one field."""

    form: Form
    answers: Answers
    seen: int
    field: Choice


@dataclass(frozen=True, slots=True)
class TextAsked:
    """The next text that the person types becomes the answer of this field."""

    form: Form
    answers: Answers
    seen: int
    key: str


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """The next text that the person types becomes the reason why the report was late."""

    form: Form
    report: Report


@dataclass(frozen=True, slots=True)
class Received:
    """The person's own report is in: by this press, or by an earlier one of the same (not `is_new`)."""

    form: Form
    report: Report
    is_new: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A report stands there, and the press changed nothing of it.

    `is_own`: it is the person's own; `was_cancelled`: a correction of it was left.
    """

    form: Form
    report: Report
    is_own: bool
    was_cancelled: bool = False


View = Asked | Drafted | Choosing | TextAsked | ReasonAsked | Received | Standing
