"""Whatever people send: a clear line, nothing saved, nothing crashed."""

import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from bot.domain.people import Role
from bot.screens.payloads import FormPress, InvitePress, LanguagePress, Step
from sandbox.people import Person
from tests.handlers.test_duty_report import NORMAL, SEND
from tests.house import DAY, House, house

FileKind = Literal["photo", "document", "sticker", "voice", "location"]

STALE = "Nút này không còn dùng được. Đồng chí gõ /trogiup để xem các lệnh."
NOT_ALLOWED = "Nút này không thuộc vai trò của đồng chí."


async def nothing_happened(home: House) -> None:
    assert await home.count("SELECT count(*) FROM report") == 0
    assert await home.count("SELECT count(*) FROM draft") == 0
    assert await home.count("SELECT count(*) FROM handled_update WHERE error_id IS NOT NULL") == 0


async def toast_after(home: House, person: Person, data: str, message_id: int) -> str:
    await person.forge(data, message_id)
    await home.box.idle()
    return (await person.toasts())[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chào đồng chí", "Tôi chỉ hiểu nút bấm, lệnh và dòng báo cáo"),
        ("x" * 4000, "Tin quá dài"),
        ("<b>đậm</b> *nghiêng* _x_ `y` &amp;", "Tôi chỉ hiểu nút bấm, lệnh và dòng báo cáo"),
        ("\u202eđảo ngược\u202c", "Tôi chỉ hiểu nút bấm, lệnh và dòng báo cáo"),
        ("/khongco", "Không có lệnh này"),
        ("/baocao " + "9" * 3000, "Tôi không hiểu ngày"),
        (unicodedata.normalize("NFD", "/baocao ngày mai"), "Tôi không hiểu ngày"),
        ("/baocao \u202e14/3", "đã chốt"),
        ("/baocao 0/0", "Tôi không hiểu ngày"),
        ("/baocao 1/1/9999", "chưa đến"),
        ("/baocao 1/1/0001", "đã chốt"),
    ],
)
async def test_words_that_are_no_report_get_one_line_that_says_what_to_do(
    tmp_path: Path, text: str, words: str
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.idle()
        before = len(await leader.messages())
        await leader.say(text)
        await leader.sees(words)
        await home.box.idle()
        assert len(await leader.messages()) == before + 2
        await nothing_happened(home)


async def test_text_from_people_is_shown_literally(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("/baocao <b>1/4</b>&amp;*x*")
        await leader.sees("“<b>1/4</b>&amp;*x*”")


@pytest.mark.parametrize("kind", ["photo", "document", "sticker", "voice", "location"])
async def test_files_of_every_kind_are_refused(tmp_path: Path, kind: FileKind) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.send(kind, name="quanso.xlsx", caption="QS 27/27")
        await leader.sees("không nhận ảnh, tệp, vị trí và ghi âm")
        assert not await home.box.calls("getFile")
        await nothing_happened(home)


async def test_an_album_is_refused_once_and_the_next_one_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)

        async def refusals() -> int:
            await home.settled()
            return sum("không nhận ảnh" in m.text for m in await leader.messages() if m.from_bot)

        await leader.send_album([b"1", b"2", b"3", b"4"], caption="QS 27/27")
        assert await refusals() == 1
        await leader.send_album([b"1", b"2"])
        assert await refusals() == 2
        await leader.send_photo()
        assert await refusals() == 3
        await nothing_happened(home)


async def test_an_edited_message_is_answered_and_changes_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        sent = await leader.say("chào đồng chí")
        await leader.sees("Tôi chỉ hiểu nút bấm")
        for text in ("/baocao", "chào"):
            await leader.edit(sent, text)
            await home.box.idle()
            assert "Sửa tin này không có tác dụng" in (await leader.last()).text
        await nothing_happened(home)


@pytest.mark.parametrize(
    "data",
    [
        "x",
        "f:",
        "f:duty:20260316:1:send:0",
        "f:duty:20261332:1:send:0::",
        "f:duty:20260316:1:explode:0::",
        "f:secret:20260316:1:normal:0::",
        "f:duty:20260316:999999999999:normal:0::",
        "f:duty:20260316:3:more:0::absent.aliens",
        "f:duty:20260316:3:more:0::safety.sick",
        "f:duty:20260316:3:flip:0::absent",
        "f:duty:20260316:3:normal:0::\u0660",
        "i:emperor:",
        "l:xx:yy",
        "ệ" * 20,
    ],
)
async def test_forged_data_is_called_stale_and_does_nothing(tmp_path: Path, data: str) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        prompt = await leader.sees("Mời đồng chí")
        toast = await toast_after(home, leader, data, prompt.id)
        assert toast in {STALE, NOT_ALLOWED}
        await nothing_happened(home)


async def test_a_form_of_a_unit_that_is_not_ones_own_is_closed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        other = await home.join(Role.LEADER, "An Phú", id=2)
        await home.at("15:30")
        foreign = (await other.sees("Mời đồng chí")).buttons[0][0].data or ""
        prompt = await leader.sees("Mời đồng chí")
        await leader.forge(foreign, prompt.id)
        await leader.sees("không còn phụ trách đơn vị này")
        await nothing_happened(home)


async def test_every_button_is_refused_to_the_wrong_role(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        commander = await home.join(Role.COMMANDER, id=2)
        stranger = await home.box.person(3)
        await stranger.say("/start")
        line = await stranger.sees("chỉ dành cho người được mời")
        form = FormPress("duty", DAY, 3, Step.NORMAL).pack()
        invitation = InvitePress(Role.ADMIN).pack()
        assert await toast_after(home, commander, form, (await commander.last()).id) == NOT_ALLOWED
        assert await toast_after(home, leader, invitation, (await leader.last()).id) == NOT_ALLOWED
        for data in (form, invitation, LanguagePress("vi").pack(), "zzz"):
            toast = await toast_after(home, stranger, data, line.id)
            assert "chỉ dành cho người được mời" in toast
        assert await home.count("SELECT count(*) FROM invitation WHERE used_at IS NULL") == 0
        await nothing_happened(home)


@pytest.mark.parametrize(
    ("day", "words"), [("260317", "chưa đến"), ("260315", "đã chốt"), ("200101", "đã chốt")]
)
async def test_forged_days_are_refused(tmp_path: Path, day: str, words: str) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        prompt = await leader.sees("Mời đồng chí")
        data = (prompt.buttons[0][0].data or "").replace("260316", day)
        await leader.forge(data, prompt.id)
        await leader.sees(words)
        await nothing_happened(home)


async def test_a_forged_mark_cannot_send_an_unseen_card(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await leader.press(NORMAL, timeout=5)
        card = await leader.sees_button(SEND)
        data = (card.buttons[0][0].data or "").split(":")
        data[6] = "deadbeef"
        await leader.forge(":".join(data), card.id)
        await home.box.idle()
        assert await home.count("SELECT count(*) FROM report") == 0


async def test_an_invitation_for_a_unit_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        data = InvitePress(Role.LEADER, 99999).pack()
        assert await toast_after(home, admin, data, (await admin.last()).id) == STALE
        assert await home.count("SELECT count(*) FROM invitation") == 0


async def test_summaries_refuse_what_is_no_period(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=2)
        for typed in ("hôm qua", "ngay 40/40", "<i>", "ngay ngay"):
            await commander.say(f"/tonghop {typed}")
            await commander.sees(f"Tôi không hiểu “{typed.removeprefix('ngay ')}”")
        await commander.say("/tonghop ngay")
        await commander.sees("Báo cáo trực ngày 16/03/2026")
        await commander.say("/tonghop tuan 10/3")
        await commander.say("/conthieu")
        await home.box.idle()
        await nothing_happened(home)


async def test_neither_token_nor_what_people_write_reaches_a_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await leader.say("bí mật số một")
        await home.box.inject({"message": {"message_id": 1, "text": "bí mật số hai"}})
        await leader.sees("Tôi chỉ hiểu nút bấm")
        await home.box.idle()
        token = home.box.token
    logged = "".join(capfd.readouterr())
    assert "update not handled" in logged
    assert token not in logged
    assert "bí mật" not in logged
