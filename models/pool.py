"""Code many files on all processors, part by part, so that a run that was stopped goes on where it stopped."""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache, partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from zhuti.errors import ZhutiError
from zhuti.features import Corpus, Failure, TableRange, read_range
from zhuti.files import digest
from zhuti.models.cluster import check_scheduler
from zhuti.models.coding import classify_batch, classify_rows
from zhuti.models.parts import PartsFolder
from zhuti.models.shards import Shard, cut_shards, read_shard
from zhuti.models.shipped import default_key, default_model
from zhuti.models.storage import load_model
from zhuti.models.training import TrainedModel

Engine = Literal["local", "dask"]
# Rows of a table that are coded at once.
_BATCH = 2_000
# Columns of whole numbers; all others that are read from documents are texts.
_WHOLE = ("year", "position", "start", "end", "characters")
# A pool whose worker was killed is begun anew so many times.
_TRIES = 5


@dataclass(frozen=True)
class CodedFiles:
    """What `classify_files` did.

    Attributes
    ----------
    folder : Path
    parts, coded : int
        Parts in the folder, and those of them that this run coded.
    sentences, documents : int
        Rows that this run coded, and documents that it split.
    failures : tuple of str
        Files that could not be read, in this run or an earlier one, and why.
    """

    folder: Path
    parts: int
    coded: int
    sentences: int
    documents: int
    failures: tuple[str, ...] = field(default=())


def classify_files(
    *paths: Path | str,
    out: Path | str,
    model: Path | str | None = None,
    workers: int = 1,
    engine: Engine = "local",
    scheduler: str | None = None,
    plain_tcp: bool = False,
    unit: str = "sentence",
    overwrite: bool = False,
    progress: bool = False,
    **reading: Any,
) -> CodedFiles:
    """Read, split and code files into a folder of Parquet parts; memory stays that of a shard a worker.

    Parameters
    ----------
    *paths : path or str
        Files, folders and patterns, as `read_documents` takes them. A file is read whole; but where all are tables,
        their rows are coded as they are, some thousand at a time, with all their columns, and rows of one
        `document` in context.
    out : path or str
        The folder: `part-000000.parquet` and so on hold coded sentences, `documents/` a row a document,
        `manifest.json` what they were made with. The same call goes on where an earlier one was stopped.
    model : path or str, optional
        A file of `save_model`; by default the default model.
    workers : int
        Processes.
    engine : {'local', 'dask'}
    scheduler : str, optional
        Address of a running Dask scheduler, such as `tls://head:8786`; its workers take the place of `workers`.
    plain_tcp : bool
        Take a scheduler on another machine though its address is plain tcp, which knows no passwords: whoever
        reaches its port can run code as its user.
    unit : {'sentence', 'clause', 'paragraph'}
    overwrite : bool
        Delete the parts in `out` that were made with other files, another model or other options.
    progress : bool
        Show rate and time left on stderr.
    **reading
        district, metadata, encoding, max_megabytes: as for `read_documents`.

    Returns
    -------
    CodedFiles

    Raises
    ------
    ReadError
        When there is no file, or none of the tables can be coded.
    ZhutiError
        When `out` was begun with other files, another model or other options, workers die again and again, or
        the scheduler is refused.
    """
    if workers < 1:
        raise ZhutiError(f"workers must be 1 or more, not {workers}")
    if scheduler is not None:
        check_scheduler(scheduler, engine, plain_tcp=plain_tcp)
    shards = cut_shards(*paths, leave_out=Path(out))
    named = str(Path(model).resolve()) if model else ""
    coder = _coder(named)  # trains the default model once, before workers look for it
    asked = {name: str(value) for name, value in sorted(reading.items()) if value is not None}
    known = {"model": digest(Path(model)) if model else default_key(), "themes": list(coder.codebook.theme_ids)}
    settings = {**known, "unit": unit, "options": asked}
    folder = PartsFolder.open(Path(out), shards, settings, coder, overwrite=overwrite)
    work = partial(_code_shard, folder=folder.path, model=named, unit=unit, reading=dict(reading))
    waiting = folder.unfinished()
    sentences, documents = 0, 0
    for done in _watched(_run(work, folder, workers, engine, scheduler), waiting, progress):
        sentences += done["sentences"]
        documents += done["documents"]
    return CodedFiles(folder.path, len(shards), len(waiting), sentences, documents, folder.failures())


def _run(
    work: Callable[[Shard], dict[str, Any]], folder: PartsFolder, workers: int, engine: Engine, scheduler: str | None
) -> Iterator[dict[str, Any]]:
    waiting = folder.unfinished()
    if engine == "dask":
        from zhuti.models.cluster import run_on_dask

        yield from run_on_dask(work, waiting, workers=workers, scheduler=scheduler)
    elif workers == 1 or len(waiting) < 2:
        yield from map(work, waiting)
    else:
        yield from _run_in_pool(work, folder, workers)


def _run_in_pool(
    work: Callable[[Shard], dict[str, Any]], folder: PartsFolder, workers: int
) -> Iterator[dict[str, Any]]:
    for _ in range(_TRIES):
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_be_quiet)
        try:
            broken = False
            for future in as_completed([pool.submit(work, shard) for shard in folder.unfinished()]):
                if isinstance(future.exception(), BrokenProcessPool):
                    broken = True  # others may have ended well before
                else:
                    yield future.result()
            if not broken:
                return
        finally:
            # Shards in work end, those that wait are taken back: without waiting here they would all be coded.
            pool.shutdown(wait=True, cancel_futures=True)
    raise ZhutiError(f"workers were killed {_TRIES} times, as for want of memory; use fewer with --workers")


def _be_quiet() -> None:
    # Ctrl-C is for the parent, which lets workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker whose parent was killed would wait for work for ever.
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


@lru_cache(maxsize=1)
def _coder(model: str) -> TrainedModel:
    return load_model(Path(model)) if model else default_model()


def _code_shard(shard: Shard, *, folder: Path, model: str, unit: Any, reading: Mapping[str, Any]) -> dict[str, Any]:
    """Read and code one shard and write its part."""
    coder = _coder(model)
    coded, corpus = _code_rows(shard, shard.rows, coder) if shard.rows else _code_files(shard, coder, unit, reading)
    table = corpus.table()
    documents = pa.Table.from_pandas(table, schema=_schema(table), preserve_index=False)
    PartsFolder(folder, ()).write(shard.name, coded, documents)
    return {
        "size": shard.size,
        "sentences": coded.num_rows,
        "documents": len(corpus),
    }


def _code_files(shard: Shard, coder: TrainedModel, unit: Any, reading: Mapping[str, Any]) -> tuple[pa.Table, Corpus]:
    corpus = read_shard(shard, **reading)
    sentences = corpus.sentences(unit=unit)
    batch = pa.Table.from_pandas(sentences, schema=_schema(sentences), preserve_index=False)
    return classify_batch(batch, coder), corpus


def _code_rows(shard: Shard, rows: TableRange, coder: TrainedModel) -> tuple[pa.Table, Corpus]:
    """Code rows of a table as they are; where they cannot be read, that is told, and the part has no rows."""
    failures = [Failure(Path(path), error) for path, error in shard.failures]
    try:
        batches = [classify_rows(batch, coder) for batch in read_range(rows, _BATCH)]
    except (ZhutiError, OSError, ValueError, pa.ArrowException) as error:
        reason = " ".join(str(error).removeprefix(rows.path).lstrip(": ").split())
        failures.append(Failure(Path(rows.path), f"{rows.path}: from {rows.start} to {rows.stop}: {reason}"))
        batches = []
    return pa.concat_tables(batches or [classify_rows(rows.schema.empty_table(), coder)]), Corpus((), tuple(failures))


def _schema(table: Any) -> pa.Schema:
    # A shard without a year would have a column without a type, and parts must be of one schema.
    return pa.schema([(name, pa.int64() if name in _WHOLE else pa.string()) for name in table.columns])


def _watched(results: Iterator[dict[str, Any]], shards: Sequence[Shard], progress: bool) -> Iterator[dict[str, Any]]:
    from tqdm import tqdm

    total = sum(shard.size for shard in shards)
    coded = 0
    with tqdm(total=total, desc="coding", unit="B", unit_scale=True, disable=not progress, leave=False) as bar:
        for done in results:
            coded += done["sentences"]
            bar.update(done["size"])
            seconds = bar.format_dict["elapsed"] or 1.0
            bar.set_postfix_str(f"{coded:,} sentences, {coded / seconds:,.0f}/s")
            yield done
