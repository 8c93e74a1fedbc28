"""Code shards on Dask: a cluster of its own on this machine, or the scheduler of one that runs already."""

from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from zhuti.errors import ZhutiError
from zhuti.models.shards import Shard

# Schemes of addresses over which both sides prove who they are.
_PROVEN = ("tls", "wss", "inproc")
# A shard whose worker dies is given to another one so many times.
_RETRIES = 5


def check_scheduler(address: str, engine: str, *, plain_tcp: bool = False) -> None:
    """Refuse an address that would not be used, or over which anyone could send code.

    Parameters
    ----------
    address : str
        Such as `tls://head:8786`; without a scheme it is plain tcp.
    engine : str
    plain_tcp : bool
        The user says that the network is one to trust.

    Raises
    ------
    ZhutiError
    """
    if engine != "dask":
        raise ZhutiError(
            f"the scheduler {address} needs the engine dask (--engine dask); "
            f"the engine {engine} runs on this machine alone"
        )
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme in _PROVEN or _is_loopback(parts.hostname or "") or plain_tcp:
        return
    raise ZhutiError(
        f"the scheduler {address}: Dask's plain {parts.scheme} knows no passwords and no encryption, so that whoever "
        "reaches its port can run code as you; use tls://, or a tunnel to the loopback address "
        "(ssh -L 8786:localhost:8786 HOST), or say --plain-tcp where the network is yours alone"
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


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
