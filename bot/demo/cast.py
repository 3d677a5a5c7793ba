"""The people of the play: what each of them does before a phone."""

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass, field
from typing import Protocol

from bot.demo.stage import PATIENCE_S, say
from bot.domain.units import Unit
from bot.texts import Texts
from sandbox.people import Group, Person, RefusedError, SeenMessage

RECEIVED = "Đã nhận báo cáo"
TAKEN = "Đã có báo cáo"
CORRECTED = "sửa sau hạn, lần 1"

_AGAIN_AFTER_S = 4.0
_LOOK_EVERY_S = 0.05
_STATE = re.compile(r"đúng hạn|muộn(?=, lúc)")
_CODE = re.compile(r"Mã: (\w+)")


class Teller(Protocol):
    def tell(self, who: str, what: str) -> None: ...


@dataclass(slots=True)
class Actor:
    """Somebody by position, with the words that the bot's buttons bear."""

    person: Person
    position: str
    teller: Teller = field(repr=False)
    texts: Texts = field(repr=False)
    unit: Unit | None = None
    _card: tuple[int, str] = (0, "")

    @property
    def unit_id(self) -> int | None:
        return self.unit.id if self.unit else None

    @property
    def led(self) -> Unit:
        """The unit that the actor reports for. Raises LookupError for who has none."""
        if self.unit is None:
            raise LookupError(self.position)
        return self.unit

    def tell(self, what: str) -> None:
        self.teller.tell(self.position, what)

    async def joins(self, link: str, told: str = say.joined) -> None:
        await self.person.follow(link)
        await self.person.sees("Chào đồng chí", PATIENCE_S)
        self.tell(told)
        await self.person.sees("/trogiup", PATIENCE_S)

    async def writes(self, text: str, chat: Group | None = None) -> int:
        """Send a message and return its id."""
        message_id = await self.person.say(text, chat)
        self.tell(say.said(text))
        return message_id

    async def mends(self, message_id: int, text: str) -> None:
        """Edit an own message."""
        await self.person.edit(message_id, text)
        self.tell(say.mended(text))

    async def sees(self, text: str, chat: Group | None = None, after: int = 0) -> SeenMessage:
        return await self.person.sees(text, PATIENCE_S, chat, after)

    async def reads(self, text: str, chat: Group | None = None, after: int = 0) -> SeenMessage:
        """Wait for a message and tell what stands in it."""
        shown = await self.sees(text, chat, after)
        self.tell(say.read(shown.text))
        return shown

    async def has_seen(self, text: str) -> bool:
        return any(text in message.text for message in await self.person.messages())

    async def tap(self, label: str, chat: Group | None = None, on: int = 0) -> SeenMessage:
        """Wait for a button, of message `on` if that is named, and press it.

        Return the message as it was then.
        """
        shown = await self._sees_button(label, chat, on)
        await self.person.press(label, shown.id, chat)
        self.tell(say.pressed(label))
        return shown

    async def tap_unit(self, unit: Unit, on: int) -> None:
        """Press the button of a unit in the list on that message, whatever else stands on it."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            shown = [m for m in await self.person.messages() if m.id == on]
            for label in (x for m in shown for x in m.labels if x.startswith(unit.short_name)):
                await self.tap(label, on=on)
                return
            await asyncio.sleep(_LOOK_EVERY_S)
        raise AssertionError(f"{self.position} never saw {unit.short_name} in the list")

    async def tap_twice(self, label: str) -> None:
        """Press as somebody does who does not trust the phone."""
        shown = await self.person.sees_button(label, PATIENCE_S)
        await self.person.press(label, shown.id)
        with contextlib.suppress(RefusedError):  # the bot was faster, and the button is gone
            await self.person.press(label, shown.id)
        self.tell(say.pressed(label, times=2))

    async def reports_normal(self) -> None:
        """Report in two taps."""
        form = await self.tap(self.texts.normal)
        await self.tap(self.texts.send, on=form.id)
        await self.gets_receipt()

    async def answers(self, report_type: str, absent: str = "") -> None:
        """Answer the newest form of this type: with everybody, or with one person absent."""
        normal = self.texts.normal_labels[report_type]
        form = await self._sees_button(normal, None, 0)
        if absent:
            await self.tap(self.texts.detail, on=form.id)
            await self._adds_one(self.texts.reasons[absent], 1)
            await self.tap(self.texts.done, on=form.id)
        else:
            await self.tap(normal, on=form.id)
        await self.tap(self.texts.send_labels[report_type], on=form.id)
        answer = await self.sees(self.texts.received_toasts[report_type], after=form.id - 1)
        state, code = _STATE.search(answer.text), _CODE.search(answer.text)
        self.tell(say.receipt(state[0] if state else "?", code[1] if code else "?"))

    async def corrects(self, reason: str) -> None:
        """Add an absence that was forgotten to the report that stands."""
        await self.tap(self.texts.edit)
        shown = await self.person.sees_button(self.texts.done, PATIENCE_S)
        name = self.texts.reasons[reason]
        label = next(x for x in shown.labels if x.startswith(f"{name}: "))
        await self._adds_one(name, int(label.removeprefix(f"{name}: ")) + 1)
        await self.tap(self.texts.done)
        await self.tap(self.texts.send)
        answer = await self.sees(CORRECTED)
        self.tell(say.corrected(next(x for x in answer.text.splitlines() if CORRECTED in x)))

    async def explains_delay(self, why: str) -> None:
        """Say why the report was late."""
        await self.tap(self.texts.late_reason)
        await self.sees(self.texts.asked_for["late_reason"])
        await self.writes(why)
        await self.sees(f"Lý do muộn: {why}")

    async def fills_in(self, absent: dict[str, int], *, is_safe: bool = True) -> None:
        """Use the buttons of the editor: who is absent, and whether all are safe."""
        await self.tap(self.texts.detail)
        for reason, number in absent.items():
            for count in range(1, number + 1):
                await self._adds_one(self.texts.reasons[reason], count)
        if not is_safe:
            await self.tap(self.texts.flip_label("safety", is_normal=True))
            warned = self.texts.flip_label("safety", is_normal=False)
            await self.person.sees_button(warned, PATIENCE_S)

    async def hands_in_card(self) -> None:
        """Look at the card that a typed line became, and send it."""
        await self.tap(self.texts.send)
        await self.gets_receipt()

    async def hands_in(self) -> None:
        """Leave the editor, look at the card and send it."""
        await self.tap(self.texts.done)
        await self.hands_in_card()

    async def keeps_card(self) -> None:
        """Wait for the card, and remember its button as an app that was long asleep does."""
        shown = await self.person.sees_button(self.texts.send, PATIENCE_S)
        buttons = (button for row in shown.buttons for button in row)
        data = next(b.data for b in buttons if b.text == self.texts.send)
        self._card = shown.id, data or ""

    async def presses_old_card(self) -> None:
        """Press the send button of a card that has long become a receipt."""
        message_id, data = self._card
        answered = len(await self.person.toasts())
        await self.person.forge(data, message_id)
        self.tell(say.pressed_old_card)
        end = time.monotonic() + PATIENCE_S
        while len(toasts := await self.person.toasts()) <= answered:
            if time.monotonic() >= end:
                raise AssertionError(f"{self.position} had no answer to the old card")
            await asyncio.sleep(_LOOK_EVERY_S)
        self.tell(say.toast(toasts[-1]))

    async def presses_in_vain(self) -> None:
        """Press again while nobody answers."""
        with contextlib.suppress(RefusedError):
            await self.person.press(self.texts.send)
            self.tell(say.pressed_in_vain)

    async def gets_receipt(self) -> None:
        """Wait for the answer to the press, and press again where none comes."""
        send = self.texts.send
        for _ in range(round(PATIENCE_S / _AGAIN_AFTER_S)):
            answer = await self._answer(_AGAIN_AFTER_S)
            if answer:
                self.tell(answer)
                return
            with contextlib.suppress(RefusedError):
                await self.person.press(send)
                self.tell(say.pressed_again)
        answer = await self._answer(PATIENCE_S)
        if answer is None:
            raise AssertionError(f"{self.position} never saw a receipt")
        self.tell(answer)

    async def _sees_button(self, label: str, chat: Group | None, on: int) -> SeenMessage:
        """Wait for the newest message with this button, or for it on message `on`."""
        end = time.monotonic() + PATIENCE_S
        while True:
            shown = [m for m in await self.person.messages(chat) if label in m.labels]
            found = [m for m in shown if on in {0, m.id}]
            if found:
                return found[-1]
            if time.monotonic() >= end:
                raise AssertionError(f"{self.position} never saw the button {label!r}")
            await asyncio.sleep(_LOOK_EVERY_S)

    async def _answer(self, patience: float) -> str | None:
        """Look at the phone until an answer is there, for so many seconds."""
        end = time.monotonic() + patience
        while True:
            shown = "\n\n".join(m.text for m in await self.person.messages() if m.from_bot)
            if RECEIVED in shown:
                state, code = _STATE.search(shown), _CODE.search(shown)
                return say.receipt(state[0] if state else "?", code[1] if code else "?")
            if TAKEN in shown:
                return say.taken(next(line for line in shown.splitlines() if TAKEN in line))
            if time.monotonic() >= end:
                return None
            await asyncio.sleep(_LOOK_EVERY_S)

    async def _adds_one(self, reason: str, count: int) -> None:
        """Press ➕ in the row of this reason, and wait for the count to grow."""
        shown = await self.person.sees_button(f"{reason}: {count - 1}", PATIENCE_S)
        row = next(
            row for row in shown.buttons if f"{reason}: {count - 1}" in {b.text for b in row}
        )
        await self.person.press(row[-1].data or "", shown.id)
        self.tell(say.pressed(f"➕ {reason}"))
        await self.person.sees_button(f"{reason}: {count}", PATIENCE_S)
