"""The demo as a person starts it: a process of its own, here without a terminal."""

import asyncio
import base64
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.kills

STARTED = re.compile(r"trucbao run \(pid (\d+)\)")
# What a user may have around: none of it may reach the demo.
ENVIRONMENT = {
    "DUTY_DUE": "nonsense",
    "TELEGRAM_API_URL": "nonsense",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "socks5://127.0.0.1:9",
}
DOT_ENV = "TELEGRAM_BOT_TOKEN=1:real\nDUTY_OPENS=nonsense\nDATABASE_PATH=/nowhere/real.db\n"


@contextlib.asynccontextmanager
async def demo(folder: Path, *options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    (folder / ".env").write_text(DOT_ENV, "utf-8")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", *options),
        cwd=folder,
        env=os.environ | ENVIRONMENT | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.communicate()


async def bot_pid(process: asyncio.subprocess.Process) -> int:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := STARTED.search(line.decode()):
            return int(found[1])
    raise AssertionError("the bot was never started")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# Two minutes, and longer where other tests run beside it.
@pytest.mark.timeout(300)
async def test_a_whole_day_and_a_month_without_a_terminal(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("stays", "utf-8")
    (out / "demo.html").write_text("goes", "utf-8")
    async with demo(tmp_path, "--seed", "7", "--out", "out") as process:
        told, _ = await asyncio.wait_for(process.communicate(), 280)
    text = told.decode()
    assert process.returncode == 0, text
    lines = text.splitlines()
    assert "mất 0, trùng 0 (lost 0, doubled 0)" in lines
    assert "\x1b" not in text
    assert "\r" not in text
    assert [x for x in lines if re.match(r"\[\d+/18\]", x)][-1].startswith("[18/18] 07:01")
    for happened in (
        "số mẫu từ 1/3 đến 13/3",
        "ghim bảng theo dõi",
        "không nhận ảnh",
        "có thể là công tác hoặc chính trị",
        "sửa tin thành “QS",
        "Chỉ huy nhắc: đơn vị chưa báo cáo",
        "Tổng hợp tuần 07/03–13/03/2022",
        "Hệ thống gián đoạn từ 16:12",
        "Mời đồng chí báo cáo trước 17:10",
        "sửa sau hạn, lần 1",
        "kill -9",
        "không thấy gì (bot đang chết)",
        "Đã có báo cáo lúc",
        "thẻ cũ",
        "được mời",
        "(2 lần liền)",
        "có biên nhận: muộn",
        "Muộn 1:",
        "Bản chốt lúc 20:40",
        "gửi phiếu điểm danh cho 3 đơn vị",
        "gửi vào nhóm: Tổng hợp tuần 14/03–20/03/2022",
        "gửi vào nhóm: Tổng hợp tuần 21/03–27/03/2022",
        "Tổng hợp tháng 3/2022",
        "1 buổi; điểm danh 2/3 lượt đơn vị",
        "gửi ảnh chỉ tiêu vào nhóm",
        "23 báo cáo và 1 bản sửa trong cơ sở dữ liệu, 13/13 người thấy biên nhận",
    ):
        assert happened in text, happened
    assert not [pid for pid in map(int, STARTED.findall(text)) if is_running(pid)]
    page = (out / "demo.html").read_text("utf-8")
    assert "mất 0, trùng 0 (lost 0, doubled 0)" in page
    assert "Nhóm chỉ huy Tam Kỳ" in page
    assert "Mười ba ngày trước" in page
    drawn = ("hinh-13-don-vi.png", "hinh-4-don-vi.png", "hinh-60-don-vi.png", "hinh-chi-tieu.png")
    for picture in drawn:
        png = (out / picture).read_bytes()
        assert png.startswith(b"\x89PNG"), picture
        assert int.from_bytes(png[16:20], "big") == 3 * 390, picture
        assert picture in text
        assert picture in page
        assert base64.b64encode(png).decode() in page
    assert (out / "mine.txt").read_text("utf-8") == "stays"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 1), (signal.SIGINT, 130)])
async def test_it_ends_with_its_children_when_it_is_told_to(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    async with demo(tmp_path) as process:
        pid = await bot_pid(process)
        process.send_signal(number)
        told, _ = await asyncio.wait_for(process.communicate(), 15)
    assert process.returncode == status, told.decode()
    assert b"Traceback" not in told
    assert not is_running(pid)


async def test_it_says_so_when_the_bot_dies_on_its_own(tmp_path: Path) -> None:
    async with demo(tmp_path, "--out", "here") as process:
        os.kill(await bot_pid(process), signal.SIGKILL)
        told, _ = await asyncio.wait_for(process.communicate(), 15)
    text = told.decode()
    assert process.returncode == 1
    assert "python -m bot dừng bất ngờ (mã -9)" in text
    assert str(tmp_path / "here" / "demo-bot.log") in text
    assert "Traceback" not in text
