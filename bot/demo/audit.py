"""The count at the end: what Telegram's own ledger says people did, against the database.

The ledger is kept by the embedded Telegram and knows nothing of the bot's bookkeeping, so a report
that the bot lost shows here, and so does one that it counted twice.
"""

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.demo.cast import TAKEN
from bot.demo.stage import SCHEDULE
from bot.domain.forms import ATTENDANCE, COURSE_RESULT, DUTY
from bot.screens.packing import InvalidPayloadError
from bot.screens.payloads import FormPress, Step
from sandbox.people import Call, Person, Sandbox, UpdateRecord
from storage import reports
from storage.database import Database

_UnitDay = tuple[str, int, date]

RECEIVED = {
    DUTY.key: "Đã nhận báo cáo",
    ATTENDANCE.key: "Đã nhận điểm danh",
    COURSE_RESULT.key: "Đã nhận kết quả",
}


@dataclass(frozen=True, slots=True)
class SendPress:
    """One press of 📨 Gửi báo cáo that Telegram handed to the bot, perhaps more than once.

    `seen` is the revision that it was to correct, 0 for a first report; `report_type` with its
    subject is what is reported.
    """

    person_id: int
    unit_id: int
    day: date
    seen: int = 0
    deliveries: int = 1
    report_type: str = DUTY.key

    @property
    def about(self) -> _UnitDay:
        return self.report_type, self.unit_id, self.day


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that the bot sent unasked: a rung of the ladder, to a chat, about a subject."""

    rung: str
    chat_id: int
    subject: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What the database has of a unit's day; a sample was written past the bot, and nobody pressed."""

    unit_id: int
    day: date
    revision: int
    report_type: str = DUTY.key
    is_sample: bool = False

    @property
    def about(self) -> _UnitDay:
        return self.report_type, self.unit_id, self.day


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that is compared; `seen` is what each private chat ever showed, by message."""

    presses: Sequence[SendPress]
    notices: Sequence[Notice]
    seen: Mapping[int, Sequence[str]]
    saved: Sequence[Saved]


@dataclass(frozen=True, slots=True)
class Finding:
    """A lost press or something doubled.

    `problem` is `report`, `correction` or `receipt` for what is missing, or the rung that came more
    than once; `number` is how many came.
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
    corrections: int
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
    revisions = Counter[_UnitDay]()
    for saved in evidence.saved:
        revisions[saved.about] += saved.revision
    pressers = defaultdict[_UnitDay, set[int]](set)
    wanted = defaultdict[_UnitDay, set[int]](set)
    for press in evidence.presses:
        pressers[press.about].add(press.person_id)
        wanted[press.about].add(press.seen)
    people = {press.person_id for press in evidence.presses}
    unanswered = {
        press
        for press in evidence.presses
        if not _is_answered(press, evidence.seen.get(press.person_id, ()), pressers[press.about])
    }
    lost: list[Finding] = []
    for press in evidence.presses:
        about = press.person_id, press.unit_id
        if revisions[press.about] <= press.seen:
            lost.append(Finding("lost", "correction" if press.seen else "report", 0, *about))
        elif press in unanswered:
            lost.append(Finding("lost", "receipt", 0, *about))
    # One revision is due to all presses on the same one before it, however many there were.
    excess = {about: number - max(1, len(wanted[about])) for about, number in revisions.items()}
    doubled = [
        Finding("doubled", "report", number + 1, unit_id=unit_id)
        for (_, unit_id, _), number in excess.items()
        if number > 0
    ]
    doubled += [
        Finding("doubled", notice.rung, number, notice.chat_id)
        for notice, number in Counter(evidence.notices).items()
        if number > 1
    ]
    return Count(
        presses=len(evidence.presses),
        people=len(people),
        redelivered=sum(1 for press in evidence.presses if press.deliveries > 1),
        reports=sum(1 for saved in evidence.saved if not saved.is_sample),
        corrections=sum(saved.revision - 1 for saved in evidence.saved),
        receipts=len(people - {press.person_id for press in unanswered}),
        prompts=sum(1 for notice in evidence.notices if notice.rung in _PROMPTS),
        digests=sum(1 for notice in evidence.notices if notice.rung in _DIGESTS),
        findings=(*lost, *doubled),
    )


def _is_answered(press: SendPress, seen: Sequence[str], pressers: set[int]) -> bool:
    """Who pressed for a unit alone needs a receipt; beside somebody else, to read that it is in."""
    received = RECEIVED[press.report_type.partition(".")[0]]
    day = f"{press.day:%d/%m/%Y}"
    receipts = [text for text in seen if received in text and day in text]
    if press.seen:
        return any(f", lần {press.seen}, lúc" in text for text in receipts)
    return bool(receipts) or (len(pressers) > 1 and any(TAKEN in text for text in seen))


async def gather(
    box: Sandbox,
    database: Path,
    people: Iterable[Person],
    days: tuple[date, date],
    group_id: int,
    samples: Collection[tuple[int, date]] = (),
) -> Evidence:
    """Read the ledger, the phones and the database, from a day to another.

    `samples` are reports of units' days that were written past the bot.
    """
    presses = [press for update in await box.updates() if (press := send_press(update))]
    calls = await box.calls("sendMessage")
    notices = [notice for call in calls if (notice := notice_of(call, group_id))]
    seen = {}
    for person in people:
        messages = [m for m in await person.messages() if m.from_bot]
        seen[person.id] = [text for m in messages for text in (*m.history, m.text)]
    async with Database.open(database) as opened, opened.snapshot() as session:
        listed = await reports.list_revised(session, *days)
    saved = [
        Saved(
            each.unit_id,
            each.day,
            each.revision,
            _typed(each.report_type, each.subject),
            is_sample=not each.subject and (each.unit_id, each.day) in samples,
        )
        for each in listed
    ]
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
    deliveries = len(update.delivered_at)
    what = _typed(press.report_type, press.subject)
    return SendPress(query["from"]["id"], press.unit_id, press.day, press.seen, deliveries, what)


def _typed(report_type: str, subject: str) -> str:
    return f"{report_type}.{subject}" if subject else report_type


def notice_of(call: Call, group_id: int) -> Notice | None:
    """The notice that a call of sendMessage is, if it took effect; its words tell the rung."""
    if not call.applied:
        return None
    chat_id, text = int(call.params["chat_id"]), _plain(call.params.get("text", ""))
    if chat_id == group_id:
        rung = next((rung for rung, words in _IN_GROUP.items() if re.search(words, text)), "")
        return Notice(rung, chat_id, _days_told(rung, text, call)) if rung else None
    asked = _asked(call.params.get("reply_markup"))
    if asked is None:
        return None
    rung = next((rung for rung, words in _IN_PRIVATE.items() if words in text), "prompt")
    what = _typed(asked.report_type, asked.subject)
    about = f"{what} {asked.day} {asked.unit_id}{_about(rung, text)}"
    return Notice(rung, chat_id, about)


# The first that fits names the rung: a form that tells of an outage may remind as well.
_IN_PRIVATE = {
    "outage": "Hệ thống gián đoạn",
    "nudge": "Chỉ huy nhắc",
    "deputies": "báo cáo thay",
    "overdue": "Đã quá hạn",
    "reminder": "Nhắc đồng chí",
}
# In the play nobody asks for a summary in the group: one that stands there came unasked.
_IN_GROUP = {
    "week": r"Tổng hợp tuần",
    "month": r"Tổng hợp tháng",
    "board": r"^Báo cáo trực \d\d/\d\d/\d{4}:",
    "escalation": "đề nghị gọi trực tiếp",
    "final": "Báo cáo trực ngày (.|\n)*Bản chốt",
    "digest": "Báo cáo trực ngày (.|\n)*Tính đến",
}
_PROMPTS = frozenset({"prompt", *_IN_PRIVATE})
_PERIODS = frozenset({"week", "month"})
_DIGESTS = frozenset({"digest", "final", *_PERIODS})


def _days_told(rung: str, text: str, call: Call) -> str:
    """The day that a message in the group is about, or the period."""
    if rung in _PERIODS:
        return next(line for line in text.splitlines() if "Tổng hợp" in line)
    found = re.search(r"\d\d/\d\d/\d{4}", text)
    return found[0] if found else f"{call.at.astimezone(SCHEDULE.zone):%d/%m/%Y}"


def _about(rung: str, text: str) -> str:
    """The hour that a notice is about: a moved deadline, or another outage, is told anew."""
    found = re.search(r"(?:hạn|từ) (\d\d:\d\d)", text)
    return f" {found[1]}" if found and rung != "prompt" else ""


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def _asked(markup: object) -> FormPress | None:
    """The button of a form's first screen that asks a unit for its report."""
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
                return press
    return None
