"""Tell until when something is to be done, and whether a sentence speaks of what was done or is planned."""

import re
from dataclasses import dataclass

from zhuti.reports.numerals import half_width_digits

_TIME = re.compile(
    r"到?(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|末|初|前|年底)?|到?“十[一二三四五六]五”(?:时期|期间|末|期末)?|到?“\d+五”(?:时期|期间|末)?"
    r"|\d+(?:至|到|—|-|~|～)\d+年(?:时间|内)?|[一二三四五六七八九十两\d]+年(?:内|时间|左右时间)|(?<![一二三四五六七八九十两第续后近\d])[二两三四五]年(?=新增|累计|共|新建|完成)|年内|年底前?|(?:今|明|后|当|全)年(?:年底前?|底前?|内)?"
    r"|上半年|下半年|[一二三四]季度(?:末|前)?|\d{1,2}月(?:底|末|初|份)?前?|(?:秋|春|秋季|春季)(?:季)?开学|近期|未来[一二三四五\d]+年|每年|本届(?:政府|任期)(?:内)?"
    r"|(?<![比较与同])(?:去|前|上)年|过去[一二三四五\d]*年|近?[一二三四五六七八九十\d]+年来"
)
_PLAN = re.compile(
    r"力争|确保|争取|年内|计划|预期|目标|争创|将(?!军|近)|加快|推进|推动|抓好|要|打造|着力|加大|实施好|启动|开工建设|继续|今年|明年|抓紧|全面推广|开展好|稳步"
)
_DONE = re.compile(
    r"已(?!经济)|累计|同比|(?<!改|接)了|达到了|取得|荣获|获评|获批|入选|位居|居全|排名|过去|去年|一年来|以来|超额|圆满|顺利|成功|先后|现有|共有|投入使用|再创|创历史|首次"
)
_REVIEW = re.compile("回顾|成绩|成就|取得|过去|工作总结|完成情况|新成效|所做的工作")
_AHEAD = re.compile("安排|任务|目标|打算|部署|重点工作|工作思路|要求|计划|建议|今后|未来|措施")
_FINISHED = re.compile("(?:全部|全面|基本|整体|陆续|建成)*(?:完成|完工|竣工|建成|投[用产运入]|交付|开工|启用|入住)")


@dataclass(frozen=True)
class Tense:
    """Times of a sentence and whether it is done or planned.

    Attributes
    ----------
    times : tuple of (int, str)
        Where each stands, and its words.
    status : str
        `planned` or `done`.
    year : int or None
        Of the document.
    text : str
        The sentence.
    """

    times: tuple[tuple[int, str], ...]
    status: str
    year: int | None
    text: str

    def time_at(self, place: int) -> str:
        """Return the last time named before a place, or one within twelve characters behind it.

        One in the next clause counts only where it says when the deed is finished (…8个，年底前投用).
        """
        before = [words for start, words in self.times if start <= place]
        if before:
            return before[-1]
        return next((words for start, words in self.times if self._is_near(place, start, words)), "")

    def _is_near(self, place: int, start: int, words: str) -> bool:
        if start - place > 12:
            return False
        crossed = re.search("[，,。；;：]", self.text[place:start])
        return crossed is None or _FINISHED.match(self.text, self.text.find(words, start) + len(words)) is not None

    def status_at(self, place: int) -> str:
        """Return `planned` or `done` for what stands at a place."""
        named = re.search(r"(?:19|20)\d\d", self.time_at(place))
        if named and self.year is not None:
            return "done" if int(named[0]) < self.year else self.status if int(named[0]) == self.year else "planned"
        return self.status


def find_tense(text: str, *, heading: str = "", year: int | None = None) -> Tense:
    """Read the times of a sentence, and judge from headings and words whether it is done or planned.

    >>> find_tense("新增就业1.2万人。", heading="一、2024年工作回顾").status
    'done'
    >>> tense = find_tense("利用3至5年时间，打造千亿级产业集群。")
    >>> tense.status, tense.time_at(12)
    ('planned', '3至5年时间')
    """
    plain = half_width_digits(text)
    times = tuple((match.start(), match[0].removeprefix("到")) for match in _TIME.finditer(plain))
    return Tense(times, _status(plain, heading), year, plain)


def _status(text: str, heading: str) -> str:
    for part in heading.split(" / "):
        review, ahead = _REVIEW.search(part), _AHEAD.search(part)
        if bool(review) != bool(ahead):
            return "done" if review else "planned"
    done, plan = len(_DONE.findall(text)), len(_PLAN.findall(text))
    return "done" if done > plan else "planned"
