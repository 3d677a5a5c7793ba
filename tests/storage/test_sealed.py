"""An encrypted backup comes back as it was, or not at all."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.sealed import Cost, SealedError, read_header, seal, unseal

PASSPHRASE = "một câu đủ dài"
MADE_AT = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
QUICK = Cost(n=2, r=1, p=1)
TAG = 16

contents = st.binary(max_size=200)
chunks = st.integers(1, 64)
quickly = settings(max_examples=200, deadline=None)


def nothing(_bytes: int) -> None: ...


def sealed(content: bytes, chunk: int = 8, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, passphrase, MADE_AT, nothing, cost=QUICK, chunk=chunk)
    return target.getvalue()


def unsealed(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(file), target, passphrase, nothing)
    return target.getvalue()


def refused(file: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(SealedError) as caught:
        unsealed(file, passphrase)
    return caught.value.condition


def length_of_header(file: bytes) -> int:
    source = io.BytesIO(file)
    read_header(source)
    return source.tell()


@quickly
@given(contents, chunks)
def test_any_bytes_in_any_chunks_come_back(content: bytes, chunk: int) -> None:
    file = sealed(content, chunk)
    assert unsealed(file) == content
    source = io.BytesIO(file)
    assert read_header(source).made_at == MADE_AT


@quickly
@given(contents, chunks, st.data())
def test_a_flipped_bit_anywhere_is_noticed(content: bytes, chunk: int, data: st.DataObject) -> None:
    file = bytearray(sealed(content, chunk))
    at = data.draw(st.integers(0, len(file) - 1))
    file[at] ^= 1 << data.draw(st.integers(0, 7))
    assert refused(bytes(file)) in {"damaged", "not_a_backup", "later_format"}


@quickly
@given(contents, chunks, st.data())
def test_a_file_that_ends_too_early_is_noticed(
    content: bytes, chunk: int, data: st.DataObject
) -> None:
    file = sealed(content, chunk)
    assert refused(file[: data.draw(st.integers(0, len(file) - 1))]) in {"damaged", "not_a_backup"}


@quickly
@given(contents, chunks, st.binary(min_size=1, max_size=40))
def test_what_is_put_behind_the_end_is_noticed(content: bytes, chunk: int, more: bytes) -> None:
    assert refused(sealed(content, chunk) + more) == "damaged"


@quickly
@given(st.binary(min_size=16, max_size=64), st.data())
def test_chunks_that_changed_places_are_noticed(content: bytes, data: st.DataObject) -> None:
    file = sealed(content, chunk=4)
    begin, whole = length_of_header(file), 4 + TAG
    head, body = file[:begin], file[begin:]
    parts = [body[n : n + whole] for n in range(0, len(body), whole)]
    one, other = data.draw(
        st.lists(st.integers(0, len(content) // 4 - 1), min_size=2, max_size=2, unique=True)
    )
    parts[one], parts[other] = parts[other], parts[one]
    assert refused(head + b"".join(parts)) == "damaged"


def test_a_chunk_that_was_left_out_at_the_end_is_noticed_though_the_others_are_whole() -> None:
    file = sealed(b"12345678", chunk=4)
    begin = length_of_header(file)
    assert refused(file[: begin + 4 + TAG]) == "damaged"
    assert refused(file[: begin + 2 * (4 + TAG)]) == "damaged"


def test_a_chunk_of_another_file_with_the_same_passphrase_is_noticed() -> None:
    one, other = sealed(b"abcd", chunk=8), sealed(b"wxyz", chunk=8)
    begin = length_of_header(one)
    assert refused(one[:begin] + other[length_of_header(other) :]) == "damaged"


@quickly
@given(contents, st.text(min_size=1).filter(lambda typed: typed != PASSPHRASE))
def test_another_passphrase_is_told_as_that_and_nothing_is_given(
    content: bytes, passphrase: str
) -> None:
    target = io.BytesIO()
    with pytest.raises(SealedError) as caught:
        unseal(io.BytesIO(sealed(content)), target, passphrase, nothing)
    assert caught.value.condition == "wrong_passphrase"
    assert target.getvalue() == b""


def test_the_same_letters_written_in_another_way_are_the_same_passphrase() -> None:
    composed, decomposed = "mật khẩu", "mâ\u0323t khâ\u0309u"
    assert composed != decomposed
    assert unsealed(sealed(b"x", passphrase=composed), decomposed) == b"x"


def test_two_files_of_the_same_content_have_nothing_in_common_behind_their_name() -> None:
    one, other = sealed(b"the same"), sealed(b"the same")
    assert one[length_of_header(one) :] != other[length_of_header(other) :]


def changed_header(change: Callable[[dict[str, object]], None]) -> bytes:
    """A header made to do harm, with a checksum that holds."""
    import hashlib  # noqa: PLC0415 - only here

    lines = sealed(b"x").split(b"\n", 3)
    told = json.loads(lines[1])
    change(told)
    text = lines[0] + b"\n" + json.dumps(told).encode() + b"\n" + b"0" * 64 + b" "
    return text + hashlib.sha256(text).hexdigest().encode() + b"\n" + lines[3]


@pytest.mark.parametrize(
    "harm",
    [
        {"chunk": 1 << 40},
        {"chunk": 0},
        {"scrypt": {"n": 1 << 30, "r": 8, "p": 1, "salt": "00"}},
        {"scrypt": {"n": 3, "r": 8, "p": 1, "salt": "00"}},
        {"scrypt": {"n": 2, "r": 0, "p": 1, "salt": "00"}},
        {"scrypt": {"n": 2, "r": 1, "p": 99, "salt": "00"}},
        {"scrypt": "none"},
        {"made_at": "yesterday"},
        {"made_at": "2026-03-16T02:00:00"},
    ],
)
def test_a_header_that_asks_for_too_much_is_refused_before_any_work(
    harm: dict[str, object],
) -> None:
    assert refused(changed_header(lambda told: told.update(harm))) == "damaged"


@pytest.mark.parametrize(
    ("file", "condition"),
    [
        (b"", "not_a_backup"),
        (b"hello\n", "not_a_backup"),
        (b"trucbao backup 2\n{}\n", "later_format"),
        (b"trucbao backup x\n{}\n", "damaged"),
        (b"trucbao backup 1\n", "damaged"),
    ],
)
def test_what_is_not_of_this_format_is_told_as_what_it_is(file: bytes, condition: str) -> None:
    assert refused(file) == condition
