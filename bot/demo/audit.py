"""The count at the end: what Telegram's own ledger says people did, against the database.

The ledger is kept by the embedded Telegram and knows nothing of the bot's bookkeeping, so a report
that the bot lost shows here, and so does one that it counted twice.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.demo.cast import RECEIVED, TAKEN
from bot.domain.calendar import Window
from bot.domain.forms import DUTY
from bot.screens.payloads import FormPress, InvalidPayloadError, Step
from sandbox.people import Call, Person, Sandbox, UpdateRecord
from storage import reports
from storage.database import Database


@dataclass(frozen=True, slots=True)
class SendPress:
    """One press of 📨 Gửi báo cáo that Telegram handed to the bot, perhaps more than once."""

    person_id: int
    unit_id: int
    day: date
    deliveries: int = 1


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that the bot sent unasked: a rung of the ladder, to a chat, about a subject."""

    rung: str
    chat_id: int
    subject: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What the database has of a unit's day."""

    unit_id: int
    day: date
    revision: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that is compared; `seen` is what each person's private chat ever showed."""

    presses: Sequence[SendPress]
    notices: Sequence[Notice]
    seen: Mapping[int, str]
    saved: Sequence[Saved]


@dataclass(frozen=True, slots=True)
class Finding:
    """A lost press or something doubled.

    `problem` is `report` or `receipt` for what is missing, or the rung that came more than once;
    `number` is how many came.
    """

    fault: str
    problem: str
    number: int
    person_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The outcome. Every lost press and everything beyond the first is counted, not only whether."""

    presses: int
    people: int
    redelivered: int
    reports: int
    receipts: int
    prompts: int
    digests: int
    findings: tuple[Finding, ...]

    @property
    def lost(self) -> int:
        return sum(1 for finding in self.findings if finding.fault == "lost")

    @property
    def doubled(self) -> int:
        return sum(f.number - 1 for f in self.findings if f.fault == "doubled")

    @property
    def is_clean(self) -> bool:
        return not self.findings


def count(evidence: Evidence) -> Count:
    revisions = Counter[tuple[int, date]]()
    for saved in evidence.saved:
        revisions[saved.unit_id, saved.day] += saved.revision
    pressers = defaultdict[tuple[int, date], set[int]](set)
    for press in evidence.presses:
        pressers[press.unit_id, press.day].add(press.person_id)
    answered = {
        press.person_id
        for press in evidence.presses
        if _is_answered(evidence.seen.get(press.person_id, ""), pressers[press.unit_id, press.day])
    }
    lost: list[Finding] = []
    for press in evidence.presses:
        if not revisions[press.unit_id, press.day]:
            lost.append(Finding("lost", "report", 0, press.person_id, press.unit_id))
        elif press.person_id not in answered:
            lost.append(Finding("lost", "receipt", 0, press.person_id, press.unit_id))
    # Nobody corrects a report in the play, so a second revision is a press that counted twice.
    doubled = [
        Finding("doubled", "report", number, unit_id=unit_id)
        for (unit_id, _), number in revisions.items()
        if number > 1
    ]
    doubled += [
        Finding("doubled", notice.rung, number, notice.chat_id)
        for notice, number in Counter(evidence.notices).items()
        if number > 1
    ]
    people = {press.person_id for press in evidence.presses}
    digests = sum(1 for notice in evidence.notices if notice.rung in _DIGESTS)
    return Count(
        presses=len(evidence.presses),
        people=len(people),
        redelivered=sum(1 for press in evidence.presses if press.deliveries > 1),
        reports=len(evidence.saved),
        receipts=len(answered),
        prompts=len(evidence.notices) - digests,
        digests=digests,
        findings=(*lost, *doubled),
    )


def _is_answered(seen: str, pressers: set[int]) -> bool:
    """Who pressed for a unit alone needs a receipt; beside somebody else, to read that it is in."""
    return RECEIVED in seen or (len(pressers) > 1 and TAKEN in seen)


async def gather(
    box: Sandbox, database: Path, people: Iterable[Person], window: Window, group_id: int
) -> Evidence:
    """Read the ledger, the phones and the database."""
    presses = [press for update in await box.updates() if (press := send_press(update))]
    calls = await box.calls("sendMessage")
    notices = [notice for call in calls if (notice := notice_of(call, window, group_id))]
    seen = {}
    for person in people:
        messages = [m for m in await person.messages() if m.from_bot]
        seen[person.id] = "\n\n".join(text for m in messages for text in (*m.history, m.text))
    async with Database.open(database) as opened, opened.snapshot() as session:
        listed = await reports.list_between(session, DUTY.key, window.day, window.day)
    saved = [Saved(report.unit_id, report.day, report.revision) for report in listed]
    return Evidence(presses, notices, seen, saved)


def send_press(update: UpdateRecord) -> SendPress | None:
    """The press that an update is, if it is of the send button and reached the bot."""
    if update.kind != "callback_query" or not update.delivered_at:
        return None
    query = update.body["callback_query"]
    try:
        press = FormPress.parse(query["data"])
    except InvalidPayloadError:
        return None
    if press.step is not Step.SEND:
        return None
    return SendPress(query["from"]["id"], press.unit_id, press.day, len(update.delivered_at))


_DIGESTS = ("digest", "final")


def notice_of(call: Call, window: Window, group_id: int) -> Notice | None:
    """The notice that a call of sendMessage is, if it took effect; the time tells the rung."""
    if not call.applied:
        return None
    chat_id = int(call.params["chat_id"])
    if chat_id == group_id:
        rung = _digest_rung(call, window)
        return Notice(rung, chat_id, window.day.isoformat()) if rung else None
    unit_id = _unit_asked(call.params.get("reply_markup"))
    if unit_id is None:
        return None
    return Notice(_prompt_rung(call.at, window), chat_id, str(unit_id))


def _prompt_rung(at: datetime, window: Window) -> str:
    if at < window.reminder_at:
        return "prompt"
    return "reminder" if at < window.due else "overdue"


def _digest_rung(call: Call, window: Window) -> str:
    """A digest stands in the group unasked; what answers a question there comes before due."""
    if call.at < window.due:
        return ""
    return "digest" if call.at < window.locks else "final"


def _unit_asked(markup: object) -> int | None:
    """The unit that a form's first screen asks for its report."""
    keyboard = json.loads(markup) if isinstance(markup, str) else markup
    if not isinstance(keyboard, dict):
        return None
    for row in keyboard.get("inline_keyboard", ()):
        for button in row:
            try:
                press = FormPress.parse(button.get("callback_data", ""))
            except InvalidPayloadError:
                continue
            if press.step is Step.NORMAL:
                return press.unit_id
    return None
