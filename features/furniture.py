"""What stands on a web page around its text: font sizes, printing, sharing, related reports, editors' names."""

import re
from collections.abc import Sequence

_SHARED = r"(?:微信|微博|朋友圈|微信好友|QQ空间|QQ好友|QQ|新浪微博|腾讯微博|人人网|抖音|今日头条|更多)"
_BUTTON = (
    r"(?:打印|关闭|收藏|返回|纠错|大|中|小|打印(?:本页|此文|此页|文章|正文)|关闭(?:本页|此页|窗口)|发表评论|告诉好友|推荐给好友"
    r"|放大\+?|缩小-?|默认○?|上一[篇版条]|下一[篇版条]|加入收藏|收藏(?:本页|此页|本文)|下载|字号|分享|复制链接|顶部|我要纠错|语音播报|朗读|PDF下载|导出(?:PDF|WORD)?|转发|回到顶部)"
)
_WORD = r"(?:点赞|在看|赞|收藏|评论|转发|分享|举报|纠错|我要纠错|网站纠错|点击收听|语音播报|听全文|无障碍(?:浏览|阅读)?|长者模式|适老化|关怀版|繁體|繁体|简体|English|登录|注册|搜索|更多|阅读原文|写留言|精选留言|留言)"
# Lines that are furniture as long as they are no sentence.
_SMALL = re.compile(
    r"(?:[【\[（(|]?\s*(?:选择|调整)?字\s*[号体]\s*(?:大小)?\s*[:：]?.{0,24}|[【\[]?\s*[大中小]\s*[】\]]?(?:[\s|/·]*[【\[]?\s*[大中小]\s*[】\]]?){1,2}|[大中小]字[号体]?(?:\s*[大中小]字[号体]?)*"
    rf"|[【\[（(]?\s*{_BUTTON}\s*[】\]）)]?(?:[\s|/·]*[【\[（(]?\s*{_BUTTON}\s*[】\]）)]?)*"
    r"|(?:我要|点击)?(?:打印|关闭|收藏)(?:窗口|本页|此页|本文|此文|文章)?[\s|】\]）)]{0,4}"
    rf"|分享(?:到|至|给|本文)?\s*[:：].{{0,40}}|(?:一键)?分享(?:到|至|给|本文|让更多人看到)?(?:[\s、|]*{_SHARED})*|(?:{_SHARED}[\s、|]*)+(?:分享)?"
    r"|(?:您|你)?(?:现在的|当前的?|目前|所在的?|现在)\s*的?\s*(?:位置|所在)\s*[:：]?.{0,80}|(?:您|你)?(?:现在|当前)?在\s*[:：]\s*首页.{0,60}|位置\s*[:：].{0,80}|(?:网站)?首\s*页(?:\s*(?:[>＞»›/|→\-]|&gt;)+.{0,80})?"
    r"|(?:上一?篇|下一?篇|上一条|下一条|前一篇|后一篇|上一页|下一页|上篇|下篇)(?:文章|新闻|信息)?\s*(?:[:：>＞].{0,80}|$)|返回(?:顶部|首页|列表|上一级|上页)?"
    r"|(?:浏览|阅读|点击|访问)\s*(?:次数|人数|量|数|率)?\s*[:：]?\s*[\d,.]*\s*[万次]*|[\d,]+\s*(?:次浏览|次阅读|人浏览|人阅读)"
    rf"|{_WORD}(?:[>＞]{{0,2}}|\s*[(（]?\d*[)）]?)(?:[\s|]*{_WORD}(?:[>＞]{{0,2}}|\s*[(（]?\d*[)）]?))*"
    r"|.{0,60}已下载\s*\d*\s*次|[【\[]?\s*(?:我要纠错|网站纠错)\s*[】\]]?.{0,30}"
    r"|.{0,20}(?:技术支持|主办单位|主办|承办单位|承办|运行维护|维护单位|网站地图|联系我们|关于我们|设为首页|加入收藏|隐私声明|网站声明|友情链接)\s*(?:[:：|].{0,120}|$)|.{0,24}(?:主办|承办).{0,24}(?:地址|邮编|电话)[:：].{0,60}"
    r"|A[+\-]|T[|]T|[>＞<＜|·\-—_\s]{1,6}|\d{1,2}|(?:视力保护|保护视力)色.{0,20}|今天是\s*(?:\d{4}|星期|公元).{0,40}|[^，。；：]{1,60}\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar)|[-—·\s]*(?:THE\s)?END[-—·\s]*|.{0,16}(?:点个?|点亮).{0,3}(?:分享|收藏|在看|点赞|赞)[”」]?.{0,8}|PART\s*[.．]?\s*\d{1,2}|原标题\s*[:：].{1,80}|[（(]?(?:展开|阅读|查看)全文[）)]?|.{0,8}打开(?:APP|客户端).{0,20}|下载(?:APP|客户端)|.{0,20}第\s*\d+\s*位(?:访客|访问者|来访者).{0,10}|上一[页版篇](?:\s*\d+)*\s*下一[页版篇]|原创|正文|已关注|关注|轻触阅读原文|继续滑动看下一个|向上滑动看下一个|知道了|微信扫一扫.{0,20})$",
    re.IGNORECASE,
)
_SCAN = re.compile(
    r".{0,12}(?:扫一扫|扫描(?:下方|上方|左侧|右侧)?二维码|扫码(?:关注|阅读|查看|分享)|识别(?:下方|图中)?二维码|长按(?:识别|关注|二维码)|二维码分享|点击(?:上方|下方|蓝字|标题下|名片).{0,20}关注).{0,40}$|.{0,10}二维码$"
)
# The foot of a page: no report says such things, though they may be whole sentences.
_FOOT = re.compile(
    r".{0,60}(?:ICP备|ICP证|公网安备|网安备|版权所有|版\s*权\s*所\s*有|Copyright|©|All Rights Reserved|网站标识码|许可证(?:编号|号)?\s*[:：]"
    r"|(?:违法|不良).{0,10}举报|未经.{0,10}(?:授权|许可|同意|允许).{0,16}(?:不得|禁止|请勿|严禁)|(?:建议|最佳).{0,12}(?:浏览器|分辨率|像素)"
    r"|轻点两下取消).{0,140}$",
    re.IGNORECASE,
)
# Names of those who put a page together say nothing of the text.
_EDITORS = re.compile(
    r"(?:[【\[]\s*(?:我要|网站)?纠错\s*[】\]]\s*)?[（(【\[〔]?\s*(?:本期|本文|今日)?(?:责任编辑|责\s*编|编\s*辑|文稿|网络编辑|网页编辑|值班编辑|新媒体编辑|视频编辑|见习编辑|责任编审|编审|校对|责任校对|审核|审校|审签|初审|复审|终审|[一二三]审|监制|总监制|出品|总策划|制图|海报|设计|制作|排版|美编|值班主任|值班编委|值班总编|签发|策划|统筹|信息员|录入|录入人|录入者|上传|发布人|审稿|审稿人|责任人)\s*[:：丨|／].{0,60}$|(?:文字?|图片?|图文|摄影|视频|配图|素材|海报)\s*[丨｜]\s*.{1,40}$"
)
_ENDING = re.compile(
    r"[【\[■▍◆●>\s]*(?:相关(?:报道|阅读|链接|新闻|文章|推荐|稿件|信息|文件|内容|解读|专题|政策|资讯|视频|图片|文档|公告)|推荐阅读|延伸阅读|推荐新闻|为您推荐|热门(?:推荐|文章|新闻|排行|阅读|资讯|关注|评论)|最新评论|全部评论|网友热评|\d{1,2}小时热[文点搜榜]|热点(?:新闻|推荐|文章|排行|专题|关注|资讯)|猜你喜欢|最新(?:文章|新闻|资讯|公告|信息|动态|推荐)|精彩推荐|往期(?:回顾|推荐|精彩)|更多(?:新闻|精彩|内容|资讯)|点击排行|新闻排行|阅读排行|排行榜|图片新闻"
    r"|(?:网友)?评论(?:区|列表)?|我来说两句|免责声明|版权声明|特别声明|友情链接|相关附件下载|分享文章到|分享让更多人看到|喜欢此内容的人还喜欢|预览时标签不可点)\s*(?:(?:[】\]:：>＞|]|\s).{0,120})?$|声明\s*[:：].{0,120}$"
)
_LONGEST = 200
_SENTENCE = re.compile(r"[。；！？][”’」』）)】]*$")
_COUNT = re.compile(
    r"(?:浏览|阅读|点击|访问)\s*(?:次数|人数|量|数|率)?\s*[:：]\s*[\[【(（]?\s*[\d,]+\s*[\]】)）]?\s*次?(?=\s*\S*(?:来源|作者|时间|日期)\s*[:：])"
)
# The furniture that stands in one line behind date and source.
_BEHIND = re.compile(
    r"\s*[|【\[（(]*\s*(?:选择)?(?:字号|字体|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击数?|访问量|点击量|点击率|关注|我有话说|打印|关闭|收藏|分享到|分享|视力保护色|纠错|评论)\s*(?:[:：】\])）|【\[（(].*|[\d\s].*)?$|\s*[【\[]\s*(?:打印|关闭|大|中|小)\s*[】\]].*$|\s+[大中小](?:\s+[大中小]){1,2}.*$"
)


def is_furniture(text: str) -> bool:
    """Tell whether a line of a page belongs to the page and not to its text.

    >>> is_furniture("【字号：大 中 小】"), is_furniture("打印"), is_furniture("打印店整治全面展开，效果良好。")
    (True, True, False)
    >>> is_furniture("关闭落后矿井12处。"), is_furniture("版权所有：某县人民政府，未经许可不得转载。")
    (False, True)
    """
    if len(text) > _LONGEST:
        return False
    if _EDITORS.match(text) or _FOOT.match(text) or (len(text) <= 60 and _SCAN.match(text)):
        return True
    return not _SENTENCE.search(text) and _SMALL.match(text) is not None


def opens_other_texts(text: str) -> bool:
    """Tell whether a line is the heading of a list of other texts."""
    return _ENDING.match(text) is not None and not (text.startswith("相关") and _SENTENCE.search(text))


def trim_furniture(lines: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the lines that are text, and those that are furniture.

    From a line such as '相关报道' on, everything is furniture, if less than half of the running text follows.
    """
    prose = [len(text) if re.search("[。；]", text) else 0 for text, _ in lines]
    kept: list[tuple[str, str]] = []
    dropped: list[str] = []
    before, total = 0, sum(prose)
    for number, (text, mark) in enumerate(lines):
        before += prose[number]
        if mark != "title" and before * 2 > total and opens_other_texts(text):
            dropped += [text for text, _ in lines[number:]]
            break
        if is_furniture(text) and mark not in {"byline", "title"}:
            dropped.append(text)
            continue
        if mark == "byline":
            dropped += _COUNT.findall(text)
            text = _COUNT.sub(" ", text)
        behind = _BEHIND.search(text) if mark == "byline" else None
        if behind:
            dropped.append(text[behind.start() :].strip())
            text = text[: behind.start()]
        if text.strip():
            kept.append((text, mark))
    return kept, dropped
