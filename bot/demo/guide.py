"""The pictures of docs/setup.md: setting up, as it looks on the phones of those who do it.

The bot and its Telegram run as in the demo. BotFather is no part of either: its dialogue is drawn from
words of our own. Any Chromium makes the pictures:

    python -m bot.demo.guide docs/setup
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import click
from PIL import Image, ImageChops

from bot.demo import page
from bot.demo.casting import found
from bot.demo.phones import Phone
from bot.demo.stage import ADMIN_ID, PATIENCE_S, SCHEDULE, Stage, at, say, staged
from bot.domain.people import Role
from bot.texts import Texts
from sandbox.people import Group, Person, Sandbox, SeenMessage

# Dots: a phone of 390 with a margin, each pixel twice, for screens that show it so.
_WIDTH, _HEIGHT, _SCALE = 414, 1600, 2
_TIMEOUT_S = 60.0
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_BOTFATHER, _LEADER_ID, _COMMANDER_ID = 93, 1001, 8001
_MINE = ("/newbot", "Trực ban Tam Kỳ", "tamky_trucban_bot", "/setprivacy", "@tamky_trucban_bot")
_ITS = (
    "Alright, a new bot. How are we going to call it? Please choose a name for your bot.",
    "Good. Now let's choose a username for your bot. It must end in bot.",
    "Done! Use this token to access the HTTP API:\n700000022:AAE…\nKeep your token secure.",
    "Choose a bot to change group messages settings.",
    "Current status is: ENABLED",
)


class NoBrowserError(Exception):
    """No Chromium is installed here."""


async def phones(texts: Texts) -> dict[str, Phone]:
    """Set a command up and return the phones as they look, by the name of their picture."""
    with tempfile.TemporaryDirectory(prefix="trucbao-guide-") as folder:
        async with staged(Path(folder)) as stage, Sandbox(stage.url) as box:
            return await stage.watched(_set_up(stage, box, texts))


async def _set_up(stage: Stage, box: Sandbox, texts: Texts) -> dict[str, Phone]:
    await box.jump(at("15:00"))
    unit = (await found(stage))[2]
    await stage.start_bot()
    admin = await box.person(ADMIN_ID, texts.positions[Role.ADMIN])
    commander = await box.person(_COMMANDER_ID, texts.positions[Role.COMMANDER])
    leader = await box.person(_LEADER_ID, texts.positions[Role.LEADER])
    group = await box.group(say.group_title, [admin, commander])
    await admin.say("/start")
    await admin.sees("/thumoi", PATIENCE_S)
    await admin.say("/nhom", chat=group)
    await group.sees("nhóm chỉ huy", PATIENCE_S)
    await group.add_bot(admin, "administrator")
    await admin.say("/thumoi")
    await admin.press(texts.roles[Role.LEADER], timeout=PATIENCE_S)
    await admin.press(unit.short_name, timeout=PATIENCE_S)
    shown = await admin.sees("https://t.me/", PATIENCE_S)
    link = next(word for word in shown.text.split() if word.startswith("https://t.me/"))
    inviting = await _phone(admin, texts.positions[Role.ADMIN], latest=1)
    await leader.say(f"/start {link.rpartition('=')[2]}")
    await leader.sees(texts.send, PATIENCE_S)  # in the help behind the welcome
    position = f"{texts.positions[Role.LEADER]} {unit.name}"
    joined = await _phone(leader, position)
    bound = await _phone(admin, texts.positions[Role.ADMIN], group=group)
    await box.jump(at("15:30"))
    await leader.sees_button(texts.normal, PATIENCE_S)
    prompt = await _phone(leader, position, latest=1)
    await stage.stop_bot()
    return {
        "botfather": _botfather(joined),
        "nhom": bound,
        "thumoi": inviting,
        "thamgia": joined,
        "phieu": prompt,
    }


async def _phone(
    person: Person, owner: str, *, group: Group | None = None, latest: int = 0
) -> Phone:
    """What the person sees, or the newest so many messages of it."""
    return Phone(
        owner=owner,
        at=await person.sandbox.now(),
        title=group.title if group else say.bot_title,
        subtitle=say.members(len(group.members) + 1) if group else say.bot_subtitle,
        viewer=person.id,
        messages=[
            replace(message, edit_date=None, history=())
            for message in (await person.messages(group))[-latest:]
        ],
        names={},
    )


def _botfather(like: Phone) -> Phone:
    """The dialogue with BotFather, question and answer in turn."""
    blank = replace(like.messages[0], buttons=(), edit_date=None, history=())
    told: list[SeenMessage] = []
    for mine, its in zip(_MINE, _ITS, strict=True):
        told.append(replace(blank, from_bot=False, sender_id=like.viewer, text=mine, html=mine))
        told.append(replace(blank, from_bot=False, sender_id=_BOTFATHER, text=its, html=its))
    owner, subtitle = say.guide_botfather
    return replace(like, owner=owner, title="BotFather", subtitle=subtitle, messages=told)


def drawn(phone: Phone) -> bytes:
    """Return the phone as PNG. Raises NoBrowserError and OSError."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise NoBrowserError
    with tempfile.TemporaryDirectory(prefix="trucbao-guide-") as folder:
        place = Path(folder)
        (place / "phone.html").write_text(page.alone(phone), "utf-8")
        command = [
            *(browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu"),
            f"--user-data-dir={place / 'profile'}",
            f"--force-device-scale-factor={_SCALE}",
            f"--window-size={_WIDTH},{_HEIGHT}",
            f"--screenshot={place / 'phone.png'}",
            (place / "phone.html").as_uri(),
        ]
        subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT_S)  # noqa: S603 - the words are ours
        return _trimmed((place / "phone.png").read_bytes())


def _trimmed(png: bytes) -> bytes:
    """Cut off what is empty below the phone."""
    image = Image.open(BytesIO(png)).convert("RGB")
    empty = Image.new("RGB", image.size, image.getpixel((0, 0)))
    box = ImageChops.difference(image, empty).getbbox() or (0, 0, *image.size)
    margin = box[0]
    kept = image.crop((0, max(box[1] - margin, 0), image.width, box[3] + margin))
    file = BytesIO()
    kept.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    texts = Texts(SCHEDULE.zone)
    for name, phone in asyncio.run(phones(texts)).items():
        (out / f"{name}.png").write_bytes(drawn(phone))
        click.echo(out / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
