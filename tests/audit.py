"""What must be true after any number of crashes: Telegram's ledger against the bot's database."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from bot.domain.reports import mark
from bot.screens.payloads import FormPress, Step
from sandbox.records import Call, UpdateRecord
from tests.dying import ROW_PARAMETER
from tests.leaders import RECEIVED, TAKEN

SENT_ONCE = ("prompt:", "outage:", "reminder:", "overdue:", "deputies:", "picture:")
MOVED_BY_OUTAGES = ("prompt:", "reminder:", "overdue:", "deputies:", "picture:")
DIGESTS = ("digest:", "escalation:", "final:", "late_digest:", "morning:")
_NEW_MESSAGES = {"sendmessage", "sendphoto"}
BOARD = "board:"
FINALS = ("final:", "late_digest:")


class Verdict(StrEnum):
    LOST = "lost"
    DOUBLED = "doubled"
    DIGEST_AGAIN = "digest again"  # the rule: repeated when in doubt
    REPLY_AGAIN = "reply again"  # likewise
    IN_DOUBT = "not repeated"  # the rule for prompts, reminders and pictures

    @property
    def is_allowed(self) -> bool:
        return self not in {Verdict.LOST, Verdict.DOUBLED}


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Revision:
    day: date
    unit_id: int
    number: int
    submitted_at: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    state: str
    at: datetime
    chat_id: int = 0


@dataclass(frozen=True, slots=True)
class Handled:
    update_id: int
    at: datetime
    has_failed: bool


@dataclass(frozen=True, slots=True)
class Books:
    """What the database says. `reports` holds each report's newest revision."""

    units: dict[int, str]
    reports: dict[tuple[date, int], int]
    revisions: tuple[Revision, ...]
    handled: tuple[Handled, ...]
    outbox: tuple[Row, ...]
    recoveries: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """A press of the send button that Telegram delivered."""

    update_id: int
    chat_id: int
    form: FormPress
    at: datetime


def read_books(path: Path) -> Books:
    connection = sqlite3.connect(path)
    try:
        return Books(
            units=dict(connection.execute("SELECT id, name FROM unit")),
            reports={
                (date.fromisoformat(day), unit): revision
                for day, unit, revision in connection.execute(
                    "SELECT period_start, unit_id, revision FROM report"
                )
            },
            revisions=tuple(
                Revision(date.fromisoformat(day), unit, n, _moment(at), mark(json.loads(answers)))
                for day, unit, n, at, answers in connection.execute(
                    "SELECT period_start, unit_id, revision, submitted_at, answers "
                    "FROM report_revision ORDER BY period_start, unit_id, revision"
                )
            ),
            handled=tuple(
                Handled(update_id, _moment(at), error_id is not None)
                for update_id, at, error_id in connection.execute(
                    "SELECT update_id, received_at, error_id FROM handled_update"
                )
            ),
            outbox=tuple(
                Row(key, state, _moment(at), chat_id)
                for key, state, at, chat_id in connection.execute(
                    "SELECT key, state, coalesce(finished_at, created_at), chat_id FROM outbox"
                )
            ),
            recoveries=tuple(
                _moment(at) for (at,) in connection.execute("SELECT ended_at FROM outage")
            ),
        )
    finally:
        connection.close()


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def audit(
    updates: Sequence[UpdateRecord],
    calls: Sequence[Call],
    books: Books,
    days: Sequence[date],
    *,
    unreachable: Collection[int] = (),
    unreadable: Collection[int] = (),
) -> list[Finding]:
    """Return all that was lost or doubled, and what was repeated or not repeated by its rule.

    `unreachable`: chats that take no messages in the end; `unreadable`: updates that no program can read.
    """
    submissions = _submissions(updates)
    return [
        *_lost_presses(submissions, calls, books),
        *_doubled_reports(submissions, books),
        *_updates(updates, books, unreadable),
        *_messages(calls, books, unreachable),
        *_untold_days(calls, books, days),
        *_pinned_boards(calls, unreachable),
    ]


def _submissions(updates: Iterable[UpdateRecord]) -> list[Submission]:
    found = []
    for update in updates:
        if update.kind != "callback_query" or not update.delivered_at or update.repeated:
            continue
        query = update.body["callback_query"]
        if not query.get("data", "").startswith(f"{FormPress.prefix}:"):
            continue
        form = FormPress.parse(query["data"])
        if form.step is Step.SEND:
            chat_id = query["message"]["chat"]["id"]
            found.append(Submission(update.id, chat_id, form, update.delivered_at[0]))
    return found


def _lost_presses(
    submissions: Iterable[Submission], calls: Iterable[Call], books: Books
) -> Iterator[Finding]:
    receipts: defaultdict[int, list[Call]] = defaultdict(list)
    for call in calls:
        text = str(call.params.get("text", ""))
        # A toast is gone after a moment: it is no receipt.
        is_message = "chat_id" in call.params and _is_shown(call)
        if is_message and (RECEIVED in text or TAKEN in text):
            receipts[int(call.params["chat_id"])].append(call)
    revisions = {(r.day, r.unit_id, r.number) for r in books.revisions}
    # Who presses again before the screen has changed is answered by what the first press shows.
    first: dict[tuple[int, date, int, int], datetime] = {}
    for press in submissions:
        form = press.form
        since = first.setdefault((press.chat_id, form.day, form.unit_id, form.seen), press.at)
        day, unit_id = press.form.day, press.form.unit_id
        what = f"press {press.update_id} for {books.units[unit_id]} on {day}"
        if (day, unit_id) not in books.reports:
            yield Finding(Verdict.LOST, press.at, f"{what}: no report")
        elif (day, unit_id, press.form.seen + 1) not in revisions:
            yield Finding(Verdict.LOST, press.at, f"{what}: no revision {press.form.seen + 1}")
        told = (f"{day:%d/%m/%Y}", books.units[unit_id])
        if not any(
            call.at >= since and all(words in call.params["text"] for words in told)
            for call in receipts[press.chat_id]
        ):
            yield Finding(Verdict.LOST, press.at, f"{what}: no receipt")


def _is_shown(call: Call) -> bool:
    """Whether the text stood on the screen after the call, even if it stood there before."""
    return call.applied or "message is not modified" in call.description


def _doubled_reports(submissions: Iterable[Submission], books: Books) -> Iterator[Finding]:
    """Every revision is somebody's press, once: what they saw on their card, on the revision before."""
    sent = {(s.form.day, s.form.unit_id, s.form.seen + 1, s.form.mark) for s in submissions}
    before: Revision | None = None
    counted: Counter[tuple[date, int]] = Counter()
    for revision in books.revisions:
        key = (revision.day, revision.unit_id)
        counted[key] += 1
        what = f"revision {revision.number} of {books.units[revision.unit_id]} on {revision.day}"
        if (*key, revision.number, revision.mark) not in sent:
            yield Finding(Verdict.DOUBLED, revision.submitted_at, f"{what}: nobody sent that")
        if counted[key] != revision.number:
            yield Finding(Verdict.DOUBLED, revision.submitted_at, f"{what}: out of order")
        if before and (before.day, before.unit_id, before.mark) == (*key, revision.mark):
            yield Finding(Verdict.DOUBLED, revision.submitted_at, f"{what}: the same once more")
        before = revision
    for key, newest in books.reports.items():
        if counted[key] != newest:
            at = max((r.submitted_at for r in books.revisions), default=datetime.now(UTC))
            yield Finding(Verdict.LOST, at, f"report {key}: {counted[key]} of {newest} revisions")


def _updates(
    updates: Sequence[UpdateRecord], books: Books, unreadable: Collection[int]
) -> Iterator[Finding]:
    delivered = {u.id: u.delivered_at[0] for u in updates if u.delivered_at}
    times = Counter(each.update_id for each in books.handled)
    for update_id, at in delivered.items():
        if update_id not in times:
            yield Finding(Verdict.LOST, at, f"update {update_id}: delivered, not handled")
    for handled in books.handled:
        what = f"update {handled.update_id}"
        if times[handled.update_id] > 1:
            yield Finding(Verdict.DOUBLED, handled.at, f"{what}: handled twice")
        if handled.update_id not in delivered:
            yield Finding(Verdict.DOUBLED, handled.at, f"{what}: handled, never delivered")
        if handled.has_failed and handled.update_id not in unreadable:
            yield Finding(Verdict.LOST, handled.at, f"{what}: its handler failed")


def _messages(
    calls: Iterable[Call], books: Books, unreachable: Collection[int]
) -> Iterator[Finding]:
    """Each row is one message. An edit cannot double; a new message can."""
    seen: dict[str, datetime] = {}
    for call in calls:
        if call.method.lower() not in _NEW_MESSAGES or not call.applied:
            continue
        key = call.params[ROW_PARAMETER]
        if key.startswith(MOVED_BY_OUTAGES):
            # Its last part tells the due time's version, which only an outage moves.
            key = key.rpartition(":")[0]
            if key in seen and any(seen[key] < ended <= call.at for ended in books.recoveries):
                del seen[key]
        if key in seen:
            yield Finding(_verdict_on_repeat(key), call.at, f"message {key}: sent again")
        seen[key] = call.at
    for row in books.outbox:
        if row.state in {"pending", "sending"}:
            yield Finding(Verdict.LOST, row.at, f"message {row.key}: still {row.state}")
        if row.state == "refused" and row.chat_id not in unreachable:
            yield Finding(Verdict.LOST, row.at, f"message {row.key}: refused")
        if row.state == "doubtful":
            is_by_rule = row.key.startswith(SENT_ONCE)
            verdict = Verdict.IN_DOUBT if is_by_rule else Verdict.LOST
            yield Finding(verdict, row.at, f"message {row.key}: in doubt")


def _verdict_on_repeat(key: str) -> Verdict:
    if key.startswith(SENT_ONCE):
        return Verdict.DOUBLED
    return Verdict.DIGEST_AGAIN if key.startswith(DIGESTS) else Verdict.REPLY_AGAIN


def _untold_days(calls: Iterable[Call], books: Books, days: Iterable[date]) -> Iterator[Finding]:
    """Each day ends with a digest to the command group, its own or one of several days."""
    told: set[date] = set()
    for call in calls:
        key = str(call.params.get(ROW_PARAMETER, ""))
        if call.applied and key.startswith(FINALS):
            first, _, last = key.split(":")[2].partition("..")
            span = (date.fromisoformat(first), date.fromisoformat(last or first))
            told.update(day for day in days if span[0] <= day <= span[1])
    at = max((row.at for row in books.outbox), default=datetime.now(UTC))
    for day in days:
        if day not in told:
            yield Finding(Verdict.LOST, at, f"day {day}: no final digest")


def _pinned_boards(calls: Sequence[Call], unreachable: Collection[int]) -> Iterator[Finding]:
    """In the end one board is pinned: the last day's, and of those sent twice the later one.

    A group that was lost keeps what was pinned there.
    """
    pinned: dict[tuple[int, str], Call] = {}
    newest: tuple[int, str] | None = None
    for call in calls:
        if not call.applied or "chat_id" not in call.params:
            continue
        method, chat_id = call.method.lower(), int(call.params["chat_id"])
        if chat_id in unreachable:
            continue
        if method == "pinchatmessage":
            pinned[chat_id, str(call.params["message_id"])] = call
        elif method == "unpinchatmessage":
            pinned.pop((chat_id, str(call.params["message_id"])), None)
        elif method == "sendmessage" and call.params[ROW_PARAMETER].startswith(BOARD):
            newest = chat_id, str(call.result["message_id"])
    if newest not in pinned and (newest or not unreachable):
        yield Finding(Verdict.LOST, calls[-1].at, "the newest board is not pinned")
    for message, call in pinned.items():
        if message != newest:
            yield Finding(Verdict.DOUBLED, call.at, f"message {message[1]}: pinned as well")
