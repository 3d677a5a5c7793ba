"""The count must be able to fail: here it is given what a worse bot would leave behind."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.audit import Count, Evidence, Finding, Notice, Saved, SendPress, count, gather
from bot.demo.stage import DAY, SCHEDULE, at
from bot.demo.stage import say as words
from bot.screens.payloads import FormPress, Step
from sandbox.people import Person
from sandbox.server import Box, running
from storage.database import Database

CHT, DEPUTY, OTHER = 1001, 2001, 1002
GROUP = -100123
RECEIPT = "✅ Đã nhận báo cáo\n\nMã: CAD02"
TAKEN = "Đã có báo cáo lúc 15:49 (CHT)."
CLEAN = Evidence(
    presses=(SendPress(CHT, 1, DAY), SendPress(OTHER, 2, DAY), SendPress(DEPUTY, 2, DAY)),
    notices=(
        Notice("prompt", CHT, "1"),
        Notice("reminder", CHT, "1"),
        Notice("prompt", OTHER, "2"),
        Notice("digest", GROUP, DAY.isoformat()),
        Notice("final", GROUP, DAY.isoformat()),
    ),
    seen={CHT: RECEIPT, OTHER: RECEIPT, DEPUTY: TAKEN},
    saved=(Saved(1, DAY, 1), Saved(2, DAY, 1)),
)


def faults(evidence: Evidence) -> list[tuple[str, str]]:
    return [(found.fault, found.problem) for found in count(evidence).findings]


def test_a_good_day_has_no_findings() -> None:
    counted = count(CLEAN)
    assert counted.is_clean
    assert (counted.lost, counted.doubled) == (0, 0)
    assert (counted.presses, counted.people, counted.reports, counted.receipts) == (3, 3, 2, 3)
    assert (counted.prompts, counted.digests) == (3, 2)


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
    assert faults(replace(CLEAN, seen={**CLEAN.seen, CHT: "Phiếu"})) == [("lost", "receipt")]


def test_who_is_alone_in_a_unit_needs_an_own_receipt() -> None:
    assert faults(replace(CLEAN, seen={**CLEAN.seen, CHT: TAKEN})) == [("lost", "receipt")]


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
    window = SCHEDULE.window(DAY)
    return count(await gather(box, folder / "empty.db", [person], window, GROUP))


async def asks(box: Box, person: Person, moment: datetime) -> None:
    await box.jump(moment)
    data = FormPress("duty", DAY, 1, Step.NORMAL).pack()
    keyboard = {
        "inline_keyboard": [[{"text": "✅ Đủ quân số, bình thường", "callback_data": data}]]
    }
    await call(box, "sendMessage", chat_id=person.id, text="Mời", reply_markup=json.dumps(keyboard))


async def call(box: Box, method: str, **parameters: Any) -> None:
    address = f"{box.url}/bot{box.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, data=parameters) as answer:
        assert answer.status == 200, await answer.text()
