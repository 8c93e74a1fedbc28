"""A codebook file is a contract: what keeps it is read, what breaks it is named."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from zhuti.errors import CodebookError
from zhuti.seeds import lint_codebook, read_codebook, render_manual, render_qdc

FLAT = """
format = 1
id = "messages"
version = "1"
title = { zh = "市民留言" }
themes = [
    { id = "城乡建设", definition = { zh = "住房、道路、市政" }, terms = ["物业", "路灯"], examples = ["路灯不亮。"] },
    { id = "卫生计生", definition = { zh = "医院、生育" }, terms = ["医院"], examples = ["医院挂号难。"] },
]
"""


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    path = tmp_path / "flat.toml"
    path.write_text(FLAT, encoding="utf-8")
    return path


def test_a_flat_codebook_has_its_themes_as_subthemes(flat: Path) -> None:
    book = read_codebook(flat)
    assert book.theme_ids == book.subtheme_ids == ("城乡建设", "卫生计生")
    assert book.policy_theme_ids == book.theme_ids
    assert book.label("卫生计生", "en") == "卫生计生"
    assert book.color("城乡建设") != book.color("卫生计生")


def test_a_deeper_codebook_is_coded_at_its_leaves(tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    path.write_text(
        FLAT.replace(
            'id = "卫生计生",', 'id = "卫生计生", subthemes = [{ id = "医疗", subthemes = [{ id = "门诊" }] }],'
        ),
        encoding="utf-8",
    )
    assert read_codebook(path).parents == {"城乡建设": "城乡建设", "门诊": "卫生计生"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format = 1", "format = 2", "format: Input should be 1"),
        ('id = "messages"', 'id = "messages"\nothr = "x"', "othr: Extra inputs are not permitted"),
        ('id = "卫生计生"', 'id = "城乡建设"', "stands twice"),
        ('version = "1"', 'version = "1"\nother = "其他"', "no theme of this codebook"),
        ('version = "1"', "version = ", "is no TOML"),
        ('version = "1"', 'version = "1"\nterms_file = "gone.csv"', "gone.csv: cannot be read"),
    ],
)
def test_a_broken_codebook_is_refused_by_name(flat: Path, old: str, new: str, words: str) -> None:
    flat.write_text(FLAT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=words) as caught:
        read_codebook(flat)
    assert str(flat.parent) in str(caught.value)


def test_a_missing_codebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"none\.toml: cannot be read"):
        read_codebook(tmp_path / "none.toml")


def test_labels_are_found_by_identifier_and_by_name() -> None:
    book = read_codebook()
    assert book.theme_of("产业发展") == book.theme_of("industry") == "industry"
    assert book.subtheme_of("livelihood/education") == book.subtheme_of("教育") == "education"
    with pytest.raises(CodebookError, match="theme '经济' is not in the codebook"):
        book.theme_of("经济")


def test_terms_come_with_codes_and_from_the_file(flat: Path) -> None:
    (flat.parent / "terms.csv").write_text("term,code,elsewhere\n产科,卫生计生,城乡建设\n", encoding="utf-8")
    flat.write_text(FLAT.replace('version = "1"', 'version = "1"\nterms_file = "terms.csv"'), encoding="utf-8")
    book = read_codebook(flat)
    assert [term.term for term in book.terms] == ["物业", "路灯", "医院", "产科"]
    assert book.terms[-1].elsewhere == ("城乡建设",)


def test_lint_names_what_a_coder_would_stumble_on(flat: Path) -> None:
    flat.write_text(FLAT.replace('"路灯"]', '"医院"]'), encoding="utf-8")
    faults = {
        fault.place: fault.text for fault in lint_codebook(read_codebook(flat), lambda texts: ["城乡建设"] * len(texts))
    }
    assert "no theme is named" in faults["other"]
    assert "stands under 卫生计生, 城乡建设" in faults["term 医院"]
    assert "leaves out" in faults["城乡建设"]
    assert "codes its example “医院挂号难。” as 城乡建设" in faults["卫生计生/卫生计生"]


def test_the_manual_names_every_code_in_both_languages() -> None:
    book = read_codebook()
    for lang in ("zh", "en"):
        for as_html in (False, True):
            manual = render_manual(book, lang=lang, as_html=as_html)
            assert all(code.label(lang).replace("’", "") in manual.replace("’", "") for code in book.codes.values())


def test_the_qda_codebook_is_well_formed_and_stable() -> None:
    book = read_codebook()
    text = render_qdc(book)
    assert text == render_qdc(book)
    space = "{urn:QDA-XML:codebook:1.0}"
    root = ElementTree.fromstring(text.encode())
    assert root.tag == f"{space}CodeBook"
    codes = list(root.iter(f"{space}Code"))
    assert len(codes) == len(book.theme_ids) + len(book.subtheme_ids)
    assert len({code.get("guid") for code in codes}) == len(codes)


def test_a_changed_copy_has_a_digest_and_terms_of_its_own() -> None:
    book = read_codebook()
    known = book.digest, len(book.terms)
    changed = book.model_copy(update={"version": "mine", "bank": book.bank[:10]})
    assert changed.digest != known[0]
    assert len(changed.terms) < known[1]
    assert (book.digest, len(book.terms)) == known
