"""Saved web pages as content systems write them: the main text exact, what stands around it left out and listed."""

import re
from pathlib import Path

import pytest

from zhuti.features import read_documents
from zhuti.features.furniture import is_furniture

PAGES = Path(__file__).parent / "pages"
FILES = sorted(PAGES.glob("*.htm*"))
# What the page around the text says, page by page.
FURNITURE = {
    "blog": ["标签：", "本周热点", "近日，县里举办文化节"],
    "font-zoom": ["中　小】", "【打印】【关闭】【纠错】", "相关链接", "版权所有"],
    "office": [
        "欢迎访问",
        "今天是",
        "打印 | 字号：大 中 小",
        "附件下载",
        "分享到",
        "相关文章",
        "网站标识码",
        "中文域名",
    ],
    "open-file": ["索 引 号", "生成日期", "解读链接", "我要打印我要收藏关闭窗口"],
    "wechat-sections": ["END", "点分享", "点在看", "编辑：张三"],
    "government": ["【字号：大 中 小】", "扫一扫", "责任编辑：张三丰", "相关报道", "分享到", "ICP备"],
    "hanweb": ["浏览次数：21", "热点推荐", "县里召开大会", "长者助手", "编辑：小何", "主办：泉坪县人民政府办公室"],
    "interview": ["责编：小青", "相关阅读", "另一篇文章的摘要", "版权所有"],
    "line-breaks": ["【字号： 大 中 小】", "责任编辑：何某", "免责声明", "Copyright"],
    "newspaper": ["第01版：要闻", "放大+ 缩小-", "版权所有"],
    "no-names": ["热门新闻", "市领导调研", "二审：郑某", "点赞 举报", "许可证编号", "未经授权"],
    "odd-name": ["访问量：128", "[打印] [关闭]"],
    "old-table": ["点击数：86", "热点新闻", "上一篇文章", "打印此文", "鲁ICP备"],
    "portal": ["责编：", "小字号", "分享让更多人看到", "推荐阅读", "客户端下载"],
    "pre": ["返回"],
    "short": ["阅读：56次", "打印关闭", "最新公告", "未经书面授权", "清河街道办事处主办"],
    "trs": [
        "索 引 号",
        "浏览次数：318",
        "扫一扫在手机打开当前页",
        "分享到",
        "【打印本页】",
        "相关链接",
        "一图读懂",
        "ICP备",
    ],
    "ucap": ["字号：默认 大 超大", "我要纠错", "责任编辑：陈某某", "相关稿件", "网站纠错"],
    "vsb": ["浏览次数：[1]", "已下载12次", "上一条", "您的位置"],
    "wechat": ["喜欢此内容的人还喜欢"],
    "wechat-hidden": ["点击上方“青岚发布”关注我们", "编辑：小岚", "往期推荐", "阅读原文", "轻点两下取消赞"],
    "trs-breaks": [
        "浏览次数",
        "责任编辑：李某",
        "上一篇",
        "云溪县召开安全生产会议",
        "扫一扫",
        "分享到",
        "相关链接",
        "公网安备",
        "农历四月二十",
    ],
    "nested-tables": ["您现在的位置", "点击数：412", "【打印本页】【关闭窗口】", "上一篇", "版权所有", "机构设置"],
    "portal-old": ["责编：赵某", "小字号", "相关新闻", "占比超过两成", "热点排行", "版权所有", "分享到"],
    "news-agency": ["责任编辑:冯某", "【纠错】", "深度观察", "新业态催生", "航拍松河", "关于我们", "Copyright"],
    "ucap-tags": [
        "我要纠错",
        "责任编辑：蒋某",
        "扫一扫",
        "相关稿件",
        "这些要点请收藏",
        "版权所有",
        "【字体：大 中 小】",
    ],
    "wechat-credits": ["点击上方蓝字", "编辑丨褚某", "图片丨大某", "END", "在看"],
    "word-export": [],
    "mobile": ["打开APP", "展开全文", "热门评论", "网友甲", "猜你喜欢", "举报电话"],
    "press-conference": ["阅读次数", "我要打印", "上一条", "分享到", "备案号", "主办单位", "当前位置"],
    "side-prose": ["松河大桥合龙", "上一页", "声明：", "版权所有", "我有话说"],
    "bare-div": [],
    "digital-paper": ["上一版", "放大 缩小", "未经授权", "版面导航"],
    "disclosure": ["索引号", "浏览：77次", "【打印本页】", "网站标识码", "政府信息公开指南"],
    "table-rows": ["[关闭窗口]", "您是第 10234 位访客", "Copyright", "投资环境"],
    "gov-flat": ["扫一扫，手机打开当前页面", "【打印】 【关闭】", "分享到：", "网站标识码", "您所在的位置"],
    "jcms-interview": ["浏览次数", "【打印】【关闭】", "版权所有"],
    "platform": ["查看TA的文章", "编辑：魏某", "平台声明", "推荐阅读"],
    "cms-report": ["点击数：1532", "保护视力色", "上一篇", "打印本页", "热点文章", "关于我们", "网站支持IPv6"],
    "one-p": ["（编辑：陶某）", "ICP备案"],
    "radio": ["编辑：\u3000云某", "相关推荐", "摊位怎么摆", "版权所有"],
    "text-in-cells": ["浏览次数：129", "责任编辑：柏某", "[打印] [关闭]", "设为首页", "教育动态", "技术支持"],
    "unbroken-div": ["版权所有"],
    "mid-box": ["相关阅读", "桥头区老街入选省级名单", "责编：潘某", "点击排行", "版权所有"],
    "policy-qa": ["阅读量", "扫描二维码", "打印本页", "网站标识码"],
    "wechat-layout": ["点击蓝字 关注我们", "编辑：常某", "一审：于某", "点赞+在看"],
    "zoom": ["点击数：2351", "【打印】", "设为首页", "分享到", "上一条", "分辨率"],
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_text_of_a_page_and_nothing_else(path: Path) -> None:
    document = read_documents(path).documents[0]
    found = [f"{unit.kind}\t{unit.text}" for unit in document.sentences()]
    assert found == (PAGES / "expected" / f"{path.stem}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_left_out_is_listed(path: Path) -> None:
    document = read_documents(path).documents[0]
    dropped = " | ".join(document.dropped).replace("\xa0", " ")
    for words in FURNITURE[path.stem]:
        assert words in dropped
        assert words not in document.source.replace("\xa0", " ")


@pytest.mark.parametrize(
    "text",
    [
        "关闭落后矿井12处。",
        "位置优越的物流园启用。",
        "强化科技创新技术支持，新建实验室3个。",
        "分享发展成果更好惠及人民",
        "更多群众在家门口就业。",
        "首页改版后，政府网站点击量增长三成。",
        "一是收藏单位免费开放；",
        "打印耗材全部国产化。",
        "统筹发展和安全",
        "评论员队伍扩大到200人。",
        "二维码门牌全覆盖，实现扫码报事。",
        "主办单位：要压实责任。",
    ],
)
def test_sentences_of_reports_are_no_furniture(text: str) -> None:
    assert not is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "【字体：大 中 小】",
        "字号：默认 大 超大 | 打印 | 收藏 | 留言",
        "【打印】【关闭】",
        "[打印] [关闭] [返回顶部]",
        "打印本页 关闭窗口",
        "扫一扫在手机打开当前页",
        "分享到：微信 微博 QQ空间",
        "微信 微博 QQ空间",
        "您当前的位置：首页 > 政务公开 > 政策文件",
        "首页 >> 新闻",
        "上一篇：没有了",
        "浏览次数：1,024次",
        "（责任编辑：张某）",
        "责编：张三 李四",
        "一审：某某 二审：某某 三审：某某",
        "主办单位：某县人民政府 承办单位：某县大数据局",
        "网站标识码：3700000001 鲁ICP备05000000号",
        "我要纠错",
        "小字号",
        "阅读 1.2万",
    ],
)
def test_furniture_of_many_sites(text: str) -> None:
    assert is_furniture(text)


def test_a_page_is_read_the_same_in_gbk_and_utf8(tmp_path: Path) -> None:
    page = (PAGES / "trs.html").read_text(encoding="utf-8")
    (tmp_path / "a.html").write_bytes(re.sub("charset=utf-8", "charset=gb2312", page).encode("gbk"))
    document = read_documents(tmp_path).documents[0]
    assert document.encoding == "html (gb18030)"
    assert document.text == read_documents(PAGES / "trs.html").documents[0].text
