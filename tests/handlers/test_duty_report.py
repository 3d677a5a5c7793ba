"""The daily duty report, as a leader meets it."""

from pathlib import Path

from bot.domain.people import Role
from tests.house import house

NORMAL = "✅ Đủ quân số, bình thường"
SEND = "📨 Gửi báo cáo"


async def test_a_normal_day_is_two_taps(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        leader = await home.join(Role.LEADER, "An Sơn", id=1)
        group = await home.command_group()
        await home.at("15:30")
        await leader.sees("Mời đồng chí báo cáo")
        await leader.press(NORMAL)
        await leader.sees_button(SEND)
        await leader.press(SEND)
        receipt = await leader.sees("Đã nhận báo cáo")
        assert "đúng hạn" in receipt.text
        assert "An Sơn" in receipt.text
        assert await home.count("SELECT count(*) FROM report") == 1
        await home.at("16:30")
        digest = await group.sees("1/13")
        print(digest.text)
