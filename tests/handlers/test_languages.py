"""Each person reads in a language of their own, and so does the command group: /ngonngu."""

import re
from pathlib import Path

from bot.domain.people import Role
from sandbox.people import Group, Person
from tests.digests.offices import opened, words
from tests.handlers.test_duty_report import EDIT, NORMAL, SEND, report_normally
from tests.house import ADMIN_ID, DAY, house

VIETNAMESE = re.compile("[ăâđêôơưạảậấầẫẩắằẵẳặẹẻẽếềểễệỉịĩọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵ]", re.IGNORECASE)
# Names of units and of the command are what they are in every language.
NAMES = ("phường An Sơn", "An Sơn", "Ban CHQS thành phố Tam Kỳ")


async def choose_english(person: Person, chat: Group | None = None) -> None:
    await person.say("/ngonngu", chat=chat)
    await person.press("English", chat=chat, timeout=5)
    await person.sees("The system will use English", chat=chat)


def in_vietnamese(text: str) -> list[str]:
    """The lines that say something in Vietnamese besides names."""
    return [line for line in text.split("\n") if VIETNAMESE.search(_without_names(line))]


def _without_names(line: str) -> str:
    for name in NAMES:
        line = line.replace(name, "")
    return line


async def test_a_leader_who_chose_english_gets_every_step_in_it_and_the_deputy_none(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        deputy = await home.join(Role.DEPUTY, "An Sơn", id=2)
        await choose_english(leader)
        chosen = (await leader.sees("The system will use English")).id
        await home.at("15:30")
        prompt = await leader.sees("Please report before 16:30")
        assert prompt.labels == ("✅ All present, all normal", "✏️ Enter details")
        await home.at("16:15")
        await leader.sees("Reminder: your unit has not yet reported")
        await home.at("16:45")
        await leader.sees("The deadline 16:30 has passed")
        await home.at("17:00")
        asked = await deputy.sees("Đề nghị đồng chí báo cáo thay")
        await leader.press("✅ All present, all normal", timeout=5)
        card = await leader.sees_button("📨 Send report")
        assert card.labels == ("📨 Send report", "✏️ Correct", "❌ Cancel")
        await leader.press("📨 Send report")
        receipt = await leader.sees("Report received")
        assert "late, at 17:00 (Cdr)" in receipt.text
        closed = await deputy.sees("Đã có báo cáo lúc 17:00 (CHT)")
        assert closed.id == asked.id
        await leader.say("/baocao 99/99")
        await leader.sees("I do not understand the day “99/99”")
        await leader.say("what is this")
        await leader.sees("I understand only buttons, commands and report lines")
        await home.settled()
        said = [m for m in await leader.messages() if m.from_bot and m.id > chosen]
        examples = "QS 25/27, phép 1, ốm 1, an toàn, ổn định"
        assert {line for m in said for line in in_vietnamese(m.text.replace(examples, ""))} == set()


async def test_the_commands_are_listed_in_the_language_that_was_chosen(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await choose_english(leader)
        await home.settled()
        assert ("baocao", "Daily duty report of the unit") in await leader.commands()


async def test_a_button_from_before_the_change_works_and_answers_in_the_new_language(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        card = await leader.sees_button(SEND)
        await choose_english(leader)
        await leader.press(SEND, card.id)
        receipt = await leader.sees("Report received")
        assert receipt.id == card.id
        assert EDIT not in receipt.labels
        assert await home.count("SELECT count(*) FROM report") == 1


async def test_the_group_reads_in_a_language_of_its_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        board = await group.sees("Báo cáo trực 16/03/2026")
        await choose_english(admin, group)
        assert (await group.sees("Duty reports 16/03/2026: 0/13")).id == board.id
        assert ("conthieu", "Units not yet reported") in await admin.commands(group)
        await report_normally(leader)
        await home.at("16:31")
        digest = await group.sees("Daily duty report 16/03/2026")
        assert "Reported 1/13" in digest.text
        await group.sees("Daily duty reports, March 2026, as of")
        await admin.say("/conthieu", chat=group)
        await group.sees("Not yet reported 12/13")
        await admin.say("/conthieu")
        await admin.sees("Chưa báo cáo 12/13")
        await admin.say("/nhatky")
        await admin.sees("Đổi ngôn ngữ nhóm chỉ huy")


async def test_nobody_but_an_admin_changes_the_groups_language(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        commander = await home.join(Role.COMMANDER, id=5)
        group = await home.box.group("Nhóm chỉ huy", [admin, commander])
        await admin.say("/nhom", chat=group)
        await group.sees("nhóm chỉ huy của")
        await commander.say("/ngonngu", chat=group)
        await group.sees("nhắn riêng cho tôi lệnh này")
        await admin.say("/ngonngu", chat=group)
        await commander.press("English", chat=group, timeout=5)
        await home.settled()
        assert "không thuộc vai trò" in " ".join(await commander.toasts())
        assert await home.rows("SELECT group_language FROM command") == [(None,)]
        assert await home.rows("SELECT language FROM person WHERE telegram_id = 5") == [("vi",)]


async def test_an_admins_alert_is_in_that_admins_language(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await choose_english(admin)
        await leader.block()
        await admin.sees("Cdr An Sơn gets no messages")


async def test_new_people_read_in_the_language_of_the_settings(tmp_path: Path) -> None:
    async with house(tmp_path, language="en") as home:
        leader = await home.box.person(1)
        await leader.say(f"/start {await home.invitation(Role.LEADER, 'An Sơn')}")
        await leader.sees("You have joined as Unit commander of phường An Sơn")
        assert await home.rows("SELECT language FROM person WHERE telegram_id <> ?", ADMIN_ID) == [
            ("en",)
        ]
        await home.at("15:30", DAY)
        await leader.sees("Please report before 16:30")


async def test_the_workbook_follows_who_asks_and_the_official_report_stays_vietnamese(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, report_place="Tam Kỳ") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await choose_english(commander)
        await commander.say("/xuat")
        await home.settled()
        book, report = [m for m in await commander.messages() if m.media == "document"]
        assert in_vietnamese(book.text + report.text) == []
        sheets = opened(await home.box.file(book.file_id))
        assert in_vietnamese("\n".join(sheets.sheetnames)) == []
        told = words(await home.box.file(report.file_id))
        assert "Độc lập - Tự do - Hạnh phúc" in told
        assert "trực ngày tháng 3/2026" in told
