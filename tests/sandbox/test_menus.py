from typing import Any

import pytest

from sandbox.people import Person
from sandbox.server import Box

from .conftest import RawBot


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"lệnh {name}"} for name in names]


async def put(bot: RawBot, name: str, **scope: Any) -> None:
    language = scope.pop("language_code", "")
    answer = await bot.call(
        "setMyCommands",
        commands=commands(name),
        **({"scope": scope} if scope else {}),
        language_code=language,
    )
    assert answer.result is True


async def test_the_narrowest_scope_wins_and_then_the_language(
    box: Box, bot: RawBot, an: Person
) -> None:
    english = await box.person(1002, "Ben", language_code="en-GB")
    for name, language in [("chung", ""), ("general", "en")]:
        await put(bot, name, language_code=language)
    assert await an.commands() == [("chung", "lệnh chung")]
    assert await english.commands() == [("general", "lệnh general")]
    await put(bot, "rieng", type="all_private_chats")
    assert (await english.commands())[0][0] == "rieng", "a narrower scope beats a language"
    await put(bot, "cua_an", type="chat", chat_id=an.id)
    assert (await an.commands())[0][0] == "cua_an"
    assert (await english.commands())[0][0] == "rieng"


async def test_in_groups_administrators_and_members_have_their_own(
    box: Box, bot: RawBot, an: Person
) -> None:
    binh = await box.person(1002, "Bình")
    group = await box.group("Nhóm", [an, binh])

    async def seen() -> list[str]:
        return [(await each.commands(group))[0][0] for each in (an, binh)]

    await put(bot, "chung")
    await put(bot, "nhom", type="all_group_chats")
    assert await seen() == ["nhom", "nhom"]
    await put(bot, "quan_tri", type="all_chat_administrators")
    assert await seen() == ["quan_tri", "nhom"]
    await put(bot, "nhom_nay", type="chat", chat_id=group.id)
    assert await seen() == ["nhom_nay", "nhom_nay"]
    await put(bot, "quan_tri_day", type="chat_administrators", chat_id=group.id)
    assert await seen() == ["quan_tri_day", "nhom_nay"]
    await put(bot, "binh", type="chat_member", chat_id=group.id, user_id=binh.id)
    assert await seen() == ["quan_tri_day", "binh"]
    assert await an.commands() == [("chung", "lệnh chung")]


async def test_commands_are_read_back_and_deleted(bot: RawBot, an: Person) -> None:
    await put(bot, "mot")
    assert (await bot.call("getMyCommands")).result == commands("mot")
    assert (await bot.call("deleteMyCommands")).result is True
    assert (await bot.call("getMyCommands")).result == []
    await put(bot, "mot")
    assert (await bot.call("setMyCommands", commands=[])).result is True
    assert await an.commands() == []


@pytest.mark.parametrize(
    ("given", "description"),
    [
        (commands("Hoa"), "BOT_COMMAND_INVALID"),
        (commands("tổng"), "BOT_COMMAND_INVALID"),
        (commands(""), "command must be non-empty"),
        (commands("x" * 33), "command length must not exceed 32"),
        ([{"command": "x", "description": ""}], "command description must be non-empty"),
        (
            [{"command": "x", "description": "ộ" * 257}],
            "command description length must not exceed 256",
        ),
        (commands(*(f"x{n}" for n in range(101))), "BOT_COMMANDS_TOO_MUCH"),
        ({"command": "x"}, "expected an Array of BotCommand"),
        (["x"], "can't parse BotCommand: expected an Object"),
    ],
)
async def test_other_commands_are_refused(bot: RawBot, given: Any, description: str) -> None:
    answer = await bot.call("setMyCommands", commands=given)
    assert answer.refusal == (400, f"Bad Request: {description}")


async def test_a_hundred_commands_of_full_length_are_taken(bot: RawBot) -> None:
    full = [{"command": f"{n:032}", "description": "ộ" * 256} for n in range(100)]
    assert (await bot.call("setMyCommands", commands=full)).result is True


@pytest.mark.parametrize(
    ("scope", "language", "description"),
    [
        ({"type": "chat", "chat_id": 404}, "", "chat not found"),
        ({"type": "chat_member", "chat_id": 1001, "user_id": 1001}, "", "private"),
        ({"type": "everyone"}, "", "unsupported type"),
        ({"type": "default"}, "vie", "LANG_CODE_INVALID"),
    ],
)
async def test_other_scopes_are_refused(
    bot: RawBot, an: Person, scope: dict[str, Any], language: str, description: str
) -> None:
    assert an.id == 1001
    answer = await bot.call(
        "setMyCommands", commands=commands("x"), scope=scope, language_code=language
    )
    assert answer.status == 400
    assert description in answer.body["description"]


async def test_the_profile_is_kept_by_language(bot: RawBot) -> None:
    await bot.call("setMyDescription", description="Báo cáo trực")
    await bot.call("setMyDescription", description="Duty reports", language_code="en")
    assert (await bot.call("getMyDescription")).result == {"description": "Báo cáo trực"}
    assert (await bot.call("getMyDescription", language_code="en")).result == {
        "description": "Duty reports"
    }
    assert (await bot.call("setMyShortDescription", short_description="x" * 121)).status == 400
