"""What each paragraph of a document is: title, by-line, heading, table row, glossary entry or running text."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from zhuti.features.lines import Paragraph, join_lines, split_lines
from zhuti.features.marks import (
    ADDRESSEES,
    ATTACHMENT,
    BYLINE,
    CAPTION,
    FOOTNOTE,
    GLOSSARY,
    GREETING,
    MARKDOWN,
    NUMBERED,
    PAGE,
    RANKS,
    RULE,
    SIGNATURE,
    VISIT,
    ends_sentence,
    find_mark,
    is_closed,
    is_running_text,
)
from zhuti.features.unbroken import break_lines

_TITLE_LONGEST = 90
_HEADING_LONGEST = 60
_BARE_LONGEST = 36
_ROW_LONGEST = 1_000
_ROW = re.compile(r"[^\t]+\t+[^\t]|\|.*\|.*\|$|.*\S\s?\|\s?\S.*\|\s?\S")
_ENTRY = re.compile(r"(?:[（(\[［〔]?\d{1,3}[）)\]］〕.．、]|[①-⑳])?\s*[“\"《]?[^：:。]{2,60}[：:].{8,}")
# Attachments that a document lists at its end: '附件：1.名单', and beneath it '2.分工表'.
_LISTED = re.compile(r"(?:^附件\s*[:：]\s*|^)\d{1,2}\s*[.．、]")
_NEXT = re.compile(r"\d{1,2}\s*[.．、]\s*\D")
_FULL_STOP = re.compile(r"[。！？；]")
_INSIDE = re.compile(r"[。！？；，,].")


class Passage(NamedTuple):
    """A paragraph with its kind; `mark` is the mark of a heading, or of a paragraph that a run-in heading opens."""

    kind: str
    paragraph: Paragraph
    mark: str = ""


def read_passages(
    text: str, start: int = 0, end: int | None = None, *, whole: bool = False, marks: Mapping[int, str] | None = None
) -> list[Passage]:
    """Return the paragraphs of `text[start:end]` with their kinds; the options are those of `split_sentences`."""
    return name_passages(join_lines(text, split_lines(text, start, end), whole=whole, marks=marks), marks)


def name_passages(paragraphs: Sequence[Paragraph], marks: Mapping[int, str] | None = None) -> list[Passage]:
    """Return the passages of the paragraphs of one article, those cut first that lost their line breaks."""
    return find_passages(break_lines(paragraphs), marks)


def find_passages(paragraphs: Sequence[Paragraph], marks: Mapping[int, str] | None = None) -> list[Passage]:
    """Return the kind of every paragraph of one article.

    Parameters
    ----------
    paragraphs
        The paragraphs in reading order; the first is where a title may stand.
    marks
        What the file itself says of the paragraph that begins at an offset: 'title', 'heading', 'table',
        'footnote', 'caption', 'byline' or 'page', as styles and tables of a Word file do.
    """
    marks = marks or {}
    passages: list[Passage] = []
    head, glossary = True, False
    for number, paragraph in enumerate(paragraphs):
        told = marks.get(paragraph.start, "")
        if not (head or glossary or told) and is_running_text(paragraph.text):
            passages.append(Passage("sentence", paragraph))
            continue
        kind, mark = _fixed_kind(paragraph.text, told), ""
        if not kind and head and passages and not told and ADDRESSEES.match(paragraph.text):
            kind = "greeting"
        if not kind and head:
            kind = _head_kind(paragraph.text, told, passages)
            head = bool(kind)
        if not kind and not glossary and _opens_glossary(paragraph.text):
            kind, glossary = "heading", True
            mark = "附件"
        elif not kind and glossary and not ATTACHMENT.match(paragraph.text):
            kind = "glossary"
        if not kind and _names_attachment(paragraph.text, passages):
            # A mark of its own: numbered items of the attachment stand under its name and do not close it.
            kind, mark = "heading", "附件名"
        if not kind:
            glossary = False
            following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
            kind, mark = _body_kind(paragraph.text, told, following)
        passages.append(Passage(kind, paragraph, mark))
    return _mark_end(_mark_unheaded_glossary(passages))


def _fixed_kind(text: str, told: str) -> str:
    """Return the kind of what looks the same wherever it stands, '' for the rest."""
    if told in {"table", "footnote", "caption", "page", "byline"}:
        return told
    if RULE.match(text) or (PAGE.match(text) and not text.isdigit()):
        return "page"
    if text.isdigit():
        return "table"
    if GREETING.fullmatch(text):
        return "greeting"
    if len(text) <= 120 and CAPTION.match(text) and not ends_sentence(text):
        return "caption"
    return "table" if ("\t" in text or "|" in text) and len(text) <= _ROW_LONGEST and _ROW.match(text) else ""


def _head_kind(text: str, told: str, before: Sequence[Passage]) -> str:
    """Return the kind of a paragraph at the head of an article, '' where the head is over."""
    if len(text) <= 120 and (BYLINE.match(text) or (before and VISIT.match(text))):
        return "byline"
    titles = sum(passage.kind == "title" for passage in before)
    if told == "title" or (MARKDOWN.match(text) and not titles):
        return "title"
    if any(passage.kind == "greeting" for passage in before) or told or MARKDOWN.match(text):
        return ""
    mark = find_mark(text)
    if len(text) > _TITLE_LONGEST or ends_sentence(text) or is_closed(text) or (mark and mark.kind != "——"):
        return ""
    if _opens_glossary(text) and titles:
        return ""
    return "title" if not titles or (titles < 3 and len(text) <= 40 and not _INSIDE.search(text)) else ""


def _opens_glossary(text: str) -> bool:
    return len(text) <= 60 and GLOSSARY.match(text) is not None


def _body_kind(text: str, told: str, following: str) -> tuple[str, str]:
    """Return the kind of a paragraph of the body, and its mark."""
    mark = find_mark(text)
    name = mark.kind if mark else ""
    if level := MARKDOWN.match(text):
        return "heading", level[0].strip()
    if told == "heading":
        return "heading", name
    if len(text) <= 80 and ATTACHMENT.match(text):
        return "heading", "附件"
    if len(text) <= 100 and BYLINE.match(text) and not ends_sentence(text):
        return "byline", ""
    if FOOTNOTE.match(text):
        return "footnote", ""
    following_mark = find_mark(following)
    beneath = _is_beneath(following, name)
    if name and len(text) <= _HEADING_LONGEST and beneath:
        if not is_closed(text) and not _FULL_STOP.search(text):
            return "heading", name
        if (
            name in NUMBERED
            and text[-1] in "。？"
            and len(re.findall("[。；！？]", text)) == 1
            and (following_mark is None or (RANKS[name] <= RANKS["（一）"] < RANKS[following_mark.kind]))
        ):
            return "heading", name
    if not name and beneath and len(text) <= _BARE_LONGEST and not is_closed(text) and _is_prose(following):
        return "heading", ""
    return "sentence", name


def _names_attachment(text: str, before: Sequence[Passage]) -> bool:
    """Tell whether a line is the title of the attachment that the line before it opens, or goes on with their list."""
    listed = bool(before) and before[-1].mark in {"附件", "附件名"} and _LISTED.search(before[-1].paragraph.text)
    if listed and len(text) <= _HEADING_LONGEST and not is_closed(text) and _NEXT.match(text):
        return True
    opened = bool(before) and before[-1].mark == "附件" and len(before[-1].paragraph.text) < 8
    return opened and len(text) <= _HEADING_LONGEST and not is_closed(text) and find_mark(text) is None


def _is_beneath(following: str, mark: str) -> bool:
    """Tell whether the next paragraph can stand under a heading with this mark."""
    if not following or (len(following) <= 80 and (ATTACHMENT.match(following) or GLOSSARY.match(following))):
        return False
    following_mark = find_mark(following)
    return following_mark is None or following_mark.kind != mark


def _is_prose(text: str) -> bool:
    mark = find_mark(text)
    return bool(mark and mark.kind not in {"一、", "part", "chapter"}) or ends_sentence(text)


def _mark_unheaded_glossary(passages: list[Passage]) -> list[Passage]:
    """Make the entries '1.“某某”：…' that end a document a glossary, though no heading says so."""
    if any(passage.kind == "glossary" for passage in passages):
        return passages
    first = len(passages)
    while (
        first and _ENTRY.match(passages[first - 1].paragraph.text) and passages[first - 1].mark in {"1.", "（1）", "①"}
    ):
        first -= 1
    quoted = sum("“" in passage.paragraph.text[:6] for passage in passages[first:])
    if len(passages) - first < 4 or quoted * 3 < len(passages) - first:
        return passages
    return [*passages[:first], *(passage._replace(kind="glossary", mark="") for passage in passages[first:])]


def _mark_end(passages: list[Passage]) -> list[Passage]:
    """Make the lines of date and office that end a document its signature."""
    for number in range(len(passages) - 1, max(len(passages) - 7, 0), -1):
        passage = passages[number]
        text = passage.paragraph.text
        if passage.kind in {"page", "glossary", "table", "footnote"} or ATTACHMENT.match(text):
            continue
        if passage.kind == "title" or len(text) > 40 or not SIGNATURE.match(text):
            break
        passages[number] = passage._replace(kind="signature", mark="")
    return passages
