"""Taking in files, in Vietnamese: headings, how each column is filled in, and what is wrong where."""

from datetime import date

from bot.domain.tables import Fact, Kind, Problem, Reason


class VietnameseImport:
    import_ = (
        "Nhập đơn vị, danh sách người, hoạt động từ tệp.\n\n"
        "Tệp .xlsx hoặc .csv; cả biên chế và người được mời. "
        "Sai một ô là không lưu gì; mỗi lỗi một dòng, kèm ô. Nhập lại cùng một tệp không làm gì bị trùng. "
        "Lấy tệp mẫu: trucbao export --template --kind roster --out mau.xlsx\n\n"
        "\b\nVí dụ: trucbao import --kind roster --file danh-sach.xlsx --dry-run"
    )
    opt_import_kind = (
        "Tệp có gì: đơn vị, biên chế, người được mời, danh sách người theo mã, hoạt động."
    )
    opt_import_file = "Tệp .xlsx hoặc .csv."
    opt_dry_run = "Chỉ kiểm tra, không lưu gì, không tạo thư mời."
    opt_import_out = "Tệp .csv mới để ghi các thư mời (--kind people); không có thì in ra màn hình."
    opt_template = "Ghi tệp mẫu .xlsx hoặc .csv để điền rồi nhập bằng trucbao import."

    table_names = {
        Kind.UNITS: "Đơn vị",
        Kind.STRENGTHS: "Biên chế",
        Kind.PEOPLE: "Thư mời",
        Kind.ROSTER: "Danh sách người",
        Kind.ACTIVITIES: "Hoạt động",
    }
    explanation_sheet = "Hướng dẫn"
    explanation_columns = ("Cột", "Bắt buộc", "Cách ghi", "Ví dụ")
    is_required = "có"
    is_optional = "không"
    headings = {
        "name": "Tên đơn vị",
        "code": "Mã đơn vị",
        "aliases": "Tên khác",
        "establishment": "Biên chế",
        "since": "Từ ngày",
        "unit": "Đơn vị",
        "role": "Vai trò",
        "until": "Đến hết ngày",
        "expires": "Thời hạn thư mời",
        "member": "Mã người",
        "category": "Lực lượng",
        "served_since": "Ngày bắt đầu phục vụ",
        "left": "Thôi từ ngày",
        "kind": "Loại hoạt động",
        "title": "Tên hoạt động",
        "service": "Năm phục vụ",
        "units": "Đơn vị tham gia",
        "trainer": "Đơn vị huấn luyện",
        "mode": "Cách điểm danh",
        "first": "Ngày đầu",
        "last": "Ngày cuối",
        "sessions": "Các buổi",
    }
    column_notes = {
        "name": "Tên đầy đủ, không có dấu phẩy. Đơn vị đã có thì giữ nguyên.",
        "code": "Chữ thường không dấu, số và dấu -; để trống thì lấy theo tên. Không đổi được về sau.",
        "aliases": "Các tên khác để gõ cho tiện, cách nhau bằng dấu chấm phẩy.",
        "establishment": "Số người, số nguyên.",
        "since": "Ngày bắt đầu có hiệu lực, sớm nhất là hôm nay (hoặc ngày mai, khi phiếu hôm nay đã mở); "
        "để trống là sớm nhất.",
        "unit": "Tên, tên khác hoặc mã của đơn vị, viết đủ; viết gần giống thì không nhận.",
        "role": "Chọn một trong: {choices}.",
        "until": "Ngày cuối giữ vai trò; để trống là không có hạn.",
        "expires": "Thư mời dùng được trong bao lâu: 30m, 48h, 7d; để trống là 48h, nhiều nhất 30d.",
        "member": "Mã, không ghi họ tên: chữ không dấu và ít nhất một chữ số. Ô phải là văn bản để 001 vẫn là 001.",
        "category": "Chọn một trong: {choices}. Chỉ khóa huấn luyện và danh sách người mới có.",
        "served_since": "Ngày bắt đầu phục vụ trong dân quân tự vệ.",
        "left": "Ngày đầu tiên không còn trong danh sách; để trống là vẫn còn.",
        "kind": "Chọn một trong: {choices}.",
        "title": "Tên hoạt động, một dòng.",
        "service": "Chỉ khóa huấn luyện mới có; chọn một trong: {choices}.",
        "units": "Các đơn vị cách nhau bằng dấu chấm phẩy, hoặc: tất cả. Sau dấu hai chấm là số người phải dự; "
        "không ghi thì lấy biên chế.",
        "trainer": "Đơn vị tổ chức huấn luyện; để trống là ban chỉ huy.",
        "mode": "Chọn một trong: {choices}; để trống là đếm số người.",
        "first": "Ngày đầu của hoạt động.",
        "last": "Ngày cuối của hoạt động.",
        "sessions": "Ngày rồi giờ; nhiều nhóm buổi thì xuống dòng hoặc cách nhau bằng |. Buổi bù thì viết chữ bù ở đầu.",
    }
    column_examples = {
        "name": "phường Hòa Hương",
        "code": "hoa-huong",
        "aliases": "HH; Hòa Hương cũ",
        "establishment": "24",
        "since": "01/12/2026",
        "unit": "An Sơn",
        "role": "Phó chỉ huy đơn vị",
        "until": "31/12/2026",
        "expires": "7d",
        "member": "001",
        "category": "tại chỗ",
        "served_since": "15/02/2025",
        "left": "15/02/2029",
        "kind": "Khóa huấn luyện",
        "title": "Huấn luyện dân quân tại chỗ",
        "service": "từ năm thứ hai",
        "units": "An Sơn: 25; An Mỹ",
        "trainer": "An Sơn",
        "mode": "đếm số người",
        "first": "16/03/2026",
        "last": "20/03/2026",
        "sessions": "16/3-20/3 7h30-11h, 14h-16h30",
    }
    file_problems = {
        Reason.NO_FILE: "không có tệp này",
        Reason.UNREADABLE: "không đọc được ({0}); xem lại quyền đọc",
        Reason.NO_SHEET_FILE: "phải là tệp .xlsx hoặc .csv",
        Reason.TOO_LARGE: "tệp quá lớn (nhiều nhất {0} MB); chia ra nhiều tệp",
        Reason.ENCODING: "không phải UTF-8 (có thể là Windows-1258 hoặc TCVN3); trong Excel chọn lưu thành "
        "“CSV UTF-8”, hoặc dùng .xlsx",
        Reason.BROKEN: "tệp hỏng hoặc không đúng định dạng; mở bằng Excel, lưu lại rồi thử lại",
        Reason.PROTECTED: "là tệp .xls cũ hoặc có mật khẩu; lưu lại thành .xlsx không có mật khẩu",
        Reason.SEVERAL_SHEETS: "có nhiều trang đã điền; chỉ đọc trang “{0}”, xin bỏ: {1}",
        Reason.NO_ROWS: "chưa có dòng nào để nhập",
        Reason.TOO_MANY_ROWS: "quá nhiều dòng (nhiều nhất {0}); chia ra nhiều tệp",
        Reason.TOO_MANY_COLUMNS: "quá nhiều cột (nhiều nhất {0})",
        Reason.MERGED: "các ô bị gộp; bỏ gộp rồi điền từng ô",
        Reason.FORMULA: "là công thức; dán lại thành giá trị",
        Reason.ERROR_CELL: "ô báo lỗi {0}",
        Reason.TOO_LONG: "quá dài (nhiều nhất {0} ký tự)",
        Reason.NO_HEADINGS: "dòng đầu phải là tên các cột: {0}",
        Reason.UNKNOWN_HEADING: "không có cột “{0}”; các cột: {1}",
        Reason.HEADING_TWICE: "cột “{0}” có hai lần",
        Reason.HEADING_MISSING: "thiếu cột “{0}”",
        Reason.BEYOND_HEADINGS: "“{0}” nằm ở cột không có tên",
        Reason.EMPTY: "còn trống",
        Reason.NOT_TEXT: "“{0}” không phải chữ; định dạng ô thành Văn bản rồi gõ lại",
        Reason.NUMBER_AS_CODE: "mã {0} là số nên có thể đã mất số 0 ở đầu; định dạng ô thành Văn bản rồi gõ lại",
        Reason.BAD_CODE: "“{0}” không dùng làm mã được; chỉ gồm chữ thường không dấu, số, dấu -, nhiều nhất 20",
        Reason.BAD_MEMBER: "“{0}” không phải mã; ghi mã có chữ số, không ghi họ tên, nhiều nhất 20 ký tự",
        Reason.BAD_NAME: "“{0}” không dùng làm tên được; có chữ cái, không có dấu phẩy, nhiều nhất 60 ký tự",
        Reason.NOT_WHOLE: "“{0}” không phải số người; ghi số nguyên từ 0 đến 9999",
        Reason.NOT_A_DAY: "“{0}” không phải ngày; ghi 14/03/2026 hoặc 2026-03-14",
        Reason.NOT_A_DURATION: "“{0}” không phải thời hạn; ghi 30m, 48h hoặc 7d, nhiều nhất 30d",
        Reason.NOT_A_CHOICE: "“{0}” không có trong: {1}",
        Reason.TWICE: "trùng với {0} trong tệp này",
        Reason.UNKNOWN_UNIT: "không có đơn vị “{0}”. Các đơn vị: {1}",
        Reason.NAME_TAKEN: "tên hoặc mã này là của {0} (mã {1})",
        Reason.CODE_TAKEN: "mã {0} đã dùng cho một đơn vị khác; mã không dùng lại",
        Reason.OTHER_NAME: "mã {0} là của {1}; đổi tên đơn vị bằng /donvi",
        Reason.OTHER_STRENGTH: "{0} đã có, với biên chế khác hoặc số mẫu; đổi biên chế bằng --kind strengths",
        Reason.OTHER_DAY: "{0} đã có từ ngày {1}; để trống ô này",
        Reason.TOO_EARLY: "ngày {0} quá sớm; sớm nhất là {1}, những ngày trước giữ nguyên số liệu",
        Reason.NOT_IN_FORCE: "{0} không còn, chưa có, hoặc đã định ngày kết thúc ({1})",
        Reason.UNIT_NEEDED: "vai trò này cần đơn vị",
        Reason.NO_UNIT_NEEDED: "vai trò này không thuộc đơn vị nào; để trống ô này",
        Reason.PAST: "ngày {0} đã qua",
        Reason.OUT_OF_ORDER: "ngày {0} phải trước ngày {1}",
        Reason.OTHER_MEMBER: "mã {0} đã có trong danh sách với lực lượng hoặc ngày khác; cho thôi rồi nhập lại",
        Reason.LEFT_BEFORE: "mã {0} đã thôi từ ngày {1}; nếu trở lại thì ghi cột Từ ngày",
        Reason.BAD_TITLE: "tên hoạt động phải có, nhiều nhất 120 ký tự",
        Reason.NO_UNITS: "chưa có đơn vị nào tham gia",
        Reason.BAD_LIABLE: "không hiểu “{0}”; ghi như An Sơn: 25; An Mỹ",
        Reason.NOT_SESSIONS: "không đọc được ngày giờ “{0}”; ghi như 16/3-20/3 7h30-11h",
        Reason.END_BEFORE_START: "buổi {0} kết thúc trước khi bắt đầu",
        Reason.OUTSIDE_DAYS: "buổi {0} nằm ngoài những ngày của hoạt động; buổi bù thì viết bù ở đầu",
        Reason.SESSIONS_OVERLAP: "buổi {0} trùng giờ với một buổi khác",
        Reason.COURSE_ONLY: "chỉ khóa huấn luyện mới có; để trống ô này",
        Reason.COURSE_NEEDS: "khóa huấn luyện cần lực lượng và năm phục vụ",
        Reason.OTHER_ACTIVITY: "“{0}” vào những ngày này đã có và khác với tệp; đổi bằng /hoatdong",
        Reason.CANCELLED: "“{0}” vào những ngày này đã hủy; tổ chức lại thì đặt tên khác",
    }
    _at_cell = "{file}, ô {address}: {problem}."
    _in_file = "{file}: {problem}."

    def file_problem(self, file: str, problem: Problem) -> str:
        told = self.file_problems[problem.reason].format(*map(self._fact, problem.facts))
        form = self._at_cell if problem.address else self._in_file
        return form.format(file=file, address=problem.address, problem=told)

    def _fact(self, fact: Fact) -> str:
        return f"{fact:%d/%m/%Y}" if isinstance(fact, date) else str(fact)

    def checking(self) -> str:
        return "Đang kiểm tra"

    def nothing_taken_in(self, problems: int) -> str:
        return "Chưa lưu gì." if problems == 1 else f"Có {problems} lỗi, chưa lưu gì."

    def taken_in(self, counts: tuple[int, int, int], *, is_dry: bool) -> str:
        added, changed, kept = counts
        told = f"thêm {added}, đổi {changed}, đã có nên giữ nguyên {kept}"
        return f"Kiểm tra xong, chưa lưu gì. Sẽ {told}." if is_dry else f"Đã nhập: {told}."

    def invitations_written(self, path: str) -> str:
        return f"Thư mời ở {path}: chuyển riêng từng đường dẫn cho đúng người, xong thì xóa tệp."

    invitation_columns = ("don_vi", "vai_tro", "den_het_ngay", "dung_duoc_den", "duong_dan")

    def out_taken(self, path: str) -> str:
        return (
            f"Đã có {path}; chọn tên khác cho --out, vì đường dẫn trong tệp cũ không làm lại được."
        )

    def out_not_csv(self) -> str:
        return "--out phải là tệp .csv."

    def out_only_people(self) -> str:
        return "--out chỉ dùng với --kind people."

    def template_kinds(self, kinds: tuple[str, ...]) -> str:
        return f"--template cần --kind là một trong: {', '.join(kinds)}."

    def only_as_template(self, kind: str) -> str:
        return f"--kind {kind} chỉ xuất được tệp mẫu; thêm --template."

    def template_ending(self) -> str:
        return "Tệp mẫu phải là .xlsx hoặc .csv."

    def template_written(self, path: str) -> str:
        return f"Đã ghi tệp mẫu {path}."
