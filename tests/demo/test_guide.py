"""The pictures of docs/setup.md come from a bot that really is set up."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.demo.guide import NoBrowserError, drawn, phones
from bot.demo.page import alone
from bot.demo.stage import SCHEDULE
from bot.texts import Texts

SETUP = Path(__file__).parents[2] / "docs" / "setup"


async def test_each_phone_of_the_guide_shows_its_step_and_has_its_picture() -> None:
    found = await phones(Texts(SCHEDULE.zone))
    assert "Nhóm này nay là nhóm chỉ huy" in found["nhom"].newest_text_of_bot
    assert "https://t.me/" in found["thumoi"].newest_text_of_bot
    assert "Chào đồng chí" in found["thamgia"].messages[1].text
    assert "Mời đồng chí báo cáo" in found["phieu"].newest_text_of_bot
    assert [m.text for m in found["botfather"].messages][0::2][:1] == ["/newbot"]
    page = (SETUP.parent / "setup.md").read_text("utf-8")
    shown = re.findall(r'src="setup/(\w+)\.png"', page)
    assert sorted(shown) == sorted(found) == sorted(each.stem for each in SETUP.iterdir())
    assert "$" not in alone(found["phieu"]).partition("<body>")[2]


async def test_without_a_browser_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await phones(Texts(SCHEDULE.zone))
    monkeypatch.setattr("shutil.which", lambda _program: None)
    with pytest.raises(NoBrowserError):
        drawn(found["nhom"])


def test_the_pictures_are_as_wide_as_a_phone_at_two_dots_a_pixel() -> None:
    widths = {Image.open(BytesIO(each.read_bytes())).width for each in SETUP.iterdir()}
    assert widths == {828}
