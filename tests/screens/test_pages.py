"""Long lists of units, in keyboards that Telegram takes."""

import pytest

from bot.screens.message import Button, Message
from bot.screens.pages import choose_unit
from bot.texts.markup import Html
from tests.builders import texts, unit

TELEGRAM_TAKES = 100


def page(n: int, number: int) -> Message:
    return choose_unit(
        texts(),
        Html("?"),
        [unit(each) for each in range(n)],
        number,
        chosen=lambda chosen: f"unit:{chosen.id}",
        turned=lambda turned_to: f"page:{turned_to}",
        first=((Button("all", "all"),),),
        last=((Button("leave", "leave"),),),
    )


@pytest.mark.parametrize("n", [0, 1, 13, 60, 61, 120, 121, 3321])
def test_every_unit_is_on_one_page_and_each_page_leads_to_the_next(n: int) -> None:
    found: list[str] = []
    number: int | None = 0
    while number is not None:
        data = [button.data for row in page(n, number).buttons for button in row]
        assert len(data) <= TELEGRAM_TAKES
        assert (data[0], data[-1]) == ("all", "leave")
        found += [each for each in data if each.startswith("unit:")]
        assert (f"page:{number - 1}" in data) == (number > 0)
        number = number + 1 if f"page:{number + 1}" in data else None
    assert found == [f"unit:{each + 1}" for each in range(n)]


def test_a_page_past_the_end_is_the_last() -> None:
    assert page(61, 9999) == page(61, 1)
