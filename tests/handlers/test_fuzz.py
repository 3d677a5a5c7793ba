"""Random and hostile text wherever people can put some: nothing breaks, nothing wrong is taken."""

import json
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.domain.people import RIGHTS
from bot.screens.commands import COMMANDS
from handlers.routes import TEXT_ROUTES
from tests.house import House, house
from tests.rights import Cast, ask, gather, questions, tour

ACTS = 200
LONGEST_ANSWERS = 4000
LONGEST_BUTTON = 64
# What has broken bots: markup, formats, directions, joiners, decomposed letters, digits of other scripts.
PIECES = (
    "<b>", "</i>", "<a href='x'>", "&amp;", "&#0;", "&", "<", ">", '"', "'", "{", "}", "{day}", "%s",
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u0000", "\u0007", "\u2028", "\n", "\t", " ",
    "o\u031b\u0300", "D\u0323", "đ", "ﬁ", "İ", "ß", "𝟚𝟝", "٢٥", "２５", "²", "½", "🇻🇳", "👨‍👩‍👧", "\U0010ffff",
    "QS", "25/27", "phép", "1", ",", "-1", "1e9", "9" * 30, "1,5", "1.000", "ổn định", "không", "an toàn",
    "14/3", "ngày", "0/0", "31/2", "29/2/2027", "16h30", "24:00", "7:5", "01/01/0001", "31/12/9999",
    "8:00-11:00", "20/3-1/3", "/huy", "=", "+", "@", "None", "null", "x" * 300,
)  # fmt: skip


def text_of(chance: random.Random) -> str:
    words = chance.choices(PIECES, k=chance.randint(1, 8))
    return chance.choice(("", " ", ", ")).join(words)[:4000].strip() or "?"


def button_of(chance: random.Random, seen: list[str]) -> str:
    """A button that was shown, with one thing about it changed; or none at all."""
    data = chance.choice(seen)
    at = chance.randrange(len(data))
    changed = (
        re.sub(r"\d+", lambda found: str(chance.choice((0, -1, 2**31, int(found[0]) + 1))), data),
        data[:at],
        data[:at] + chance.choice(PIECES) + data[at + 1 :],
        data + data,
        data.replace(":", "::", 1),
        chance.choice(PIECES) + data,
        data,
    )
    return chance.choice(changed).encode()[:LONGEST_BUTTON].decode(errors="ignore") or ":"


async def name_units_badly(home: House) -> None:
    """Names as an import or a slip may bring them in; of the units that the tour does not look for."""
    bad = ("<b>Tam</i> & {day}", '"Hòa" <script>', "\u202eThanh\u2066", "Phú " * 15, "&lt;Ngọc&#0;")
    async with home.database.transaction() as session:
        for name in bad:
            await session.run(
                "UPDATE unit SET name = ?, short_name = ? WHERE id = ("
                "SELECT max(id) FROM unit WHERE name NOT IN (SELECT value FROM json_each(?)) "
                "AND name NOT LIKE '%An %')",
                (name, name, json.dumps(bad)),
            )


async def act(
    cast: Cast, chance: random.Random, seen: list[str], asked: Mapping[type, str]
) -> None:
    """Let somebody press, command, or answer something; who may mostly answers."""
    caller = chance.choice(cast.callers)
    match chance.choice(("press", "press", "command", "answer", "answer")):
        case "press":
            chat = chance.choice(cast.places)
            shown = [each for each in await caller.person.messages(chat) if each.buttons]
            if shown:
                await caller.person.forge(button_of(chance, seen), shown[-1].id, chat=chat)
        case "command":
            command = chance.choice(tuple(COMMANDS.values()))
            await caller.person.say(f"/{command} {text_of(chance)}")
        case _:
            route = chance.choice(TEXT_ROUTES)
            able = [each for each in cast.callers if each.may(route.action, RIGHTS)]
            answering = chance.choice((*able, caller))
            if answering.role:
                await ask(cast, answering, asked[route.question])
            await answering.person.say(text_of(chance))


async def wrongly_taken(home: House) -> list[tuple[object, ...]]:
    """Reports that nobody could have meant."""
    return await home.rows(
        "SELECT type, unit_id, establishment, absent, answers FROM report "
        "JOIN report_revision USING (type, period_start, subject, unit_id, revision) "
        "WHERE absent NOT BETWEEN 0 AND coalesce(establishment, absent) "
        "OR length(answers) > ? OR role NOT IN ('leader', 'deputy', 'acting')",
        LONGEST_ANSWERS,
    )


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_people_press_and_type_is_answered_and_nothing_breaks(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    (tmp_path / "backups").mkdir()
    async with house(tmp_path, backup_dir=tmp_path / "backups") as home:
        cast = await gather(home)
        await name_units_badly(home)
        await tour(cast)
        seen = sorted(data for some in cast.buttons.values() for data in some)
        asked = await questions(cast)
        for _ in range(ACTS):
            await act(cast, chance, seen, asked)
        await home.settled()
        await home.at("17:00")
        await home.settled()
        failed = "SELECT error_id, body FROM handled_update WHERE error_id IS NOT NULL"
        assert await home.rows(failed) == []
        assert await home.rows("SELECT kind, error FROM outbox WHERE state = 'refused'") == []
        assert await wrongly_taken(home) == []
        assert await home.rows("PRAGMA foreign_key_check") == []
