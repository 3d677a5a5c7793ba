"""The plainest way of making the same: a grid of squares, rows of cells, a table of words."""

import io
from collections.abc import Sequence

from bot.domain.charts import Cell, HeatMap
from bot.domain.measures import UnitDay

_COLOURS = {Cell.ON_TIME: "green", Cell.LATE: "orange", Cell.MISSING: "red"}


def picture(chart: HeatMap) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - loading is part of what is measured

    size, left = 26, 300
    image = Image.new("RGB", (1170, 120 + 40 * len(chart.rows)), "white")
    draw = ImageDraw.Draw(image)
    draw.text((20, 20), f"{chart.on_time}/{chart.expected}", fill="black")
    for number, row in enumerate(chart.rows):
        top = 100 + 40 * number
        draw.text((20, top), row.name, fill="black")
        for column, cell in enumerate(row.cells):
            x = left + column * (size + 2)
            if cell:
                draw.rectangle((x, top, x + size, top + size), fill=_COLOURS.get(cell, "gray"))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def workbook(days: Sequence[UnitDay]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - see above

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise LookupError("a new workbook has a sheet")
    sheet.append(["Ngày", "Đơn vị", "Trạng thái", "Biên chế", "Nộp lúc"])
    for each in days:
        at = each.report.first_submitted_at if each.report else None
        shown = at.replace(tzinfo=None) if at else None
        sheet.append([each.day, each.unit.name, each.state.value, each.unit.establishment, shown])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def document(days: Sequence[UnitDay]) -> bytes:
    from docx import Document  # noqa: PLC0415 - see above

    names = list(dict.fromkeys(each.unit.name for each in days))
    came = dict.fromkeys(names, 0)
    for each in days:
        came[each.unit.name] += each.report is not None
    page = Document()
    page.add_heading("BÁO CÁO", level=1)
    table = page.add_table(rows=1, cols=3)
    table.rows[0].cells[0].text = "STT"
    table.rows[0].cells[1].text = "Đơn vị"
    table.rows[0].cells[2].text = "Đã báo cáo"
    for number, name in enumerate(names, 1):
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = str(number), name, str(came[name])
    file = io.BytesIO()
    page.save(file)
    return file.getvalue()
