"""/saoluu, the nightly backup, and what admins hear of them."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from bot.domain.people import Role
from bot.screens.payloads import BackupPress
from storage.backup_files import restore
from storage.backups import Reason
from tests.handlers.test_bad_input import NOT_ALLOWED, toast_after
from tests.handlers.test_duty_report import report_normally
from tests.handlers.test_schedules import says
from tests.house import DAY, House, house, moved_in

NOW = "💾 Sao lưu ngay"
PASSPHRASE = "một câu đủ dài"
FAILED = "Sao lưu hằng đêm không thành"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "backups"
    path.mkdir()
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def alerts(home: House, words: str) -> int:
    await home.settled()
    admin = await home.box.person(900)
    return sum(words in message.text for message in await admin.messages())


async def test_a_start_makes_up_for_the_first_backup_and_saoluu_tells_of_it(
    tmp_path: Path, folder: Path
) -> None:
    async with house(tmp_path, backup_dir=folder, backup_passphrase=SecretStr(PASSPHRASE)) as home:
        admin = await home.admin()
        await made(home, 1)
        told = await says(admin, "/saoluu", "Bản tốt gần nhất")
        (name,) = names(folder)
        assert re.fullmatch(r"trucbao-2026-03-16-1500\d\d\.backup", name)
        for words in (
            "ngày 16/03/2026",
            "có mã hóa",
            str(folder),
            "lúc 02:00 hằng đêm",
            "đang giữ 1/14 bản",
        ):
            assert words in told
        assert PASSPHRASE not in told
    target = tmp_path / "restored.db"
    assert restore(next(folder.iterdir()), target, PASSPHRASE, lambda _done: None).is_encrypted


async def made(home: House, count: int) -> None:
    for _ in range(200):
        good = "SELECT count(*) FROM backup WHERE finished_at IS NOT NULL AND problem IS NULL"
        if await home.count(good) == count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("no backup")


async def test_a_press_makes_one_now_and_the_answer_comes_when_it_is_done(
    tmp_path: Path, folder: Path
) -> None:
    async with house(tmp_path, backup_dir=folder) as home:
        await home.join(Role.LEADER, "An Sơn", id=1)
        admin = await home.admin()
        await made(home, 1)
        await home.box.jump(timedelta(minutes=1))
        told = await says(admin, "/saoluu", "Bản tốt gần nhất")
        assert "không mã hóa" in told
        shown = await admin.sees_button(NOW)
        await admin.press(NOW, shown.id)
        answer = await admin.sees("Đã sao lưu và kiểm tra lại", after=shown.id)
        assert "2 người" in answer.text
        assert len(names(folder)) == 2
        again = await says(admin, "/saoluu", "đang giữ 2/14 bản")
        assert "Đang sao lưu" not in again


async def test_two_presses_are_one_backup(tmp_path: Path, folder: Path) -> None:
    async with house(tmp_path, backup_dir=folder) as home:
        admin = await home.admin()
        await made(home, 1)
        async with home.parts.keeping._one_at_a_time:
            await says(admin, "/saoluu")
            shown = await admin.sees_button(NOW)
            await admin.press(NOW, shown.id)
            waiting = await admin.sees("⏳ Đang sao lưu", after=shown.id - 1)
            assert waiting.labels == ()
            data = BackupPress().pack()
            assert "Đang sao lưu rồi" in (await toast_after(home, admin, data, shown.id) or "")
        await admin.sees("Đã sao lưu và kiểm tra lại")
        await made(home, 2)
        assert await alerts(home, "Đã sao lưu và kiểm tra lại") == 1


async def test_what_was_asked_for_before_a_kill_is_made_at_the_next_start(
    tmp_path: Path, folder: Path
) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        async with home.database.transaction() as session:
            await session.run(
                "INSERT INTO backup (reason, asked_at, person_id) SELECT ?, ?, id FROM person",
                (Reason.ASKED, int(home.moment("14:50").timestamp() * 1000)),
            )
            await session.run(
                "INSERT INTO backup (reason, asked_at, person_id) SELECT ?, ?, id FROM person",
                (Reason.ASKED, int(home.moment("09:00").timestamp() * 1000)),
            )
        settings = home.settings.model_copy(update={"backup_dir": folder})
        home.stop.set()
        await home.task
        async with moved_in(home.box, settings):
            await admin.sees("Đã sao lưu và kiểm tra lại")
        assert len(names(folder)) == 2, "the one made up for, and the one asked for ten minutes ago"


async def test_without_a_folder_nothing_is_made_and_saoluu_says_what_to_do(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        told = await says(admin, "/saoluu", "Chưa có bản sao lưu nào")
        assert "BACKUP_DIR" in told
        assert "trucbao backup --out" in told
        message = await admin.last()
        assert message.labels == ()
        await admin.forge(BackupPress().pack(), message.id)
        await home.parts.keeping.back_up()
        await home.settled()
        assert await home.count("SELECT count(*) FROM backup") == 0


async def test_only_an_admin_asks_for_backups(tmp_path: Path, folder: Path) -> None:
    async with house(tmp_path, backup_dir=folder) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await made(home, 1)
        await says(leader, "/saoluu", "không thuộc vai trò")
        line = await leader.last()
        assert await toast_after(home, leader, BackupPress().pack(), line.id) == NOT_ALLOWED
        assert await home.count("SELECT count(*) FROM backup") == 1


async def test_rotation_removes_the_oldest_of_its_own_and_nothing_else(
    tmp_path: Path, folder: Path
) -> None:
    foreign = [
        "notes.txt",
        "trucbao-2020-01-01-020000.db",
        "trucbao-2020-01-01-020000.backup",
        ".trucbao-x.partial",
    ]
    for name in foreign:
        (folder / name).write_text("mine")
    async with house(tmp_path, backup_dir=folder, backup_keep=2) as home:
        await made(home, 1)
        first = set(names(folder)) - set(foreign)
        async with home.database.transaction() as session:
            await session.run(
                "INSERT INTO backup (reason, asked_at, finished_at, path, size, is_encrypted) "
                "VALUES ('console', 1, 1, ?, 1, 0)",
                (str(folder / "notes.txt"),),
            )
        for night in range(1, 4):
            await home.box.jump(home.moment("02:00", DAY + timedelta(days=night)))
            await home.parts.keeping.back_up()
        kept = set(names(folder)) - set(foreign)
        assert kept == {"trucbao-2026-03-18-020000.db", "trucbao-2026-03-19-020000.db"}
        assert not first & kept
        assert set(foreign) <= set(names(folder))


async def test_a_folder_that_is_gone_is_told_once_until_a_backup_is_good_again(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "usb"
    async with house(tmp_path, backup_dir=folder) as home:
        admin = await home.admin()
        await home.box.idle()
        for night in (1, 2):
            await home.box.jump(home.moment("02:00", DAY + timedelta(days=night)))
            await home.parts.keeping.back_up()
        assert await alerts(home, f"{FAILED}: chưa có thư mục này") == 1
        told = await says(admin, "/saoluu", "không thành: chưa có thư mục này")
        assert "Chưa có bản sao lưu nào" in told
        folder.mkdir()
        await home.box.jump(home.moment("02:00", DAY + timedelta(days=3)))
        await home.parts.keeping.back_up()
        assert "không thành" not in await says(admin, "/saoluu", "đang giữ 1/14")
        folder.rename(tmp_path / "unplugged")
        await home.box.jump(home.moment("02:00", DAY + timedelta(days=4)))
        await home.parts.keeping.back_up()
        assert await alerts(home, FAILED) == 2
        await says(admin, "/saoluu", "Lần sau đó")
        shown = await admin.sees_button(NOW)
        await admin.press(NOW, shown.id)
        await admin.sees("Sao lưu không thành: chưa có thư mục này", after=shown.id)


async def test_three_days_without_a_good_one_are_told_once(tmp_path: Path, folder: Path) -> None:
    async with house(tmp_path, backup_dir=folder) as home:
        await home.admin()
        await made(home, 1)
        for hours in (71, 2, 24):
            await home.box.jump(timedelta(hours=hours))
            await home.parts.keeping.purge()
            if hours == 71:
                assert await alerts(home, "hơn ba ngày không có bản sao lưu tốt") == 0
        assert await alerts(home, "hơn ba ngày không có bản sao lưu tốt") == 1


async def test_a_start_soon_after_a_good_one_makes_none(tmp_path: Path, folder: Path) -> None:
    async with house(tmp_path, backup_dir=folder) as home:
        await made(home, 1)
        home.stop.set()
        await home.task
        await home.box.jump(timedelta(hours=25))
        async with moved_in(home.box, home.settings) as again:
            await again.settled()
            assert await again.count("SELECT count(*) FROM backup") == 1
        await home.box.jump(timedelta(hours=2))
        async with moved_in(home.box, home.settings) as again:
            await made(again, 2)


async def test_a_disk_that_is_nearly_full_is_told_once_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        await home.admin()
        await home.settled()
        nearly_full = SimpleNamespace(total=100 * 10**9, free=3_400_000_000)
        monkeypatch.setattr("bot.keeping.shutil.disk_usage", lambda _path: nearly_full)
        await home.parts.keeping.purge()
        await home.parts.keeping.purge()
        assert await alerts(home, "sắp đầy: chỉ còn 3,4 GB") == 1
        await home.box.jump(timedelta(days=1))
        await home.parts.keeping.purge()
        assert await alerts(home, "sắp đầy") == 2


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(MemoryError(), "không đủ bộ nhớ"), (ZeroDivisionError(), None)],
)
async def test_whatever_goes_wrong_with_a_backup_reports_come_in_all_the_same(
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    told: str | None,
) -> None:
    def fail(*_arguments: object) -> None:
        raise trouble

    monkeypatch.setattr("bot.keeping.write_backup", fail)
    async with house(tmp_path, backup_dir=folder) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        shown = await says(admin, "/saoluu", "Chưa có bản sao lưu nào")
        assert told is None or told in shown
        await home.at("15:30")
        await report_normally(leader)


async def test_a_stop_cuts_a_backup_short_and_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    async with house(tmp_path, backup_dir=folder) as home:
        await made(home, 1)
        before = names(folder)
        await home.box.jump(timedelta(days=1))
        home.parts.keeping._stopping.set()
        await home.parts.keeping.back_up()
        assert names(folder) == before
        assert await home.count("SELECT count(*) FROM backup") == 1
        assert not list(tmp_path.glob(".*"))
