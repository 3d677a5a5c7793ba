import csv
import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.files import UnknownEndingError, write_csv, write_json, write_rows

ROWS = [
    {"day": "2022-03-14", "unit": "phường Tân Thạnh", "revision": 1, "present": None},
    {"day": "2022-03-14", "unit": 'xã "Tam", Thanh', "revision": 0, "present": 20},
]


def test_csv_opens_in_excel_with_its_vietnamese_letters(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    write_csv(ROWS, path)
    assert (
        path.read_bytes()
        == (
            "\ufeffday,unit,revision,present\r\n"
            "2022-03-14,phường Tân Thạnh,1,\r\n"
            '2022-03-14,"xã ""Tam"", Thanh",0,20\r\n'
        ).encode()
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-1", "'-1"),
        ("@cmd", "'@cmd"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a=1", "a=1"),
        ("'x", "'x"),
        ("", ""),
    ],
)
def test_a_spreadsheet_never_runs_a_text(tmp_path: Path, text: str, cell: str) -> None:
    path = tmp_path / "reports.csv"
    write_csv([{"unit": text}], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["unit"] == cell


def test_a_negative_number_stays_a_number(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    write_csv([{"n": -1}], path)
    assert path.read_text("utf-8-sig") == "n\n-1\n"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0"))))
def test_no_cell_begins_like_a_formula(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("cells") / "reports.csv"
    write_csv([{"unit": text, "end": 0} for text in texts], path, ("unit", "end"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["unit"] for row in csv.DictReader(file)]
    assert [cell.removeprefix("'") for cell in cells] == [t.removeprefix("'") for t in texts]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_without_rows_the_csv_still_has_its_header(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    write_rows([], path, ("day", "unit"))
    assert path.read_text("utf-8-sig") == "day,unit\n"


def test_json_keeps_values_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "reports.JSON"
    write_rows(ROWS, path)
    assert json.loads(path.read_text("utf-8")) == ROWS
    assert "phường Tân Thạnh" in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["reports.pdf", "reports", "csv"])
def test_an_unknown_ending_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownEndingError) as refused:
        write_rows(ROWS, tmp_path / name)
    assert refused.value.known == (".csv", ".json")
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_its_owners_only_and_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("old")
    path.chmod(0o644)
    write_csv(ROWS, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "reports.json"
    path.write_text("old")
    with pytest.raises(TypeError):
        write_json([{"day": object()}], path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_does_not_exist_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_csv(ROWS, tmp_path / "nowhere" / "reports.csv")
