"""Code shards on Dask: a cluster of its own on this machine, or the scheduler of one that runs already."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from zhuti.errors import ZhutiError
from zhuti.models.shards import Shard

# A shard whose worker dies is given to another one so many times.
_RETRIES = 5


def run_on_dask(
    work: Callable[[Shard], Any], shards: Sequence[Shard], *, workers: int, scheduler: str | None = None
) -> Iterator[Any]:
    """Yield what `work` makes of each shard, as it comes.

    Parameters
    ----------
    work : callable
        Module-level, so that it can be sent; it gets paths, not data, and writes its result itself.
    shards : sequence of Shard
    workers : int
        Processes of a cluster on this machine, one thread each, on the loopback address.
    scheduler : str, optional
        Address of a running scheduler, such as `tls://host:8786`; its workers must see the same files.

    Raises
    ------
    ZhutiError
        When Dask is not installed.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise ZhutiError("the engine dask needs the extra cluster: pip install 'zhuti[cluster]'") from error
    library: Any = distributed  # it has no type hints
    with dask.config.set({"distributed.scheduler.allowed-failures": _RETRIES}):
        cluster = (
            None
            if scheduler
            else library.LocalCluster(n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None)
        )
        try:
            with library.Client(scheduler or cluster) as client:
                futures = client.map(work, shards, pure=False, retries=_RETRIES)
                for future in library.as_completed(futures):
                    yield future.result()
        finally:
            if cluster is not None:
                cluster.close()
