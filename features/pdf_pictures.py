"""Pages of a PDF whose text is a picture: which they are, and what to say of them."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Literal

# What a page shows besides its text: nothing that matters, a scan, or letters drawn as lines; or nothing at all.
Shown = Literal["", "picture", "drawing", "blank"]

# What may be written upon a scan: a number, the mark of the program that made it.
_STAMP = re.compile(r"[\W\d_]*(?:第[\W\d]*页[\W\d]*(?:共[\W\d]*页\W*)?)?|.{0,20}(?:扫描|[Ss]can).{0,20}", re.DOTALL)
_STAMP_LONGEST, _OBJECTS_MOST = 60, 5_000
_COVERED = 0.5
_MANY_LINES = 20
_NAMED_MOST = 20
_PATH, _IMAGE = 2, 3
_OCR = "run OCR on it first, for instance ocrmypdf -l chi_sim"


def look_at(page: Any, text: str) -> Shown:
    """Return what a page of pypdfium2 with that text shows.

    A page that a picture covers for the most part is a scan, whatever mark or number was set upon it.
    """
    if len(text) > _STAMP_LONGEST or not _STAMP.fullmatch(text):
        return ""
    area = page.get_width() * page.get_height()
    covered, paths = 0.0, 0
    for found in islice(page.get_objects(max_depth=3), _OBJECTS_MOST):
        if found.type == _IMAGE:
            left, bottom, right, top = found.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
        paths += found.type == _PATH
    if area and covered >= _COVERED * area:
        return "picture"
    if text:
        return ""
    return "drawing" if paths >= _MANY_LINES else "picture" if covered else "blank"


def refuse_pictures(shown: Sequence[Shown]) -> str:
    """Return why a PDF without a page of text cannot be read."""
    if "picture" in shown:
        return f"its pages are pictures (scanned); {_OCR}"
    return f"its letters are drawn, no text; {_OCR}" if "drawing" in shown else "the file is empty, its pages are blank"


def tell_pictures(shown: Sequence[Shown]) -> tuple[str, ...]:
    """Return which pages are missing from the text of a PDF; pages that are blank are not."""
    pages = [number for number, one in enumerate(shown, 1) if one in {"picture", "drawing"}]
    if not pages:
        return ()
    named = ", ".join(map(str, pages[:_NAMED_MOST])) + (" …" if len(pages) > _NAMED_MOST else "")
    count = f"{len(pages)} of {len(shown)} pages {'are' if len(pages) > 1 else 'is'}"
    return (f"{count} missing from the text, as pictures (scanned): {named}; {_OCR} --skip-text",)
