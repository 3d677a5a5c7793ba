"""Screens of exercises fit into one message and one keyboard, however much there is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.digests.fitting import LONGEST_MESSAGE, shown_length
from bot.digests.text import day_digest
from bot.domain.checklists import OWN, ChecklistItem, ItemState
from bot.domain.exercises import (
    ITEMS_MOST,
    LONGEST_ITEM,
    LONGEST_TITLE,
    Exercise,
    Part,
    Plan,
    Readiness,
)
from bot.screens import checklists, exercises
from bot.screens.message import Message
from bot.texts import Texts
from tests.builders import MONDAY, at, summary_of, texts, unit

BUTTONS_MOST = 100
UNITS = [replace(unit(n), name="Đ" * 60, short_name="Đ" * 60) for n in range(ITEMS_MOST)]
LATE = MONDAY - timedelta(days=1)


def item(number: int) -> ChecklistItem:
    return ChecklistItem(number + 1, OWN, "&" * LONGEST_ITEM, LATE, ItemState.OPEN)


def exercise(number: int, *parts: Part) -> Readiness:
    planned = Exercise(number + 1, "&" * LONGEST_TITLE, UNITS[0].id, MONDAY + timedelta(days=9))
    return Readiness(planned, UNITS[0], parts)


ALONE = exercise(0, Part(UNITS[0], tuple(item(n) for n in range(ITEMS_MOST))))
SHARED = exercise(1, *(Part(each, (item(n),)) for n, each in enumerate(UNITS)))
MANY = [exercise(n, *ALONE.parts) for n in range(200)]
WORDS = texts()
ABOUT = [(each, UNITS[0].id, item(n)) for each in MANY for n in range(3)]


def spoken(words: Texts) -> dict[str, Message]:
    return {
        "list": exercises.everything(words, MANY, MONDAY, 0),
        "one": exercises.one(words, SHARED, MONDAY),
        "plan": exercises.plan_card(words, Plan("&" * LONGEST_TITLE, MONDAY), UNITS),
        "whose": exercises.choose_whose(words, Plan(), UNITS * 3, 1),
        "units": exercises.choose_unit(words, SHARED.parts, 0),
        "checklist": checklists.checklist(words, ALONE, ALONE.parts[0], MONDAY, 1, may_plan=True),
        "choose item": checklists.choose_item(words, ALONE, ALONE.parts[0]),
        "own": checklists.of_units(words, [(UNITS[0], MANY), (UNITS[1], MANY)], MONDAY),
        "of a unit": checklists.of_unit(words, UNITS[0], MANY, MONDAY),
        "reminder": checklists.reminder(words, ABOUT, MONDAY),
    }


@pytest.mark.parametrize("name", spoken(WORDS))
def test_it_fits(name: str) -> None:
    message = spoken(WORDS)[name]
    assert shown_length(message.text) <= LONGEST_MESSAGE
    assert sum(len(row) for row in message.buttons) <= BUTTONS_MOST


def test_exercises_leave_the_digest_within_a_message_and_are_cut_to_a_few() -> None:
    summary = replace(summary_of(UNITS, [], at("16:30")), exercises=(SHARED, *MANY))
    told = day_digest(WORDS, summary, final=True)
    assert shown_length(told) <= LONGEST_MESSAGE
    assert 1 <= told.count("🎯") <= 4
