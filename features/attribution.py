"""Whom a document speaks for, of which year and of which kind, from its title, its by-line and its file's name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

from zhuti.features.documents import Document
from zhuti.features.marks import MARKDOWN
from zhuti.features.naming import Guess, find_dominant_place, find_office, find_title_place

UNKNOWN = "nothing names it"
_HEAD_LINES, _FOOT_LINES = 30, 4
_YEAR = re.compile(r"(?<![\d.])((?:19[4-9]|20[0-4])\d)(?![\d.])(?:\s*年)?(?!\s*(?:年)?远景)")
_HAN_YEAR = re.compile(r"(?:二[〇○ＯO零0]|一九)[〇○ＯO零一二三四五六七八九0]{2}(?=\s*年(?!\s*远景))")
_DAY = re.compile(r"年|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d")
_DIGITS = str.maketrans("〇○ＯO零一二三四五六七八九", "00000123456789")
_REVIEW = re.compile(r"(?:[一二三]、)?((?:19|20)\d\d)年(?:的)?(?:政府|主要)?工作(?:回顾|总结|情况)")
_KINDS = {
    "党代会报告": r"(?:中国?共产?党|中共|党代会|党委|区委|县委|市委|省委|旗委|第[\d一二三四五六七八九十]+届委员会).{0,40}(?:代表大会|代表会议|党代会|全体会议).{0,20}(?:报告|讲话)|党代会报告",
    "政府工作报告": r"政府工作报告|人民代表大会.{0,12}会议.{0,40}(?:作|的).{0,4}(?:政府)?工作报告",
    "计划报告": r"国民经济和社会发展.{0,6}计划.{0,30}报告",
    "预算报告": r"预算.{0,30}报告",
    "规划纲要": r"规划(?:纲要|建议)?|五年计划|远景目标纲要",
    "访谈": r"[—\-–─―－]{1,4}(?:专访|访|对话)|专访|访谈|对话",
    "工作要点": r"工作要点|重点工作安排|任务分解",
    "工作总结": r"工作总结|工作汇报|工作情况(?:的)?报告|述职报告",
    "实施方案": r"(?:实施|工作|行动)(?:方案|计划|意见|办法)",
    "通知": r"的通知$|的通告$|的公告$",
    "统计公报": r"统计公报",
    "讲话": r"讲话|致辞|发言",
}
_GENRES = {genre: re.compile(pattern) for genre, pattern in _KINDS.items()}


class _Cues(NamedTuple):
    """The short texts that tell whose a document is."""

    titles: tuple[str, ...]
    bylines: tuple[str, ...]
    opening: str


def attribute(document: Document) -> Document:
    """Return the document with its district, year, genre and title, and the reason of each."""
    cues = _read_cues(document)
    name = re.sub(r"#\d+$", "", document.path.stem)
    guess = _find_district(cues, name, document)
    year, why_year = _find_year(cues, name)
    genre, why_genre = _find_genre(cues, name)
    return replace(
        document,
        district=guess.name,
        place_code=guess.place.code if guess.place else "",
        place=guess.place.full_name if guess.place else "",
        year=year,
        genre=genre,
        title=" ".join(cues.titles),
        reasons={"district": guess.reason, "year": why_year, "genre": why_genre},
    )


def _read_cues(document: Document) -> _Cues:
    """Read the head of a document: titles and by-lines, spaces within titles taken out."""
    passages = document.passages
    head, tail = passages[:_HEAD_LINES], passages[-_FOOT_LINES:]
    titles = [_tidy(passage.paragraph.text) for passage in head if passage.kind == "title"]
    bylines = [_squeeze(p.paragraph.text) for p in (*head, *tail) if p.kind in {"byline", "signature"}]
    body = "".join(islice((p.paragraph.text for p in head if p.kind in {"sentence", "heading"}), 6))
    return _Cues(tuple(titles), tuple(dict.fromkeys(bylines)), body[:800])


_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff])")


def _tidy(title: str) -> str:
    """Take the spaces out of a spaced title, and keep those between the parts of another one."""
    title = MARKDOWN.sub("", title)
    words = re.split(r"[\s\u3000]+", title.strip())
    spaced = sum(len(word) == 1 for word in words) * 2 > len(words)
    return _HAN_GAP.sub("", title) if spaced else re.sub(r"[\s\u3000]+", " ", title)


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text)


def _find_district(cues: _Cues, name: str, document: Document) -> Guess:
    context = " ".join((*cues.titles, *cues.bylines, name, str(document.path.parent.name), cues.opening))
    for guess in _district_guesses(cues, name, document):
        if guess.name:
            return guess.settled(context)
    return Guess("", None, UNKNOWN)


def _district_guesses(cues: _Cues, name: str, document: Document) -> Iterator[Guess]:
    """Yield guesses from the surest to the weakest."""
    for what, texts in (("title", cues.titles), ("by-line", cues.bylines)):
        for text in texts:
            yield find_office(_squeeze(text), what)
    for title in cues.titles:
        yield find_title_place(_squeeze(title), "title")
    yield find_office(_squeeze(name), "file name")
    yield find_title_place(_squeeze(name), "file name")
    yield find_office(cues.opening, "opening")
    for byline in cues.bylines:
        if "来源" not in byline:
            yield find_title_place(byline, "by-line", short=False)
    yield find_dominant_place(document.text)
    for folder in reversed(PurePosixPath(document.file).parts[:-1]):
        yield find_title_place(_squeeze(folder), "folder")


def _find_year(cues: _Cues, name: str) -> tuple[int | None, str]:
    """Return the year that a document is of; a title that names two is of the later one."""
    sources: tuple[tuple[str, Sequence[str]], ...] = (
        ("title", cues.titles),
        ("file name", (name,)),
        ("by-line", [byline for byline in cues.bylines if "来源" not in byline or _DAY.search(byline)]),
    )
    for what, texts in sources:
        for text in texts:
            if years := _years(_squeeze(text)):
                return max(years), f"{what} “{_shorten(text)}”"
    review = _REVIEW.search(cues.opening)
    if review:
        return int(review[1]) + 1, f"the year after “{review[0]}”"
    return None, UNKNOWN


def _years(text: str) -> list[int]:
    years = [int(match[1]) for match in _YEAR.finditer(text)]
    return years or [int(match[0].translate(_DIGITS)) for match in _HAN_YEAR.finditer(text)]


def _find_genre(cues: _Cues, name: str) -> tuple[str, str]:
    titles = [re.sub(r"[\s\u3000]+", "", title) for title in cues.titles]
    for what, texts in (("title", titles), ("by-line", cues.bylines), ("file name", [_squeeze(name)])):
        for text in texts:
            for genre, pattern in _GENRES.items():
                if pattern.search(text):
                    return genre, f"{what} “{_shorten(text)}”"
    if re.search("向大会.{0,6}报告.{0,4}工作|向大会(?:作|做).{0,6}工作报告", cues.opening) and "政府" in cues.opening:
        return "政府工作报告", "opening “…向大会报告工作…”"
    return "", UNKNOWN


def _shorten(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
