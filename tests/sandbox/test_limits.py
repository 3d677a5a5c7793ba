import pytest

from sandbox.limits import MODELS, OVERALL, Ban, Bucket, Limit, Sliding, whole_seconds
from sandbox.people import Person
from sandbox.server import Box

from .conftest import RawBot


def private(limit: Limit, now: float, chat: str = "1") -> float:
    return limit.wait({OVERALL: False, chat: False}, now)


def group(limit: Limit, now: float) -> float:
    return limit.wait({OVERALL: False, "-1": True}, now)


def test_the_sliding_second_takes_one_message_for_a_private_chat() -> None:
    limit = Sliding()
    assert private(limit, 0.0) == 0
    assert private(limit, 0.4) == pytest.approx(0.6)
    assert private(limit, 0.999) > 0
    assert private(limit, 1.0) == 0


def test_the_sliding_second_takes_thirty_messages_in_all() -> None:
    limit = Sliding()
    assert [private(limit, 0.5, str(n)) for n in range(30)] == [0] * 30
    assert private(limit, 1.4, "another") == pytest.approx(0.1)
    assert private(limit, 1.5, "another") == 0


def test_a_group_takes_twenty_messages_in_any_minute() -> None:
    limit = Sliding()
    assert [group(limit, float(n)) for n in range(20)] == [0] * 20
    assert group(limit, 20.0) == pytest.approx(40)
    assert group(limit, 60.0) == 0
    assert group(limit, 60.5) == pytest.approx(0.5)


def test_even_sending_at_29_a_second_passes_all_models() -> None:
    for model in MODELS.values():
        limit = model()
        waits = [private(limit, n / 29, str(n % 40)) for n in range(300)]
        assert waits == [0] * 300


def test_the_bucket_allows_a_burst_and_then_its_pace() -> None:
    limit = Bucket()
    assert [private(limit, 0.0) for _ in range(5)] == [0] * 5
    assert private(limit, 0.0) == pytest.approx(1.0)
    assert private(limit, 1.0) == 0
    assert [group(limit, 10.0) for _ in range(20)] == [0] * 20
    assert group(limit, 10.0) == pytest.approx(3.0)


def test_a_ban_lasts_longer_each_time_and_is_forgiven_in_the_end() -> None:
    limit = Ban()
    assert private(limit, 0.0) == 0
    assert private(limit, 0.1) == 3.0
    assert private(limit, 1.6) == pytest.approx(1.5)
    assert private(limit, 3.2) == 0
    assert private(limit, 3.3) == 6.0
    assert private(limit, 9.4) == 0
    assert private(limit, 1000.0) == 0
    assert private(limit, 1000.1) == 3.0


def test_a_ban_of_one_chat_leaves_the_others_open() -> None:
    limit = Ban()
    private(limit, 0.0)
    assert private(limit, 0.1) > 0
    assert private(limit, 0.1, "2") == 0


def test_retry_after_is_in_whole_seconds_that_suffice() -> None:
    assert [whole_seconds(wait) for wait in (0.01, 1.0, 1.2)] == [1, 1, 2]


@pytest.mark.parametrize("model", ["sliding", "ban"])
async def test_over_the_limit_the_answer_names_the_wait_twice(
    box: Box, bot: RawBot, an: Person, model: str
) -> None:
    await box.set_limits(model)  # type: ignore[arg-type]
    message = await bot.send(an.id, "một")
    answer = await bot.call(
        "editMessageText", chat_id=an.id, message_id=message["message_id"], text="hai"
    )
    wait = answer.body["parameters"]["retry_after"]
    assert answer.refusal == (429, f"Too Many Requests: retry after {wait}")
    assert answer.headers["Retry-After"] == str(wait)
    assert wait >= 1
    assert [each.text for each in await an.messages()] == ["/start", "một"]
    (refused,) = await box.calls("editMessageText")
    assert (refused.retry_after, refused.applied, refused.answered) == (wait, False, True)


async def test_polling_and_answering_presses_know_no_limit(
    box: Box, bot: RawBot, an: Person
) -> None:
    await bot.send(
        an.id, "x", reply_markup={"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}
    )
    await box.set_limits("sliding")
    for _ in range(3):
        query = await an.press("b")
        assert (await bot.call("answerCallbackQuery", callback_query_id=query)).result is True
        assert await bot.fresh()


async def test_limits_can_be_lifted(box: Box, bot: RawBot, an: Person) -> None:
    await box.set_limits("sliding")
    await box.set_limits(None)
    for text in ("một", "hai", "ba"):
        await bot.send(an.id, text)
