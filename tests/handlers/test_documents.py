"""/xuat: a workbook and a draft report, as files, to who may read them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.domain.periods import Period
from bot.screens.message import Document, Paper, from_json
from bot.services.calls import call_sheet
from sandbox.people import Person, SeenMessage
from storage import people
from tests.builders import at, summary_of, texts, unit
from tests.digests.offices import opened, words
from tests.handlers.test_duty_report import report_normally
from tests.house import DAY, House, house

BOOK, REPORT = "Bảng tính tháng 3/2026", "Dự thảo báo cáo tháng 3/2026"


async def documents(place: Person) -> list[SeenMessage]:
    return [m for m in await place.messages() if m.from_bot and m.media == "document"]


async def content(home: House, message: SeenMessage) -> bytes:
    return await home.box.file(message.file_id)


async def test_a_commander_gets_the_workbook_and_the_draft_behind_the_answer(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, report_place="Tam Kỳ") as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await commander.say("/xuat")
        answer = await commander.sees("Tôi đang lập bảng tính và dự thảo báo cáo tháng 3/2026")
        book, report = await commander.sees(BOOK), await commander.sees(REPORT)
        assert [answer.id + 1, answer.id + 2] == [book.id, report.id]
        assert "Báo cáo 1/13, đúng hạn 7,7 %." in book.text
        sheets = opened(await content(home, book))
        states = [row[2].value for row in sheets["Từng ngày"].iter_rows(min_row=2)]
        assert (len(states), states.count("Đúng hạn")) == (13, 1)
        told = words(await content(home, report))
        assert "Phải gửi 13 báo cáo; đã gửi 1" in told
        assert "DỰ THẢO" in told
        sent = await home.box.calls("sendDocument")
        assert [call.params["document"]["file"] for call in sent] == [
            "bao-cao-thang-3-2026.xlsx",
            "bao-cao-thang-3-2026.docx",
        ]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("thang 14/3", "tháng 3/2026"),
        ("quy", "quý I/2026"),
        ("năm", "năm 2026"),
        ("16/3/2026", "tháng 3/2026"),
    ],
)
async def test_a_period_is_named_as_with_tonghop(tmp_path: Path, asked: str, days: str) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say(f"/xuat {asked}")
        assert (await commander.sees(f"Bảng tính {days}")).media == "document"
        await commander.sees(f"Dự thảo báo cáo {days}")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("tuan", "Tôi không hiểu “tuan”"),
        ("thang sau", "Tôi không hiểu “sau”"),
        ("<b>", "Tôi không hiểu “<b>”"),
        ("thang 1/1", "Chưa có số liệu tháng 1/2026"),
        ("nam 1/1/2027", "Chưa có số liệu năm 2027"),
    ],
)
async def test_what_cannot_be_made_is_answered_with_words_alone(
    tmp_path: Path, asked: str, words: str
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say(f"/xuat {asked}")
        await commander.sees(words)
        assert await home.count("SELECT count(*) FROM outbox WHERE kind = 'document'") == 0


async def test_in_the_group_it_says_why_files_come_in_private(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        await admin.say("/xuat", chat=group)
        await group.sees("nên tôi chỉ gửi riêng")
        assert await home.count("SELECT count(*) FROM outbox WHERE kind = 'document'") == 0


async def test_a_leader_has_no_right_to_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/xuat")
        await leader.sees("Lệnh này không thuộc vai trò của đồng chí")
        assert await documents(leader) == []


async def test_in_percent_mode_no_file_carries_strength(tmp_path: Path) -> None:
    async with house(tmp_path, strength_display="percent") as home:
        admin = await home.admin()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await admin.say("/xuat")
        book = opened(await content(home, await admin.sees(BOOK)))
        assert "Vắng theo lý do" not in book.sheetnames
        headings = {cell.value for sheet in book for cell in sheet[1]}
        assert not headings & {"Biên chế", "Có mặt", "Vắng"}


async def test_a_doubtful_file_is_not_repeated(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await home.box.fault("sendDocument", "deliver_then_reset")
        await commander.say("/xuat")
        await commander.sees(REPORT)
        await home.settled()
        states = await home.rows("SELECT state FROM outbox WHERE kind = 'document' ORDER BY id")
        assert states == [("doubtful",), ("sent",)]
        assert len(await documents(commander)) == 2


async def test_a_file_tells_what_is_known_when_it_goes_out(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await home.box.fault(
            "sendDocument",
            "status",
            code=429,
            description="Too Many Requests: retry after 2",
            parameters={"retry_after": 2},
        )
        await commander.say("/xuat")
        await commander.sees("Tôi đang lập")
        await report_normally(leader)
        assert "Báo cáo 1/13" in (await commander.sees(BOOK, timeout=10)).text


@pytest.mark.parametrize("paper", list(Paper))
def test_a_document_waits_as_what_it_is_to_tell(paper: Paper) -> None:
    wanted = Document(paper, Period.QUARTER, DAY, "vi")
    assert from_json(wanted.to_json()) == wanted


@pytest.mark.parametrize(
    ("period", "first", "name"),
    [
        (Period.MONTH, date(2022, 3, 1), "bao-cao-thang-3-2022.xlsx"),
        (Period.QUARTER, date(2022, 1, 1), "bao-cao-quy-1-2022.xlsx"),
        (Period.QUARTER, date(2022, 10, 1), "bao-cao-quy-4-2022.xlsx"),
        (Period.YEAR, date(2022, 1, 1), "bao-cao-nam-2022.xlsx"),
    ],
)
def test_names_of_files_have_no_diacritics(period: Period, first: date, name: str) -> None:
    assert texts().file_name(period, first, "xlsx") == name


def test_the_longest_caption_fits_under_a_file() -> None:
    """Telegram takes 1024 characters; a caption has no words of people, only figures."""
    days = [date(2022, 1, 1) + timedelta(days=n) for n in range(30)]
    told = summary_of([unit(n) for n in range(400)], [], at("10:00", days[-1]), days=days)
    for caption in (texts().workbook_caption(told), texts().report_caption(told)):
        assert len(caption) < 300


@pytest.mark.parametrize("has_office", [True, False])
async def test_the_list_of_whom_to_ring_is_made_by_a_button(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_office: bool
) -> None:
    monkeypatch.setattr("bot.pdf.can_convert", lambda: has_office)
    monkeypatch.setattr("bot.making.as_pdf", lambda _docx: b"%PDF")
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await home.join(Role.LEADER, "An Sơn", id=1)
        await commander.say("/xuat nam 1/1/2027")
        await commander.sees("Chưa có số liệu năm 2027")
        await commander.press("☎️ Danh sách gọi")
        await commander.sees("điền tay họ tên và số điện thoại")
        await home.settled()
        sent = await documents(commander)
        assert len(sent) == (2 if has_office else 1)
        told = words(await content(home, sent[0]))
        assert "phường An Sơn\nChỉ huy trưởng\nđã tham gia" in told
        assert "phường An Xuân\nChỉ huy trưởng\nchưa tham gia" in told


async def test_who_cannot_be_reached_is_marked_in_the_list_of_whom_to_ring(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.join(Role.LEADER, "An Sơn", id=1)
        async with home.database.transaction() as session:
            await people.save_unreachable(session, 1, home.parts.clock.now())
            sheet = await call_sheet(session, home.settings.schedule, home.parts.clock.now())
        rows = [row for row in sheet.rows if row.unreachable_since]
        assert [(row.unit.short_name if row.unit else "", row.role) for row in rows] == [
            ("An Sơn", Role.LEADER)
        ]
