"""Many files are read one by one, with ids of their own, a bar that knows its total, and metadata that is checked."""

import gc
import weakref
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from zhuti.features import check_metadata, list_files, read_batches, read_documents, read_sentences


def write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_no_more_than_one_file_is_held(tmp_path: Path) -> None:
    write(tmp_path, {f"{number:02d}.txt": f"新建小学{number}所。" for number in range(20)})
    seen: list[Any] = []
    for batch in read_batches(list_files(tmp_path)):
        seen += [weakref.ref(document) for document in batch]
        gc.collect()
        assert sum(ref() is not None for ref in seen) == 1
    assert len(seen) == 20


def test_a_batch_is_a_file_or_an_archive_with_what_failed(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "修路。", "b.txt": "", "d.jsonl": '{"text": "植树。"}\n{"text": "治水。"}\n'})
    with ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("x.txt", "架桥。")
        archive.writestr("y.docx", b"PK\x03\x04no")
    batches = list(read_batches(list_files(tmp_path)))
    assert [len(batch) for batch in batches] == [1, 0, 1, 2]
    assert [len(batch.failures) for batch in batches] == [0, 1, 1, 0]
    assert [document.id for document in read_documents(tmp_path)] == [document.id for b in batches for document in b]


def test_ids_are_such_as_no_other_document_has(tmp_path: Path) -> None:
    write(
        tmp_path, {"北/报告.txt": "修路。", "南/报告.txt": "架桥。", "南/报告.md": "植树。", "南/报告~2.txt": "治水。"}
    )
    for name in ("甲.zip", "乙.zip"):
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("总结.txt", "建校。")
            archive.writestr("报告.txt", "引资。")
    for name in ("丙.csv", "丁.csv"):
        (tmp_path / name).write_text("document,text\n总结,甲。\n总结,乙。\n报告,丙。\n", encoding="utf-8")
    ids = [document.id for document in read_documents(tmp_path)]
    assert len(set(ids)) == len(ids) == 12
    assert {"北/报告", "南/报告", "南/报告~2"} <= set(ids)
    rows = read_sentences(tmp_path).sentences
    assert rows["sentence_id"].is_unique
    assert sorted(set(rows["document"])) == sorted(ids)


def test_the_table_of_sentences_is_that_of_the_corpus(tmp_path: Path) -> None:
    write(tmp_path, {"泉坪县2020.txt": "泉坪县2020年工作总结\n修路3条；架桥2座。", "坏.txt": "", "b.txt": "植树。"})
    read, corpus = read_sentences(tmp_path, unit="clause"), read_documents(tmp_path)
    assert read.sentences.equals(corpus.sentences("clause"))
    assert read.documents.equals(corpus.table())
    assert (read.paths, read.failures) == (tuple(d.path for d in corpus), corpus.failures)


def test_sentences_of_nothing_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": ""})
    with pytest.raises(ValueError, match=r"a\.txt: the file is empty"):
        read_sentences(tmp_path)


def test_the_bar_knows_its_total_before_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tqdm

    bars: list[dict[str, Any]] = []

    class Bar(tqdm.tqdm):  # type: ignore[type-arg]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **{**options, "disable": True})
            bars.append(options | {"done": 0})

        def update(self, n: float | None = 1) -> None:
            bars[-1]["done"] += n

    monkeypatch.setattr(tqdm, "tqdm", Bar)
    write(tmp_path, {"a.txt": "a" * 100, "b.txt": "", "c.txt": "植树。" * 10})
    list(read_batches(list_files(tmp_path), progress="读取"))
    list(read_batches(list_files(tmp_path), progress=True))
    list(read_batches(list_files(tmp_path)))
    assert [(bar["desc"], bar["total"], bar["done"]) for bar in bars] == [
        ("读取", 190, 190),
        ("reading", 190, 190),
        ("reading", 190, 190),
    ]
    assert [bar["disable"] for bar in bars] == [None, None, True]


def test_rows_of_metadata_that_name_no_file_are_told_with_what_they_may_mean(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "泉坪县报告.txt": "修路。",
            "空.txt": "",
            "metadata.csv": "file,year\n泉坪县报告.docx,2020\n泉坪县-报告.txt,2021\n空.txt,2022\n无关.pdf,2020\n"
            ",2019\n",
        },
    )
    corpus = read_documents(tmp_path)
    assert [warning.error for warning in corpus.warnings] == [
        f"{tmp_path / 'metadata.csv'}: 4 of its 5 rows name no file that was read: a row without a name, "
        "无关.pdf, 泉坪县-报告.txt (did you mean 泉坪县报告.txt?), 泉坪县报告.docx (did you mean 泉坪县报告.txt?)"
    ]
    assert corpus.documents[0].year is None


def test_many_rows_that_name_no_file_are_one_line(tmp_path: Path) -> None:
    rows = "".join(f"第{number}号文.txt,2020\n" for number in range(300))
    write(tmp_path, {"x.txt": "修路。", "m.csv": f"file,year\nx.txt,2020\n{rows}"})
    (warning,) = read_documents(tmp_path / "x.txt", metadata=tmp_path / "m.csv").warnings
    assert "300 of its 301 rows name no file that was read: " in warning.error
    assert warning.error.endswith(" and 295 more")


@pytest.mark.parametrize(
    "named", ["报告.txt", "报告", "北/报告.txt", "./北/报告.txt", r"北\报告.txt", " 北/报告.txt ", "北/报告"]
)
def test_rows_that_name_a_file_in_any_way_are_used(tmp_path: Path, named: str) -> None:
    write(tmp_path, {"北/报告.txt": "修路。", "metadata.csv": f"file,year\n{named},2020\n"})
    corpus = read_documents(tmp_path)
    assert (corpus.documents[0].year, corpus.warnings) == (2020, ())


def test_a_file_named_twice_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "修路。", "metadata.csv": "file,year\na.txt,2020\na.txt,2021\n"})
    corpus = read_documents(tmp_path)
    assert corpus.documents[0].year == 2021
    assert corpus.warnings[0].error.endswith("metadata.csv: names a.txt twice; the last row counts")


def test_metadata_of_an_archive_is_checked_too(tmp_path: Path) -> None:
    for name, table in (("a.zip", "file,year\nx.txt,2020\nz.txt,2021\n"), ("b.zip", "name,year\nx.txt,2020\n")):
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("metadata.csv", table)
            archive.writestr("x.txt", "修路。")
    corpus = read_documents(tmp_path)
    assert [document.year for document in corpus] == [2020, None]
    assert "1 of its 2 rows name no file that was read: z.txt" in corpus.warnings[0].error
    assert "lacks the column file; it has name, year" in corpus.failures[0].error


def test_metadata_can_be_checked_against_names_alone(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.txt": "修路。", "metadata.csv": "file,year\na/x.txt,2020\nx,2020\ny.txt,2020\n"})
    (warning,) = check_metadata(list_files(tmp_path), None, ["x", "a/x.txt"])
    assert "1 of its 3 rows name no file that was read: y.txt" in warning.error
    assert check_metadata(list_files(tmp_path), None, ["x", "a/x.txt", "b/y.txt"]) == ()
