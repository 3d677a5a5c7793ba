"""Whatever a file holds, it becomes cells with addresses, or one named error; never more than its bounds."""

import contextlib
import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot import sheet_files
from bot.domain.names import fold
from bot.domain.table_reading import Row, read_table
from bot.domain.tables import TABLES, Kind, Problem, Reading, Reason, TableRefusedError
from bot.sheet_files import read_lines
from bot.table_words import explanation_titles, wording
from tests.sheets import filled, headings, workbook

DAY = datetime.fromisoformat("2026-03-16")  # a spreadsheet knows no zone

quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def problems(path: Path) -> list[tuple[str, Reason]]:
    with pytest.raises(TableRefusedError) as refused:
        read_lines(path)
    return [(p.address, p.reason) for p in refused.value.problems]


def written(folder: Path, content: bytes, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def damage(content: bytearray, damages: list[tuple[float, int]]) -> None:
    for place, byte in damages:
        content[int(place * len(content))] = byte


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_an_encoding_that_is_sure_is_read(
        self, tmp_path: Path, encoding: str, delimiter: str
    ) -> None:
        text = f"Đơn vị{delimiter}Mã\r\nAn Sơn{delimiter}001\r\n"
        heading, row = read_lines(written(tmp_path, text.encode(encoding)))
        assert [cell.value for cell in heading] == ["Đơn vị", "Mã"]
        assert [(cell.address, cell.value) for cell in row] == [("A2", "An Sơn"), ("B2", "001")]

    @pytest.mark.parametrize(
        "content",
        [
            "Đơn vị,Mã\n".encode("cp1258", "ignore"),
            "Đơn vị,Mã\n".encode("utf-16-le"),
            "Mã\n".encode("latin-1"),
            b"a\0b\n",
            b"\xff\xfea",
        ],
    )
    def test_one_that_would_be_guessed_is_refused(self, tmp_path: Path, content: bytes) -> None:
        assert problems(written(tmp_path, content)) == [("", Reason.ENCODING)]

    def test_a_quote_that_never_ends(self, tmp_path: Path) -> None:
        assert problems(written(tmp_path, b'a,b\n"c,d\n')) == [("A2", Reason.BROKEN)]

    def test_formulas_and_long_cells_are_each_told(self, tmp_path: Path) -> None:
        content = f"a,b\n=1+1,{'x' * 2001}\n".encode()
        assert problems(written(tmp_path, content)) == [
            ("A2", Reason.FORMULA),
            ("B2", Reason.TOO_LONG),
        ]

    def test_too_many_rows_or_columns(self, tmp_path: Path) -> None:
        assert problems(written(tmp_path, b"a\n" * 100_000)) == [("", Reason.TOO_MANY_ROWS)]
        assert problems(written(tmp_path, b"a," * 30 + b"a")) == [("AE1", Reason.TOO_MANY_COLUMNS)]


class TestWorkbook:
    def test_dates_texts_and_numbers_are_what_they_are(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "x.xlsx", [["a", 27, 2.5, DAY, "001", None]])
        (line,) = read_lines(path)
        assert [cell.value for cell in line] == ["a", 27, 2.5, DAY, "001"]

    def test_merged_cells_and_formulas_are_each_told(self, tmp_path: Path) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["a", "=1+1", "=SUM(A1:A2)"])
        sheet["A3"] = "b"
        sheet.merge_cells("A3:A5")
        book.save(tmp_path / "x.xlsx")
        assert problems(tmp_path / "x.xlsx") == [
            ("A3:A5", Reason.MERGED),
            ("B1", Reason.FORMULA),
            ("C1", Reason.FORMULA),
        ]

    def test_an_error_in_a_cell(self, tmp_path: Path) -> None:
        book = Workbook()
        book.worksheets[0]["B2"] = "#REF!"
        book.save(tmp_path / "x.xlsx")
        assert problems(tmp_path / "x.xlsx") == [("B2", Reason.ERROR_CELL)]

    @pytest.mark.parametrize("row", [10_002, 1_048_576])
    def test_a_row_too_far_down(self, tmp_path: Path, row: int) -> None:
        book = Workbook()
        book.worksheets[0].cell(row, 1, "x")
        book.save(tmp_path / "x.xlsx")
        assert problems(tmp_path / "x.xlsx") == [("", Reason.TOO_MANY_ROWS)]

    def test_a_hundred_thousand_rows(self, tmp_path: Path) -> None:
        name = "xl/worksheets/sheet1.xml"
        with zipfile.ZipFile(workbook(tmp_path / "one.xlsx", [[1]])) as archive:
            parts = {each: archive.read(each) for each in archive.namelist()}
        row = re.search(rb"<row .*</row>", parts[name])
        assert row
        many = b"".join(row[0].replace(b'"1"', b'"%d"' % n) for n in range(1, 100_001))
        parts[name] = parts[name].replace(row[0], many.replace(b'r="A1"', b""))
        with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            for each, content in parts.items():
                archive.writestr(each, content)
        assert problems(tmp_path / "x.xlsx") == [("", Reason.TOO_MANY_ROWS)]

    def test_too_many_columns(self, tmp_path: Path) -> None:
        path = workbook(tmp_path / "x.xlsx", [["a"] * 31])
        assert problems(path) == [("AE1", Reason.TOO_MANY_COLUMNS)]

    def test_a_second_sheet_with_content_is_not_passed_over(self, tmp_path: Path) -> None:
        book = Workbook()
        book.worksheets[0].append(["a"])
        other = book.create_sheet("Khác")
        book.save(tmp_path / "x.xlsx")
        assert len(read_lines(tmp_path / "x.xlsx")) == 1
        other.append(["b"])
        book.save(tmp_path / "x.xlsx")
        assert problems(tmp_path / "x.xlsx") == [("", Reason.SEVERAL_SHEETS)]
        assert len(read_lines(tmp_path / "x.xlsx", {"Khác"})) == 1

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        bomb = tmp_path / "x.xlsx"
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheet_files.LARGEST_UNPACKED + 1))
        assert bomb.stat().st_size < 100_000
        assert problems(bomb) == [("", Reason.TOO_LARGE)]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_declared_entities_are_not_unfolded(self, tmp_path: Path, encoding: str) -> None:
        path = workbook(tmp_path / "x.xlsx", [["a"]])
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(
                "xl/x.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode(encoding)
            )
        assert problems(path) == [("", Reason.BROKEN)]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", Reason.BROKEN),
            (b"Unit,Code\n", Reason.BROKEN),
            (b"PK\x03\x04 cut off", Reason.BROKEN),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.PROTECTED),
            (b"x" * (sheet_files.LARGEST_FILE + 1), Reason.TOO_LARGE),
        ],
    )
    def test_what_is_no_workbook(self, tmp_path: Path, content: bytes, reason: Reason) -> None:
        assert problems(written(tmp_path, content, "x.xlsx")) == [("", reason)]

    @quick
    @given(
        part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", ""]),
        damages=st.lists(
            st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)),
            min_size=1,
            max_size=9,
        ),
    )
    def test_a_damaged_one_is_read_or_refused(
        self, tmp_path: Path, part: str, damages: list[tuple[float, int]]
    ) -> None:
        path = filled(Kind.ROSTER, tmp_path / "x.xlsx", [{"unit": "An Sơn", "member": "001"}])
        if part:
            with zipfile.ZipFile(path) as archive:
                parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
            damage(parts[part], damages)
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in parts.items():
                    archive.writestr(name, bytes(content))
        else:
            content = bytearray(path.read_bytes())
            damage(content, damages)
            path.write_bytes(content)
        with contextlib.suppress(TableRefusedError):
            read_table(TABLES[Kind.ROSTER], read_lines(path), wording(Kind.ROSTER))


def test_a_file_of_another_kind_or_none(tmp_path: Path) -> None:
    assert problems(written(tmp_path, b"", "x.xls")) == [("", Reason.NO_SHEET_FILE)]
    assert problems(tmp_path / "none.csv") == [("", Reason.NO_FILE)]
    (tmp_path / "y.csv").mkdir()
    assert problems(tmp_path / "y.csv") == [("", Reason.UNREADABLE)]


codes = st.from_regex(r"[A-Z]{0,3}[0-9]{1,5}", fullmatch=True)
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
members = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["An Sơn", "phường An Mỹ", "tam-thanh"]),
        "member": codes,
        "category": st.sampled_from(wording(Kind.ROSTER).told_choices[Reading.CATEGORY]),
        "served_since": days,
    },
    optional={"since": days, "left": days},
)


class TestTemplate:
    @pytest.mark.parametrize("kind", Kind)
    @pytest.mark.parametrize("ending", [".xlsx", ".csv"])
    def test_untouched_it_has_no_rows(self, tmp_path: Path, kind: Kind, ending: str) -> None:
        lines = read_lines(filled(kind, tmp_path / f"x{ending}", []), explanation_titles())
        with pytest.raises(TableRefusedError) as refused:
            read_table(TABLES[kind], lines, wording(kind))
        assert refused.value.problems == (Problem("", Reason.NO_ROWS),)

    @quick
    @given(
        rows=st.lists(members, min_size=1, max_size=5),
        ending=st.sampled_from([".xlsx", ".csv"]),
        as_text=st.sampled_from([None, "%d/%m/%Y", "%Y-%m-%d"]),
    )
    def test_what_is_filled_in_is_what_is_read(
        self, tmp_path: Path, rows: list[dict[str, object]], ending: str, as_text: str | None
    ) -> None:
        written = [
            {
                key: f"{value:{as_text}}" if as_text and isinstance(value, date) else value
                for key, value in row.items()
            }
            for row in rows
        ]
        path = filled(Kind.ROSTER, tmp_path / f"x{ending}", written)
        known = wording(Kind.ROSTER)
        read = read_table(TABLES[Kind.ROSTER], read_lines(path, explanation_titles()), known)
        expected = [
            {**row, "category": known.choices[Reading.CATEGORY][fold(str(row["category"]))]}
            for row in rows
        ]
        assert [
            {key: value for key, value in row.values.items() if value is not None} for row in read
        ] == expected

    def test_codes_stay_texts_and_who_chooses_need_not_type(self, tmp_path: Path) -> None:
        book = load_workbook(filled(Kind.ROSTER, tmp_path / "x.xlsx", []))
        sheet, notes = book.worksheets
        assert sheet.column_dimensions["B"].number_format == "@"
        assert sheet.column_dimensions["D"].number_format == "dd/mm/yyyy"
        (choice,) = sheet.data_validations.dataValidation
        assert "tại chỗ" in choice.formula1
        assert [row[0].value for row in notes.iter_rows(min_row=2)] == headings(Kind.ROSTER)
        assert all(cell.value for row in notes.iter_rows() for cell in row)

    @pytest.mark.parametrize("kind", Kind)
    def test_its_examples_can_be_read(self, tmp_path: Path, kind: Kind) -> None:
        book = load_workbook(filled(kind, tmp_path / "x.xlsx", []))
        examples = [row[3].value for row in book.worksheets[1].iter_rows(min_row=2)]
        path = workbook(tmp_path / "y.xlsx", [headings(kind), examples])
        (row,) = read_table(TABLES[kind], read_lines(path), wording(kind))
        assert all(value is not None for value in row.values.values())


cells = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["An Sơn", "001", "16/03/2026", "27,5", "tại chỗ", "leader", "48h", "='x"]),
)


@quick
@given(kind=st.sampled_from(list(Kind)), rows=st.lists(st.lists(cells, max_size=11), max_size=4))
def test_any_text_is_read_or_refused_by_name(
    tmp_path: Path, kind: Kind, rows: list[list[str]]
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([headings(kind), *rows])
    path = written(tmp_path, file.getvalue().encode("utf-8", "surrogatepass"))
    read: tuple[Row, ...] = ()
    with contextlib.suppress(TableRefusedError):
        read = read_table(TABLES[kind], read_lines(path), wording(kind))
    assert len(read) <= len(rows)
