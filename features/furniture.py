"""What stands on a web page around its text: font sizes, printing, sharing, related reports, editors' names."""

import re
from collections.abc import Sequence

_SMALL = re.compile(
    r"(?:[【\[（(]?\s*(?:选择)?字\s*[号体]\s*[:：]?.{0,20}|[【\[]?\s*[大中小]\s*[】\]]?(?:[\s|/]*[【\[]?\s*[大中小]\s*[】\]]?){1,2}|.{0,4}打印(?:本页|文章|此页)?.{0,10}|.{0,4}(?:关闭|收藏)(?:窗口|本页|此页)?.{0,8}"
    r"|扫一扫.{0,30}|微信扫.{0,24}|.{0,10}二维码.{0,16}|分享(?:到|至)?\s*[:：]?.{0,40}|.{0,6}(?:微信|微博|朋友圈|QQ空间|新浪微博|腾讯微博)(?:[\s、|]*(?:微信|微博|朋友圈|QQ空间|QQ|新浪微博|腾讯微博|分享)){0,6}"
    r"|(?:您|你)?(?:现在的|当前|所在)?的?位置\s*[:：]?.{0,80}|首页\s*[>＞»›/|-].{0,80}|(?:上一篇|下一篇|上一条|下一条|前一篇|后一篇|上一页|下一页)\s*[:：]?.{0,80}|返回(?:顶部|首页|列表|上一级)?"
    r"|(?:浏览|阅读|点击)(?:次数|量|数|率)?\s*[:：]?\s*[\d,]*\s*次?|(?:点赞|在看|赞|收藏|评论|转发|举报|纠错|我要纠错|网站纠错|点击收听|语音播报|听全文|无障碍|长者模式|繁體|繁体|简体|English|登录|注册|搜索|更多)(?:[>＞]{0,2}|\s*[(（]?\d*[)）]?)"
    r"|.{0,20}(?:ICP备|公网安备|网安备|版权所有|Copyright|技术支持|网站地图|联系我们|主办单位[:：].{0,30}承办|网站标识码|建议使用|浏览器).{0,120}"
    r"|A[+\-]|T[|]T|[>＞<＜|·\-—_\s]{1,6}|\d{1,2}|视力保护色.{0,20}|[【\[（(]\s*(?:打印|关闭|收藏|大|中|小|返回|纠错)\s*[】\]）)].{0,30})$",
    re.IGNORECASE,
)
# Names of those who put a page together say nothing of the text.
_EDITORS = re.compile(
    r"[（(【\[]?\s*(?:责任编辑|责\s*编|编\s*辑|网络编辑|值班编辑|编辑|编审|校对|审核|审校|初审|复审|终审|监制|排版|美编|值班主任|签发|策划|统筹)\s*[:：丨|].{1,60}$"
)
_ENDING = re.compile(
    r"[【\[]?\s*(?:相关(?:报道|阅读|链接|新闻|文章|推荐|稿件|信息|文件|内容|解读|专题)|推荐阅读|延伸阅读|热门(?:推荐|文章|新闻|排行|阅读)|猜你喜欢|最新(?:文章|新闻|资讯)|精彩推荐|往期(?:回顾|推荐|精彩)|更多(?:新闻|精彩|内容|资讯)|点击排行|新闻排行|图片新闻"
    r"|(?:网友)?评论(?:区|列表)?|免责声明|版权声明|声明[:：]|友情链接|相关附件下载|分享文章到|喜欢此内容的人还喜欢|预览时标签不可点)\s*[】\]]?\s*[:：]?.{0,40}$"
)
_LONGEST = 140
# The furniture that stands in one line behind date and source.
_BEHIND = re.compile(
    r"\s*[|【\[（(]*\s*(?:字号|字体|浏览次数|浏览量|浏览|阅读次数|阅读量|点击数?|访问量|打印|关闭|收藏|分享到|分享|视力保护色|纠错)\s*[:：】\])）\d|\s].*$|\s*[【\[]\s*(?:打印|关闭|大|中|小)\s*[】\]].*$"
)


def is_furniture(text: str) -> bool:
    """Tell whether a line of a page belongs to the page and not to its text.

    >>> is_furniture("【字号：大 中 小】"), is_furniture("打印"), is_furniture("打印店整治全面展开，效果良好。")
    (True, True, False)
    """
    return len(text) <= _LONGEST and bool(_SMALL.match(text) or _EDITORS.match(text))


def trim_furniture(lines: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the lines that are text, and those that are furniture.

    From a line such as '相关报道' on, everything is furniture, if less than half of the running text follows.
    """
    prose = [len(text) if re.search("[。；]", text) else 0 for text, _ in lines]
    kept: list[tuple[str, str]] = []
    dropped: list[str] = []
    before = 0
    for number, (text, mark) in enumerate(lines):
        before += prose[number]
        if _ENDING.match(text) and before * 2 > sum(prose):
            dropped += [text for text, _ in lines[number:]]
            break
        if is_furniture(text) and mark != "byline":
            dropped.append(text)
            continue
        behind = _BEHIND.search(text) if mark == "byline" else None
        if behind:
            dropped.append(text[behind.start() :].strip())
            text = text[: behind.start()]
        if text.strip():
            kept.append((text, mark))
    return kept, dropped
