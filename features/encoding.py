"""Bytes to text: marks first, then strict UTF-8, then the encoding whose reading looks most like Chinese."""

import codecs
import re
from typing import NamedTuple

from zhuti.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ("gb18030", "utf-8", "utf-16-le", "utf-16-be", "big5")
# The commonest characters of modern Chinese, simplified and traditional, and the punctuation between them.
_COMMON = re.compile(
    "[的一是不了在有人这大来上个中到说和地为子我出要以时年得就那会主可也你对生能而自着去之过家学多方后作里用道行所然"
    "成事面发公业区市县工全政府经济建设展社民务加新推进实高国理体制管强合产现重服化动部本长前开分同下于从起性"
    "与水安第保三二十机农村城镇改革项目教育医疗好党委书记记者代表各位现在报告提高完善元万亿增加快们"
    "這來個說時為後會對過裡學發業區縣經濟設務進實國體強產現動長開與機農鎮項標醫療黨書記報億萬們點"
    "，。、；：？！“”（）《》「」『』]+"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff\ufff0-\ufffb]+")
_SAMPLE = 8_000


class Decoded(NamedTuple):
    """A decoded text, the encoding that was used, and how many damaged places were replaced by U+FFFD."""

    text: str
    encoding: str
    replaced: int

    @property
    def lost(self) -> tuple[str, ...]:
        """What a user should know of damaged places."""
        return (f"{self.replaced} damaged places, shown as \ufffd",) if self.replaced else ()


def decode(data: bytes, *, encoding: str | None = None, name: str = "the text") -> Decoded:
    """Decode bytes of unknown encoding; a byte-order mark is taken off, nothing else is changed.

    Parameters
    ----------
    data
        The bytes of a text file.
    encoding
        What the user says it is; used as it is, damaged bytes are replaced and counted.
    name
        How an error calls the text.

    Raises
    ------
    ReadError
        When `data` is binary, in no encoding that is tried, or `encoding` is no encoding.

    Examples
    --------
    >>> decode("各位代表".encode("gb18030")).encoding
    'gb18030'
    """
    if encoding:
        return _decode_as(data, encoding, name)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], marked)
    try:
        decoded = Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        decoded = _guess(data, name)
    else:
        if b"\x00" in data and data.count(b"\x00") > len(data) / 10:
            decoded = _guess(data, name)
    start = decoded.text[:_SAMPLE]
    if (_holds_control(start) and _share(_CONTROL, start) > 0.1) or start.count("\x00") > 0.3 * len(start):
        raise ReadError(f"{name} is not a text file (it holds binary data); save it as text, docx, pdf or html")
    return decoded


def _decode_as(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding)
        if not codec._is_text_encoding:
            raise LookupError
    except (LookupError, ValueError):
        raise ReadError(f"no encoding {encoding!r}; give one such as utf-8, gb18030, utf-16 or big5") from None
    known = next((mark for mark, marked in _MARKS if data.startswith(mark) and marked.startswith(codec.name)), b"")
    return _replaced(data[len(known) :], codec.name)


def _replaced(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, 0)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return Decoded(text, encoding, text.count("\ufffd"))


def _guess(data: bytes, name: str) -> Decoded:
    # Text may begin with a long table of numbers; a sample with enough that is not ASCII is wanted.
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]", data)), 0) // 4 * 4
    sample = data[first : first + _SAMPLE]
    scores = {guess: _likeness(sample, guess) for guess in _GUESSES}
    best = max(_GUESSES, key=lambda guess: scores[guess])
    if scores[best] < 0.08:
        raise ReadError(
            f"{name} is in no encoding that was tried ({', '.join(sorted(_GUESSES))}), or no text at all; "
            "name it with --encoding"
        )
    return _replaced(data, best)


def _likeness(data: bytes, encoding: str) -> float:
    """Return the share of very common characters among those that are not ASCII, less what cannot be text."""
    text = data.decode(encoding, errors="replace")
    foreign = sum(map(len, _NOT_ASCII.findall(text)))
    if not foreign:
        return 0.0
    common = sum(map(len, _COMMON.findall(text)))
    return common / foreign - 5 * _share(_CONTROL, text)


def _holds_control(text: str) -> bool:
    """Tell whether what cannot be text may stand in a text; blanks aside, that is none of the printable characters."""
    for blank in "\n\r\t\u3000":
        text = text.replace(blank, "")
    return "\ufffd" in text or not text.isprintable()


def _share(pattern: re.Pattern[str], text: str) -> float:
    return sum(map(len, pattern.findall(text))) / max(len(text), 1)
