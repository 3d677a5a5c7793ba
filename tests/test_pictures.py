"""Pictures of the month behind the texts: whose they are, what they show, and what may go wrong."""

import asyncio
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.digests.picture import WIDTH
from bot.domain.delivery import Kind
from bot.domain.people import Role
from bot.domain.periods import Period
from bot.making import Making
from bot.orders import Made, Wanted
from bot.pacing import Limits
from bot.screens.message import Message
from bot.services.pictures import follow_summary
from bot.services.posting import post
from bot.services.turn import Turn
from bot.texts.markup import Html
from bot.workshop import terms_of
from sandbox.people import Group, Person, SeenMessage
from storage.errors import UnavailableError
from storage.outbox import Destination
from tests.builders import texts
from tests.handlers.test_duty_report import report_normally
from tests.house import DAY, House, house, moved_in

CAPTION = "Báo cáo trực ngày, tháng 3/2026, tính đến "
WORDS = texts()


async def photos(place: Group | Person) -> list[SeenMessage]:
    return [m for m in await place.messages() if m.from_bot and m.media == "photo"]


async def pictures(home: House, kind: str = "picture") -> list[str]:
    rows = await home.rows("SELECT state FROM outbox WHERE kind = ? ORDER BY id", kind)
    return [row[0] for row in rows]


async def settled(home: House, *states: str) -> None:
    for _ in range(200):
        if await pictures(home) == list(states):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(await pictures(home))


async def applied(home: House) -> int:
    return sum(call.applied for call in await home.box.calls("sendPhoto"))


async def cannot_draw(_wanted: Wanted, _now: datetime) -> Made:
    raise OSError("cannot open resource")


async def test_the_group_reads_the_digest_and_then_sees_the_month(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("16:30")
        photo = await group.sees(f"{CAPTION}16:30 ngày 16/03/2026")
        assert "Đúng hạn 7,7 % (1/13 báo cáo), chưa báo cáo 12." in photo.text
        assert photo.media == "photo"
        assert (await group.sees("Báo cáo 1/13")).id == photo.id - 1
        drawn = Image.open(BytesIO(await home.box.file(photo.file_id)))
        assert (drawn.format, drawn.width) == ("PNG", WIDTH)


async def test_the_final_digest_has_a_picture_and_the_call_for_who_is_missing_has_none(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("16:30")
        await group.sees(f"{CAPTION}16:30")
        await home.at("17:30")
        await group.sees("Quá hạn 16:30")
        await home.box.idle()
        assert len(await photos(group)) == 1
        await home.at("20:00")
        await group.sees(f"{CAPTION}20:00")
        await home.at("07:00", DAY + timedelta(days=1))
        await group.sees("Hôm qua")
        await home.box.idle()
        assert len(await photos(group)) == 2


async def test_several_days_told_together_have_no_picture(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.at("13:00", DAY + timedelta(days=4))
        await group.sees("Tổng hợp muộn")
        assert await pictures(home) == []


async def test_the_picture_goes_to_the_topic_of_its_text(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        admin = await home.admin()
        group = await home.box.group("Nhóm", [admin], topics=("Trực ban",))
        await admin.say("/nhom", chat=group, thread=group.topics["Trực ban"])
        await group.sees("nhóm chỉ huy")
        await home.at("16:30")
        assert (await group.sees(CAPTION)).thread == group.topics["Trực ban"]


@pytest.mark.parametrize("asked", ["ngay", "tuan", "thang", "thang 2/3"])
async def test_tonghop_answers_with_the_text_and_then_the_month(tmp_path: Path, asked: str) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await commander.say(f"/tonghop {asked}")
        photo = await commander.sees(f"{CAPTION}15:00")
        assert photo.media == "photo"
        text, last = (await commander.messages())[-2:]
        assert (last.id, text.media) == (photo.id, "")


@pytest.mark.parametrize(
    ("asked", "told"), [("quy", "quý I/2026"), ("quy 1/1", "quý I/2026"), ("nam", "năm 2026")]
)
async def test_a_quarter_and_a_year_have_a_picture_of_their_own(
    tmp_path: Path, asked: str, told: str
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.at("15:30")
        await report_normally(leader)
        await home.at("16:30")
        await commander.say(f"/tonghop {asked}")
        photo = await commander.sees(f"Báo cáo trực ngày, {told}, tính đến 16:30")
        assert "Đúng hạn 7,7 % (1/13 báo cáo), chưa báo cáo 12." in photo.text
        drawn = Image.open(BytesIO(await home.box.file(photo.file_id)))
        assert (drawn.format, drawn.width) == ("PNG", WIDTH)


@pytest.mark.parametrize(
    "asked", ["quy 1/12/2025", "nam 1/2/2027", "thang 1/2", "thang 1/4", "thang sau", "ngay 30/2"]
)
async def test_where_a_picture_says_nothing_tonghop_is_a_text_alone(
    tmp_path: Path, asked: str
) -> None:
    async with house(tmp_path) as home:
        commander = await home.join(Role.COMMANDER, id=9)
        await home.box.idle()
        said = await commander.say(f"/tonghop {asked}")
        await commander.sees("", after=said)  # committed together with a picture, if there were one
        assert await pictures(home, "picture_reply") == []


async def test_an_asked_picture_comes_behind_its_text_and_before_announcements(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.idle()
        to, now = Destination(group.id), home.parts.clock.now()
        async with home.database.transaction() as session:
            await post(session, Kind.DIGEST, "digest", to, Message(Html("bản tin")), now)
            await post(session, Kind.REPLY, "reply", to, Message(Html("trả lời")), now)
            asked = (Period.MONTH, DAY)
            turn = Turn(session, now, "asked")
            await follow_summary(turn, home.settings.schedule, asked, to, WORDS)
        home.parts.outbox.wake()
        await group.sees("bản tin")
        reply, photo, digest = (await group.messages())[-3:]
        assert (reply.text, photo.media, digest.text) == ("trả lời", "photo", "bản tin")


async def test_a_429_is_obeyed_and_the_picture_drawn_anew(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        await home.box.fault(
            "sendPhoto",
            "status",
            code=429,
            description="Too Many Requests: retry after 2",
            parameters={"retry_after": 2},
        )
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await home.at("16:40")
        await report_normally(leader)
        photo = await group.sees(f"{CAPTION}16:40", timeout=10)
        assert "muộn 1, chưa báo cáo 12" in photo.text
        refused, taken = await home.box.calls("sendPhoto")
        assert (taken.at - refused.at).total_seconds() >= 2


@pytest.mark.parametrize("fault", ["reset", "deliver_then_reset"])
async def test_a_doubtful_picture_is_not_repeated(tmp_path: Path, fault: str) -> None:
    async with house(tmp_path) as home:
        await home.command_group()
        await home.box.idle()
        await home.box.fault("sendPhoto", fault)
        await home.at("16:30")
        await settled(home, "doubtful")
        await home.box.idle()
        assert len(await home.box.calls("sendPhoto")) == 1


async def test_a_picture_that_telegram_did_not_take_is_sent_again(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.fault("sendPhoto", "status", code=502, description="Bad Gateway")
        await home.at("16:30")
        await group.sees(CAPTION, timeout=10)
        assert await applied(home) == 1


async def test_a_picture_on_the_wire_at_a_crash_is_not_repeated(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await home.command_group()
        await home.at("16:30")
        await settled(home, "sent")
        home.stop.set()
        await home.task
        async with home.database.transaction() as session:
            await session.run(
                "UPDATE outbox SET state = 'sending', finished_at = NULL WHERE kind = 'picture'"
            )
        async with moved_in(home.box, home.settings) as back:
            await settled(back, "doubtful")
            assert await applied(back) == 1


async def test_a_group_without_photos_stays_the_command_group_and_the_admins_hear_once(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        admin = await home.admin()
        await group.forbid("send_media")
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await admin.sees("Tôi không được gửi ảnh vào nhóm chỉ huy")
        await home.at("20:00")
        await group.sees("Bản chốt lúc 20:00")
        await settled(home, "refused", "refused")
        await home.box.idle()
        told = [m for m in await admin.messages() if m.text.startswith("⚠️")]
        assert len(told) == 1
        await group.forbid()
        await home.at("16:30", DAY + timedelta(days=1))
        await group.sees(CAPTION)


async def test_a_picture_that_cannot_be_drawn_holds_up_nothing_and_is_told(tmp_path: Path) -> None:
    async with house(tmp_path, make=cannot_draw) as home:
        group = await home.command_group()
        admin = await home.admin()
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await admin.sees("Một thao tác gặp lỗi, mã outbox")
        await settled(home, "refused")
        await home.at("20:00")
        await group.sees("Bản chốt lúc 20:00")
        await settled(home, "refused", "refused")
        assert await home.rows("SELECT DISTINCT error FROM outbox WHERE kind = 'picture'") == [
            ("OSError",)
        ]


async def test_a_picture_whose_facts_cannot_be_read_now_is_drawn_later(tmp_path: Path) -> None:
    troubles = [UnavailableError(tmp_path, "busy")]

    async def draws_in_the_end(wanted: Wanted, now: datetime) -> Made:
        if troubles:
            raise troubles.pop()
        return await Making(terms_of(home.settings)).make(wanted, now)

    async with house(tmp_path, make=draws_in_the_end) as home:
        group = await home.command_group()
        await home.at("16:30")
        await group.sees(CAPTION, timeout=10)
        await settled(home, "sent")


async def test_while_a_picture_is_drawn_others_are_answered(tmp_path: Path) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def waits(_wanted: Wanted, _now: datetime) -> Made:
        begun.set()
        await go_on.wait()
        raise OSError

    async with house(tmp_path, make=waits) as home:
        group = await home.command_group()
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        try:
            await home.at("16:30")
            await group.sees("Báo cáo 0/13")
            await begun.wait()
            await report_normally(leader)
            assert await pictures(home) == ["sending"]
        finally:
            go_on.set()
        await settled(home, "refused")


async def test_an_older_picture_need_not_go_when_a_newer_one_waits(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.idle()
        await home.box.fault("sendPhoto", "status", times=None, code=502, description="Trouble")
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await home.at("20:00")
        await settled(home, "superseded", "pending")
        await home.box.clear_faults()
        await group.sees(f"{CAPTION}20:00", timeout=10)
        await home.box.idle()
        assert len(await photos(group)) == 1


async def test_the_call_for_who_is_missing_takes_no_picture_away(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        group = await home.command_group()
        await home.box.idle()
        await home.box.fault("sendPhoto", "status", times=2, code=502, description="Trouble")
        await home.at("16:30")
        await group.sees("Báo cáo 0/13")
        await home.at("17:30")
        photo = await group.sees(CAPTION, timeout=10)
        assert (await group.sees("Quá hạn 16:30")).id > photo.id


async def test_pictures_keep_to_the_pace(tmp_path: Path) -> None:
    async with house(tmp_path, limits=Limits(group=1.5)) as home:
        group = await home.command_group()
        await home.box.set_limits("sliding")
        await home.at("16:30")
        await group.sees(CAPTION, timeout=15)
        said, shown = (await home.box.calls())[-2:]
        assert (said.method, shown.method) == ("sendMessage", "sendPhoto")
        assert (shown.at - said.at).total_seconds() >= 1


def test_the_program_starts_without_loading_what_draws_and_what_writes_office_files() -> None:
    loaded = "import sys, bot.app, bot.cli; sys.exit(bool({'PIL', 'openpyxl', 'docx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
