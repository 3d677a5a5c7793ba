"""The count must be able to fail: here it is given what a worse bot would leave behind."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.audit import (
    Count,
    Evidence,
    Finding,
    Notice,
    Saved,
    SendPress,
    count,
    gather,
    notice_of,
)
from bot.demo.stage import DAY, SCHEDULE, at
from bot.demo.stage import say as words
from bot.digests.board import board
from bot.digests.period import period_summary
from bot.digests.text import day_digest
from bot.domain.calendar import Outage, moved
from bot.domain.forms import DUTY
from bot.domain.periods import Period, period
from bot.domain.reports import Form
from bot.domain.standings import standing_of
from bot.screens import duty
from bot.screens.duty import Opening
from bot.screens.payloads import FormPress, Step
from sandbox.people import Call, Person
from sandbox.server import Box, running
from storage.database import Database
from tests import builders

CHT, DEPUTY, OTHER = 1001, 2001, 1002
GROUP = -100123
TEXTS = builders.texts()
RECEIPT = f"✅ Đã nhận báo cáo\n\nBáo cáo trực ngày {DAY:%d/%m/%Y}\n\nMã: CAD02"
TAKEN = "Đã có báo cáo lúc 15:49 (CHT)."
CORRECTION = f"{RECEIPT}\n\nsửa sau hạn, lần 1, lúc 17:28"
ASKED = f"duty {DAY}"
NORMAL = FormPress("duty", DAY, 1, Step.NORMAL).pack()
CLEAN = Evidence(
    presses=(SendPress(CHT, 1, DAY), SendPress(OTHER, 2, DAY), SendPress(DEPUTY, 2, DAY)),
    notices=(
        Notice("prompt", CHT, "1"),
        Notice("reminder", CHT, "1 16:30"),
        Notice("prompt", OTHER, "2"),
        Notice("outage", CHT, "1 16:12"),
        Notice("reminder", CHT, "1 17:10"),
        Notice("nudge", CHT, "1 17:10"),
        Notice("overdue", CHT, "1 17:10"),
        Notice("deputies", DEPUTY, "2 17:10"),
        Notice("board", GROUP, DAY.isoformat()),
        Notice("escalation", GROUP, DAY.isoformat()),
        Notice("digest", GROUP, DAY.isoformat()),
        Notice("final", GROUP, DAY.isoformat()),
    ),
    seen={CHT: [RECEIPT], OTHER: [RECEIPT], DEPUTY: [TAKEN]},
    saved=(Saved(1, DAY, 1), Saved(2, DAY, 1)),
)


def faults(evidence: Evidence) -> list[tuple[str, str]]:
    return [(found.fault, found.problem) for found in count(evidence).findings]


def test_a_good_day_has_no_findings() -> None:
    counted = count(CLEAN)
    assert counted.is_clean
    assert (counted.lost, counted.doubled) == (0, 0)
    assert (counted.presses, counted.people, counted.reports, counted.receipts) == (3, 3, 2, 3)
    assert (counted.prompts, counted.digests) == (8, 2)


def test_a_press_without_a_report_is_lost() -> None:
    counted = count(replace(CLEAN, saved=CLEAN.saved[1:]))
    assert (counted.lost, counted.doubled) == (1, 0)
    assert counted.findings == (Finding("lost", "report", 0, CHT, 1),)
    assert counted.receipts == 3, "a receipt for nothing is still one that was seen"


def test_a_report_of_another_day_does_not_help() -> None:
    other_day = (Saved(1, date(2022, 3, 13), 1), *CLEAN.saved[1:])
    assert faults(replace(CLEAN, saved=other_day)) == [("lost", "report")]


def test_every_lost_press_counts() -> None:
    twice = (*CLEAN.presses, SendPress(CHT, 1, DAY))
    assert count(replace(CLEAN, presses=twice, saved=CLEAN.saved[1:])).lost == 2


def test_a_press_whose_receipt_nobody_saw_is_lost() -> None:
    assert faults(replace(CLEAN, seen={**CLEAN.seen, CHT: ["Phiếu"]})) == [("lost", "receipt")]


def test_who_is_alone_in_a_unit_needs_an_own_receipt() -> None:
    assert faults(replace(CLEAN, seen={**CLEAN.seen, CHT: [TAKEN]})) == [("lost", "receipt")]


@pytest.mark.parametrize(
    ("saved", "doubled"),
    [
        ((Saved(1, DAY, 2), Saved(2, DAY, 1)), 1),
        ((Saved(1, DAY, 1), Saved(1, DAY, 1), Saved(2, DAY, 1)), 1),
        ((Saved(1, DAY, 3), Saved(2, DAY, 2)), 3),
    ],
)
def test_a_second_report_or_revision_is_doubled(saved: tuple[Saved, ...], doubled: int) -> None:
    counted = count(replace(CLEAN, saved=saved))
    assert (counted.lost, counted.doubled) == (0, doubled)


def corrected(evidence: Evidence = CLEAN) -> Evidence:
    """Somebody pressed once more, on the first revision."""
    return replace(
        evidence,
        presses=(*evidence.presses, SendPress(CHT, 1, DAY, seen=1)),
        seen={**evidence.seen, CHT: [RECEIPT, CORRECTION]},
        saved=(Saved(1, DAY, 2), Saved(2, DAY, 1)),
    )


def test_a_correction_is_a_second_revision_that_somebody_pressed_for() -> None:
    counted = count(corrected())
    assert counted.is_clean
    assert (counted.presses, counted.reports, counted.corrections) == (4, 2, 1)


def test_a_correction_that_changed_nothing_is_lost() -> None:
    unchanged = replace(corrected(), saved=CLEAN.saved)
    assert faults(unchanged) == [("lost", "correction")]


def test_a_correction_without_a_receipt_of_its_own_is_lost() -> None:
    unseen = replace(corrected(), seen=CLEAN.seen)
    assert faults(unseen) == [("lost", "receipt")]
    assert count(unseen).receipts == 2


def test_a_correction_that_counts_twice_is_doubled() -> None:
    twice = replace(corrected(), saved=(Saved(1, DAY, 3), Saved(2, DAY, 1)))
    assert faults(twice) == [("doubled", "report")]
    pressed_twice = replace(twice, presses=(*twice.presses, twice.presses[-1]))
    assert count(pressed_twice).doubled == 1, "two presses on one revision are one correction"


@pytest.mark.parametrize("sent_twice", CLEAN.notices)
def test_a_notice_that_comes_twice_is_doubled(sent_twice: Notice) -> None:
    counted = count(replace(CLEAN, notices=(*CLEAN.notices, sent_twice)))
    assert (counted.lost, counted.doubled) == (0, 1)
    assert not counted.is_clean


def test_the_verdict_says_what_was_counted() -> None:
    bad = count(
        replace(CLEAN, saved=(Saved(1, DAY, 2),), notices=(*CLEAN.notices, *CLEAN.notices[:1]))
    )
    assert words.verdict(bad.lost, bad.doubled) == "mất 2, trùng 2 (lost 2, doubled 2)"
    assert words.verdict(0, 0) == "mất 0, trùng 0 (lost 0, doubled 0)"


def sent(text: str, chat_id: int, *, asks: bool = True) -> Call:
    keyboard = {"inline_keyboard": [[{"text": "✅", "callback_data": NORMAL}]]}
    params = {"chat_id": str(chat_id), "text": text} | ({"reply_markup": keyboard} if asks else {})
    return Call(1, at("16:00"), "sendMessage", params, 200, {}, "", None, True, True, False)


@pytest.mark.parametrize(
    ("opening", "rung", "subject"),
    [
        (Opening.ASKED, "prompt", "1"),
        (Opening.REMINDED, "reminder", "1 16:30"),
        (Opening.NUDGED, "nudge", "1 16:30"),
        (Opening.OVERDUE_REMINDED, "overdue", "1 16:30"),
        (Opening.DEPUTY_ASKED, "deputies", "1 16:30"),
    ],
)
def test_the_words_of_a_form_tell_its_rung(opening: Opening, rung: str, subject: str) -> None:
    form = Form(DUTY, builders.unit(0), SCHEDULE.window(DAY))
    text = duty.prompt(TEXTS, form, None, opening).text
    assert notice_of(sent(text, CHT), GROUP) == Notice(rung, CHT, f"{ASKED} {subject}")
    delayed = f"{text}\n{TEXTS.delayed(at('16:01'))}"
    assert notice_of(sent(delayed, CHT), GROUP) == Notice(rung, CHT, f"{ASKED} {subject}")


def test_a_moved_deadline_may_be_reminded_of_anew_and_each_outage_told_once() -> None:
    outage = Outage(1, at("16:12"), at("16:40"))
    before = SCHEDULE.window(DAY)
    unit, after = builders.unit(0), moved(before, outage)
    reminders = [
        notice_of(sent(TEXTS.reminder("duty", unit, window), CHT), GROUP)
        for window in (before, after)
    ]
    assert reminders == [Notice("reminder", CHT, f"{ASKED} 1 {due}") for due in ("16:30", "17:10")]
    form = Form(DUTY, unit, after)
    told = duty.prompt(TEXTS, form, None, Opening.ASKED, TEXTS.outage(outage)).text
    assert notice_of(sent(told, CHT), GROUP) == Notice("outage", CHT, f"{ASKED} 1 16:12")


def test_the_words_in_the_group_tell_what_came_unasked() -> None:
    units = [builders.unit(number) for number in range(2)]
    summary = builders.summary_of(units, [builders.report(units[0])], at("18:00"))
    said = {
        "board": board(TEXTS, summary),
        "digest": day_digest(TEXTS, summary, final=False),
        "escalation": day_digest(TEXTS, summary, final=False, escalated=True),
        "final": day_digest(TEXTS, summary, final=True),
    }
    for rung, text in said.items():
        found = notice_of(sent(text, GROUP, asks=False), GROUP)
        assert found == Notice(rung, GROUP, f"{DAY:%d/%m/%Y}"), rung


def test_a_week_and_a_month_are_told_once_each() -> None:
    summary = standing_of(builders.summary_of([], [], at("18:00")))
    for name, days in (("week", period(Period.WEEK, DAY)), ("month", period(Period.MONTH, DAY))):
        told = replace(summary, first=days[0], last=days[1])
        found = notice_of(sent(period_summary(TEXTS, told), GROUP, asks=False), GROUP)
        assert found == Notice(name, GROUP, f"Tổng hợp {TEXTS.days(*days)}")


def test_attendance_is_counted_apart_from_the_report_of_the_same_day() -> None:
    press = SendPress(CHT, 1, DAY, report_type="attendance.1")
    receipt = f"Đã nhận điểm danh\n{DAY:%d/%m/%Y}"
    told = replace(
        CLEAN,
        presses=(*CLEAN.presses, press),
        seen={**CLEAN.seen, CHT: [RECEIPT, receipt]},
        saved=(*CLEAN.saved, Saved(1, DAY, 1, "attendance.1")),
    )
    assert count(told).is_clean
    assert faults(replace(told, saved=CLEAN.saved)) == [("lost", "report")]
    assert faults(replace(told, seen=CLEAN.seen)) == [("lost", "receipt")]


def test_a_receipt_of_another_day_is_none() -> None:
    other = RECEIPT.replace("14/03", "13/03")
    assert faults(replace(CLEAN, seen={**CLEAN.seen, CHT: [other]})) == [("lost", "receipt")]


def test_samples_count_as_nobodys_reports_but_not_when_they_are_revised() -> None:
    sample = Saved(3, DAY, 1, is_sample=True)
    assert count(replace(CLEAN, saved=(*CLEAN.saved, sample))).reports == 2
    revised = replace(sample, revision=2)
    assert faults(replace(CLEAN, saved=(*CLEAN.saved, revised))) == [("doubled", "report")]


def test_answers_are_no_notices() -> None:
    assert notice_of(sent("Chưa báo cáo 4/13", GROUP, asks=False), GROUP) is None
    assert notice_of(sent("“ct” có thể là công tác", CHT, asks=False), GROUP) is None


async def test_the_ledger_of_telegram_shows_a_bot_that_loses_and_doubles(tmp_path: Path) -> None:
    async with running() as box:
        await box.jump(at("15:30"))
        person = await box.person(CHT)
        said = await person.say("/start")
        for _ in range(2):
            await asks(box, person, at("15:30"))
        card = FormPress("duty", DAY, 1, Step.SEND)
        await person.forge(card.pack(), said)
        nothing_delivered = await counted_by(box, tmp_path, person)
        assert nothing_delivered.presses == 0, "what Telegram still has, nobody has lost"
        assert nothing_delivered.doubled == 1, "the prompt came twice"
        await call(box, "getUpdates")
        await call(box, "getUpdates")
        counted = await counted_by(box, tmp_path, person)
        assert (counted.presses, counted.redelivered) == (1, 1)
        assert (counted.lost, counted.doubled) == (1, 1)


async def counted_by(box: Box, folder: Path, person: Person) -> Count:
    async with Database.open(folder / "empty.db", create=True):
        pass
    return count(await gather(box, folder / "empty.db", [person], (DAY, DAY), GROUP))


async def asks(box: Box, person: Person, moment: datetime) -> None:
    await box.jump(moment)
    keyboard = {
        "inline_keyboard": [[{"text": "✅ Đủ quân số, bình thường", "callback_data": NORMAL}]]
    }
    await call(box, "sendMessage", chat_id=person.id, text="Mời", reply_markup=json.dumps(keyboard))


async def call(box: Box, method: str, **parameters: Any) -> None:
    address = f"{box.url}/bot{box.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, data=parameters) as answer:
        assert answer.status == 200, await answer.text()
