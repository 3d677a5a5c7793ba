"""Who may do what: everybody tries every command, button and question, everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.people import RIGHTS, Action, Role
from bot.screens.commands import COMMANDS
from handlers.routes import COMMAND_ROUTES, PRESS_ROUTES, TEXT_ROUTES
from tests.house import house
from tests.rights import STRANGER, gather, tour, try_button, try_command, try_question

_UNITS_ONLY = frozenset({Role.LEADER, Role.DEPUTY, Role.ACTING})


@pytest.fixture(autouse=True)
def nothing_crashes(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Whatever is refused or allowed, nobody's command, press or answer may end in an error."""
    yield
    crashed = crashes(capfd)
    assert not crashed, "\n".join(crashed)


def crashes(capfd: pytest.CaptureFixture[str]) -> list[str]:
    """The errors that were logged since this was last asked."""
    return [line for line in capfd.readouterr().err.splitlines() if "[error" in line]


@pytest.fixture(name="folder")
def backup_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


async def test_every_command_answers_those_who_may_where_it_may_be_used_and_nobody_else(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        cast = await gather(home)
        wrong = [w for route in COMMAND_ROUTES for w in await try_command(cast, route, RIGHTS)]
    assert not wrong, "\n".join(wrong)


async def test_start_greets_who_has_a_role_and_tells_others_why_not(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        cast = await gather(home)
        for caller in cast.callers:
            sent = await caller.person.say(f"/{COMMANDS[Action.START]}")
            await home.settled()
            told = [m.text for m in await caller.person.messages() if m.id > sent]
            words = "Các lệnh" if caller.role else "đã hết hạn"
            assert len(told) == int(caller.is_known)
            assert all(words in text for text in told)


async def test_every_button_obeys_those_who_may_and_refuses_everybody_else(
    tmp_path: Path, folder: Path
) -> None:
    async with house(tmp_path, backup_dir=folder) as home:
        cast = await gather(home)
        await tour(cast)
        wrong = [w for route in PRESS_ROUTES for w in await try_button(cast, route, RIGHTS)]
    assert not wrong, "\n".join(wrong)


async def test_every_question_takes_the_answer_of_those_who_may_in_private_alone(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        cast = await gather(home)
        await tour(cast)
        wrong = [w for route in TEXT_ROUTES for w in await try_question(cast, route, RIGHTS)]
    assert not wrong, "\n".join(wrong)


async def test_a_press_that_crashes_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The trial itself is tried."""
    async with house(tmp_path) as home:
        admin = await home.admin()
        monkeypatch.setattr("handlers.general.choose_language", lambda _texts: 1 / 0)
        await admin.say("/ngonngu")
        await home.settled()
    (crashed,) = crashes(capfd)
    assert "ZeroDivisionError" in crashed


async def test_a_right_too_many_or_too_few_is_found(tmp_path: Path, folder: Path) -> None:
    """The trial itself is tried: held against another table, it names what differs."""
    other = {
        **RIGHTS,
        Action.BACKUP: frozenset({Role.ADMIN, Role.COMMANDER}),
        Action.HISTORY: _UNITS_ONLY - {Role.DEPUTY},
        Action.SCHEDULE: frozenset({Role.ADMIN, Role.LEADER}),
    }
    async with house(tmp_path, backup_dir=folder) as home:
        cast = await gather(home)
        await tour(cast)
        about = {Action.BACKUP, Action.HISTORY, Action.SCHEDULE}
        commands = [
            w
            for route in COMMAND_ROUTES
            if route.action in about
            for w in await try_command(cast, route, other)
        ]
        presses = [
            w
            for route in PRESS_ROUTES
            if route.action in about
            for w in await try_button(cast, route, other)
        ]
        typed = [
            w
            for route in TEXT_ROUTES
            if route.action in about
            for w in await try_question(cast, route, other)
        ]
        cast.buttons.clear()
        unseen = await try_button(cast, PRESS_ROUTES[0], RIGHTS)
    for found, expected in (
        (commands, ("/saoluu: commander may", "/lichsu: deputy was told", "/lich: leader may")),
        (
            presses,
            ("BackupPress: commander may", "HistoryPress: deputy heard", "HoursPress: leader"),
        ),
        (typed, ("HoursQuestion: leader was told",)),
        (unseen, ("the tour has shown no such button",)),
    ):
        for words in expected:
            assert any(words in each for each in found), (words, found)
    assert not any(STRANGER in each for each in commands)
