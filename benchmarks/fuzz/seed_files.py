"""Small seed files for the fuzz targets, one folder for each reader; made anew each time, nothing is kept.

python benchmarks/fuzz/seed_files.py FOLDER
"""

import importlib.util
import io
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd

REPORT = "泉坪县2020年政府工作报告\n各位代表：\n　　一、工作回顾\n　　新建学校3所；“增长6.1%”。\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PAGE = (
    "<html><head><meta charset='utf-8'><title>通知-某县政府</title></head><body><div class='nav'><a>首页</a></div>"
    "<div id='zoom'><p>新建学校3所；扩建医院。</p><table><tr><td>年</td><td>所</td></tr></table></div></body></html>"
)


def _word_part() -> bytes:
    body = f"<w:p><w:r><w:t>{REPORT}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def pack_word(part: bytes) -> bytes:
    """Return a Word file with this as its document."""
    return _zip({"word/document.xml": part})


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _pdf() -> bytes:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    spec = importlib.util.find_spec("zhplot")
    known = {}
    if spec and spec.origin:
        known["fontproperties"] = FontProperties(fname=str(next(Path(spec.origin).parent.rglob("*.[ot]tf"))))
    figure = Figure(figsize=(3, 2))
    FigureCanvasPdf(figure)
    figure.text(0.1, 0.5, "增长6.1%。" if known else "Growth 6.1%.", **known)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="pdf")
    return buffer.getvalue()


def _table(ending: str) -> bytes:
    frame = pd.DataFrame({"text": ["新建学校3所。", "修路5条。"], "document": ["甲", "甲"], "year": [2020, 2020]})
    buffer = io.BytesIO()
    if ending == "xlsx":
        frame.to_excel(buffer, index=False)
    elif ending == "parquet":
        frame.to_parquet(buffer, index=False)
    elif ending == "jsonl":
        buffer.write(frame.to_json(orient="records", lines=True, force_ascii=False).encode())
    else:
        buffer.write(frame.to_csv(index=False).encode("utf-8-sig"))
    return buffer.getvalue()


def seeds() -> dict[str, list[bytes]]:
    """Return the seed files of every reader."""
    word = pack_word(_word_part())
    mht = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode() + b"\r\n--x--\r\n"
    )
    return {
        "txt": [REPORT.encode(encoding) for encoding in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le")],
        "md": ["# 报告\n\n## 一、工业\n\n- 新建厂房。\n\n|甲|乙|\n|-|-|\n".encode()],
        "docx": [word],
        "word.xml": [_word_part()],
        "html": [PAGE.encode(), PAGE.encode("gb18030")],
        "mht": [mht],
        "pdf": [_pdf()],
        "zip": [_zip({"a.txt": REPORT.encode(), "b.docx": word, "metadata.csv": b"file,year\na.txt,2019\n"})],
        "csv": [_table("csv")],
        "jsonl": [_table("jsonl")],
        "xlsx": [_table("xlsx")],
        "parquet": [_table("parquet")],
    }


def write_seeds(folder: Path) -> None:
    """Write the seed files, a folder for each reader."""
    for name, contents in seeds().items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(contents):
            (folder / name / f"{number}.{name}").write_bytes(content)


if __name__ == "__main__":
    write_seeds(Path(sys.argv[1]))
