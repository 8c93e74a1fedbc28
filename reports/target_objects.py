"""Tell what a quantity counts: the words behind it (11条城市干道) or before it (标准厂房41万平方米)."""

import re

from zhuti.reports.quantities import Quantity

_STOPS = "，,。；;：！？、（）()\n"
_TIME = re.compile(
    r"^(?:(?:利用)?[\d一二三四五六七八九十]+[至到—-]?[\d一二三四五六七八九十]*年(?:内|时间)?(?=[\u4e00-\u9fff])|连续[一二两三四五六七八九十\d]+年|到?(?:19|20)\d\d年[底末初前]?|年内|年底前?|今年|明年|全年|去年|每年|当年|到“[^”]*”末?|“(?:十[一二三四五六七八九]|[一二三四五六七八九]|\d+)五”(?:时期|期间|末)?|上半年|下半年|\d+月底?前?)"
)
# Verbs and adverbs that open a clause; taken off until none is left.
_OPENERS = (
    "力争", "确保", "争取", "有序", "推进", "加快", "完成", "实现", "新增", "新建", "改建", "扩建",
    "新改扩建", "新改建", "建成", "建设", "改造", "打通", "提升", "发放", "开工", "启动", "实施", "打造",
    "培育", "引进", "引育", "落实", "安排", "投入", "争取到", "组织", "开展", "举办", "新培育", "累计", "共",
    "再", "继续", "积极", "着力", "全力", "努力", "组建", "新引进", "开行", "筹措", "抓好", "用好", "办好", "修建", "修复", "治理", "整治",
    "推动", "支持", "帮助", "带动", "吸引", "接待", "吸纳", "惠及", "覆盖", "解决", "达到", "突破", "超过",
    "保持", "稳定", "控制", "提高", "增加", "减少", "降低", "压减", "淘汰", "关停", "新认定", "认定", "新设",
    "新开工", "设立", "创建", "建立", "签约", "盘活", "收储", "供应", "出让", "化解", "兑现", "减免", "落地",
    "竣工", "投产", "建成投用", "建成投运", "改扩建", "植树", "造林", "栽植", "种植", "绿化", "清理", "拆除",
    "查处", "办理", "受理", "完善", "优化", "规划", "布局", "构建", "形成", "加大", "共建", "计划", "撤销",
    "更新", "提请", "审议", "签署", "制定", "修订", "精简", "安置", "清退", "封停", "处置", "集聚", "净增",
    "封停处置", "筹集", "现有", "全面", "稳步", "扎实", "深入", "有效", "大力", "持续", "逐步", "预计",
    "初步", "分别", "均", "其中", "将", "使", "让", "把", "向", "为", "由", "以", "在", "其", "又",
    "也", "并", "全年", "全市", "全省", "全区", "升级改造", "提档升级", "配建", "配备", "购置", "购买",
    "资助", "培训", "开发", "转移", "选派", "招引", "引入", "招聘", "招录", "建好", "建强", "办理好",
)  # fmt: skip
_LONG_FIRST = sorted(_OPENERS, key=lambda word: (-len(word), word))
_JOINED = "(?:[和及](?=" + "|".join(word for word in _LONG_FIRST if len(word) > 1) + "))?"  # 新建和改造提升
_OPENER = re.compile("^(?!开发区)(?:[一二三四五六七八九十]是|" + _JOINED + "(?:" + "|".join(_LONG_FIRST) + "))")
# Deeds that are things counted where nothing else is named (完成绿化130万平方米).
_DEEDS = ("绿化", "造林", "植树", "种植", "培训", "治理", "改造", "修复", "拆除", "安置", "整治")
# Verbs that stand between a thing and its number.
_CLOSERS = re.compile(
    r"(?:连续[一二两三四五六七八九十\d]+[年月季]|(?:比|较|占)[^，,。]{1,10}?(?:年|年初|末|底|同期|水平|的)|同比|比上年|较上年|年均|递增|分别|预计|预期|力争|总量|累计|持续|首次|(?<![平人])均|各|又|将|约|再|已|共|稳定|保持)*"
    r"(?:占全[国省市区县]的?|增长到|递增|缩减到|缩减至|缩减为|缩减|提高到|提升到|下降到|降低到|控制在|稳定在|保持在|达到|突破|超过|不低于|不超过|增长|下降|提高|提升|降低|上升|增加|减少|完成|实现|新增|增至|降至|升至|扩大到|扩大|"
    r"缩短至|压减|压减至|压缩至|占|是|为|达|超|到|至|有|近|等|约|翻|共计|合计|总计|累计)*$"
)
_LEADS = re.compile(r"^(?:的|多|余|左右|以上|以下|以内|之内|，)+")
# What stands behind a number and is no thing counted.
_NOT_THINGS = re.compile(
    r"^(?:优先|实施(?!细则|方案|意见|办法)|保障(?!性)|增长|增加|下降|上升|提高|开工|竣工|投产|投用|建成|用于|支持|投入|完成|达到|突破|超过|位居|居(?![住民家])|排名|列(?!车)|占|以上|左右|和|及|与|并|，|实现|同比|"
    r"较|比|按照?|通过|纳入|采用|实行|新增|惠及|覆盖|带动|推动|推进|改造|建设(?!项目|用地)|为|至|到|，|、|。|；|其中|目标|任务|标准)"
)
_HOLLOW = ("内容", "事项", "指标", "条目", "成员")
_ENDS = re.compile(r"(?:的?(?:改造提升|提升改造|升级改造|改造|建设|创建|整治|治理|任务|目标|工程建设|等))+$")
_CUT = re.compile(
    r"(?:到[^，]*(?:工作|服务|任职|挂职|帮扶)|实现|完成|开工|竣工|投产|投用|投入|建成|入驻|参展|落地|达产|上线|获评|获批|入选|达到|全部|集中(?!连片|供|式)|正式|加快|有序|顺利|被|用于|推动|增长|下降|提高|惠及|覆盖|参加|就业(?=$)|荣?获(?!得感)|按时|直接受益).*$|[和及与]$"
)


def find_object(text: str, quantity: Quantity, following: int, before: str) -> str:
    """Return what a quantity counts; empty where nothing tells.

    Parameters
    ----------
    text : str
    quantity : Quantity
    following : int
        Where the next quantity of the sentence begins.
    before : str
        What the quantity before it counts; taken where this one has nothing of its own (…增长6%).
    """
    behind = _behind(text, quantity, following)
    ahead = (
        _listed(text, quantity)
        or _ahead(text, quantity, "，,。；;：！？、\n")
        or _ahead(text, quantity, "，,。；;：！？\n")
    )
    if ahead in ("平均", "分别", "同比", "环比", "总量", "总数", "其中"):
        ahead = before or _ahead(text, quantity, "。；;！？\n").partition("，")[0]
    if before and re.search(r"(?<![A-Za-z\d.])\d", ahead) and not re.match(r"\d+\w{1,3}(?:以上|以下|以内)", ahead):
        ahead = before  # 生产汽车30万辆、增长3倍
    if quantity.level:
        return re.sub(r"(?:多|[一二两三四五六七八九十\d]+)个$", "", ahead) + behind
    if quantity.unit in ("%", "个百分点", "‰", "倍", "番"):
        if before and re.match("(?:低于|高于|快于|慢于|比|增至|降至|较)", ahead):
            return before
        share = text[quantity.end : following].startswith(("的", "以上的")) or _share_of(text, quantity)
        return (behind if share and behind else ahead) or before or behind
    if ahead and behind in _HOLLOW:  # 目录增加33项内容
        return ahead
    return behind or ahead or before


def _share_of(text: str, quantity: Quantity) -> bool:
    rest = text[quantity.end :]
    if rest.startswith(("由", "来自", "集中", "分布")):  # 项目90%以上由企业牵头
        return False
    return bool(rest) and rest[0] not in _STOPS and not _NOT_THINGS.match(rest)


def _behind(text: str, quantity: Quantity, following: int) -> str:
    stops = _STOPS.replace("、", "") if quantity.level else _STOPS
    rest = re.sub(r"^（[^）]{1,4}）", "", text[quantity.end : following].lstrip("%"))  # 套（间）
    rest = re.sub("^达到[^，,。；;：、]*的", "", rest)
    if rest.startswith(("“", "的“")):  # a name in quotation marks belongs to the thing
        close = rest.find("”")
        quoted = rest[: close + 1]
        return _trimmed((quoted + _until(rest[close + 1 :], stops)).removeprefix("的"))
    rest = _LEADS.sub("", _row(rest) or _until(rest, stops)).removeprefix("人民币")
    return "" if _NOT_THINGS.match(rest) or len(rest) < 1 else _trimmed(rest)


def _row(rest: str) -> str:
    # 6000户高龄、失能、残疾老年人家庭: short words in a row that ends before the next number, none of them a verb.
    whole = _until(rest, _STOPS.replace("、", ""))
    parts = whole.split("、")
    if (
        whole.count("“") != whole.count("”")
        or whole == rest
        or not 2 <= len(parts) <= 4
        or max(map(len, parts[:-1])) > 8
        or re.search(r"\d", whole)
    ):
        return ""
    return "" if any(not part or _OPENER.match(part) or _NOT_THINGS.match(part) for part in parts) else whole


def _until(text: str, stops: str) -> str:
    return text[: next((place for place, char in enumerate(text) if char in stops), len(text))]


def _trimmed(thing: str) -> str:
    cut = _CUT.sub("", thing)
    thing = cut if len(cut) >= 2 else thing
    if thing.count("“") != thing.count("”"):
        thing = thing.strip("“”")
    shorter = _ENDS.sub("", thing)
    return shorter if len(shorter) >= 2 else thing


def clean_object(thing: str) -> str:
    """Take times, adverbs and verbs off the beginning of a clause, and what leads to a number off its end.

    >>> clean_object("年内新增城镇就业"), clean_object("高速公路里程突破")
    ('城镇就业', '高速公路里程')
    """
    thing = re.sub(r"[由从]\d[^，,。]*$", "", _CLOSERS.sub("", thing))
    while True:
        shorter = _OPENER.sub("", _TIME.sub("", thing))
        if shorter == thing or len(shorter) < 2:
            break
        thing = shorter
    thing = re.sub("[、和]?(?:同比|环比)$", "", re.sub("[、和]?(?:同比|环比)$", "", thing))
    thing = thing.strip("“”‘’ 　的、") if thing.count("“") != thing.count("”") else thing.strip(" 　的、")
    if _OPENER.fullmatch(thing) and thing not in _DEEDS:
        return ""
    return "" if re.fullmatch(r"[\d.]*", thing) or _TIME.sub("", thing) == "" else thing


def _ahead(text: str, quantity: Quantity, marks: str) -> str:
    return clean_object(text[max(text.rfind(mark, 0, quantity.start) for mark in marks) + 1 : quantity.start])


def _listed(text: str, quantity: Quantity) -> str:
    # 新引进首店、旗舰店168家: short names in a row, the last of which opens with no verb, share the number.
    ahead = text[max(text.rfind(mark, 0, quantity.start) for mark in "，,。；;：！？\n") + 1 : quantity.start]
    parts = ahead.split("、")
    if (
        not 2 <= len(parts) <= 4
        or len(clean_object(parts[0])) > 10
        or re.search(r"[\d（(“]", ahead)
        or max(map(len, parts[1:])) > 8
    ):
        return ""
    if any(_OPENER.match(part) for part in parts[1:]) or _CLOSERS.sub("", parts[-1]) != parts[-1]:
        return ""
    return clean_object(ahead)
