"""Whom a document speaks for, of which year and kind; each with its reason, and nothing guessed silently."""

from pathlib import Path

import pytest

from zhuti.features import Document, read_documents

GREETED = "各位代表：\n现在，我报告工作。\n"
CASES = [
    (
        "a.txt",
        f"云泽县2023年政府工作报告\n——2023年1月5日在云泽县第十八届人民代表大会上\n县长 王某\n{GREETED}",
        "云泽县",
        "",
        2023,
        "政府工作报告",
    ),
    ("淄川2021.txt", "聚焦高质量发展。全面推进乡村振兴。", "淄川区", "370302", 2021, ""),
    ("b.txt", f"鼓楼区政府工作报告\n{GREETED}", "鼓楼区", "", None, "政府工作报告"),
    (
        "b.txt",
        f"鼓楼区政府工作报告\n——2022年1月5日在南京市鼓楼区第十九届人民代表大会上\n{GREETED}",
        "鼓楼区",
        "320106",
        2022,
        "政府工作报告",
    ),
    (
        "c.txt",
        "大力发展农民专业合作社 推进老城区改造\n近年来，合作社蓬勃发展。老城区旧貌换新颜，全区上下一条心。",
        "",
        "",
        None,
        "",
    ),
    ("d.txt", f"朝阳市朝阳县2019年政府工作报告\n{GREETED}", "朝阳县", "211321", 2019, "政府工作报告"),
    (
        "e.txt",
        "在中国共产党张店区第十四次代表大会上的报告\n（2021年12月20日）\n郭某\n同志们：\n现在报告工作。",
        "张店区",
        "370303",
        2021,
        "党代会报告",
    ),
    (
        "f.txt",
        "张店区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要\n第一章 环境\n成绩显著。",
        "张店区",
        "370303",
        None,
        "规划纲要",
    ),
    (
        "g.txt",
        "区委书记谈发展\n——访临淄区委书记某某\n本报记者 张三\n“我们要努力。”他说。",
        "临淄区",
        "370305",
        None,
        "访谈",
    ),
    (
        "h.txt",
        "博山区2023年国民经济和社会发展计划执行情况与2024年计划草案的报告\n报告如下。",
        "博山区",
        "370304",
        2024,
        "计划报告",
    ),
    ("i.txt", "打好防汛救灾攻坚战\n全市各区县行动起来。", "", "", None, ""),
    (
        "j.txt",
        f"政府工作报告\n二〇一六年二月二十六日在桓台县第十七届人民代表大会上\n{GREETED}",
        "桓台县",
        "370321",
        2016,
        "政府工作报告",
    ),
    ("延边州2022年政府工作报告.txt", f"政府工作报告\n{GREETED}", "延边朝鲜族自治州", "222400", 2022, "政府工作报告"),
    ("2020-西安市-工作报告.txt", f"政府工作报告\n{GREETED}", "西安市", "610100", 2020, "政府工作报告"),
    ("p.txt", "开创新局面\n——访青州市市长李某\n“要努力。”他说。", "青州市", "370781", None, "访谈"),
    ("q.txt", "加快建设大都市 ——访市长\n“要努力。”他说。", "", "", None, "访谈"),
    ("t.txt", "我区召开经济工作会议\n会议强调，要努力。", "", "", None, ""),
    ("u.txt", "关于印发方案的通知\n现印发给你们。\n张店区人民政府\n2024年3月5日", "张店区", "370303", 2024, "通知"),
    ("v.txt", "为民实事\n寿光市修路。寿光市建校。寿光市治水。青州市也来学习。", "寿光市", "370783", None, ""),
]


def _read(folder: Path, name: str, text: str) -> Document:
    (folder / name).write_text(text, encoding="utf-8")
    return read_documents(folder / name).documents[0]


@pytest.mark.parametrize(("name", "text", "district", "code", "year", "genre"), CASES)
def test_a_document_and_whose_it_is(
    tmp_path: Path, name: str, text: str, district: str, code: str, year: int | None, genre: str
) -> None:
    document = _read(tmp_path, name, text)
    assert (document.district, document.place_code, document.year, document.genre) == (district, code, year, genre)


def test_reasons_say_where_it_was_read(tmp_path: Path) -> None:
    document = _read(tmp_path, "a.txt", f"鼓楼区政府工作报告\n——2022年1月5日在鼓楼区人民代表大会上\n{GREETED}")
    assert document.reasons is not None
    assert "title “鼓楼区政府工作报告”, which of 江苏省南京市鼓楼区 / " in document.reasons["district"]
    assert document.reasons["year"].startswith("by-line “——2022年")
    unknown = _read(tmp_path, "b.txt", "加强建设。")
    assert set((unknown.reasons or {}).values()) == {"nothing names it"}


def test_the_folder_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "桓台县").mkdir()
    (tmp_path / "桓台县" / "2019.txt").write_text("加强建设。", encoding="utf-8")
    document = read_documents(tmp_path).documents[0]
    assert (document.district, document.year) == ("桓台县", 2019)
    assert (document.reasons or {})["district"] == "folder “桓台县”"


def test_metadata_is_found_by_path_by_name_and_by_number(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    for folder in "xy":
        (tmp_path / folder / "a.txt").write_text("加强建设。", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "file,district,year\nx/a.txt,淄博市张店区,2020\na.txt,淄川区,2021\n", encoding="utf-8"
    )
    corpus = read_documents(tmp_path)
    assert [(d.id, d.district, d.year, d.place_code) for d in corpus] == [
        ("x/a", "淄博市张店区", 2020, "370303"),
        ("y/a", "淄川区", 2021, "370302"),
    ]
    (tmp_path / "metadata.csv").write_text("file,year\na.txt,last year\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"the year of a\.txt is 'last year'; it must have four digits"):
        read_documents(tmp_path)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "鼓楼区2021年报告\n——2021年1月5日在南京市鼓楼区第十九届人民代表大会上\n各位代表：\n新建学校。",
            "江苏省南京市鼓楼区",
        ),
        ("2021年报告\n各位代表：\n我代表鼓楼区人民政府报告工作。在开封市委领导下，新建学校。", "河南省开封市鼓楼区"),
        (
            "市中区2020年报告\n——2020年1月6日在枣庄市市中区第十七届人民代表大会上\n各位代表：\n报告。",
            "山东省枣庄市市中区",
        ),
        ("鼓楼区2021年政府工作报告\n各位代表：\n新建学校3所。", ""),
    ],
)
def test_the_context_settles_which_district_of_a_name_it_is(tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "1.txt").write_text(text, encoding="utf-8")
    document = read_documents(tmp_path).documents[0]
    assert document.place == place
    assert document.district
    assert ("is open" in (document.reasons or {})["district"]) == (not place)


def test_a_development_zone_is_a_place_though_no_gazetteer_lists_it(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("淄博高新技术产业开发区2021年工作总结\n新建厂房。", encoding="utf-8")
    document = read_documents(tmp_path).documents[0]
    assert (document.district, document.year, document.place_code) == ("淄博高新技术产业开发区", 2021, "")
