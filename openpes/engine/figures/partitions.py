"""One seam: a kernel over parts, merged. On the threads of this machine or on a cluster, and no kernel knows which."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import reduce
from itertools import islice
from typing import Any, Protocol, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

LOCAL_WORKERS = 2
PATIENCE = 60  # seconds in which a cluster must show a worker
RETRIES = 3  # of a part whose worker was lost


class ClusterRefused(RuntimeError):
    """The cluster cannot be used; says why and what to do."""


class Engine(Protocol):
    """Where parts are counted."""

    def map_partitions(
        self, kernel: Callable[[Part], Result], parts: Iterable[Part], merge: Callable[[Result, Result], Result]
    ) -> Result:
        """The kernel of every part, merged in the order of the parts.

        :raises ValueError: there are no parts
        """


class Threads:
    """The threads of this process; kernels let go of the interpreter's lock while they count."""

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or len(os.sched_getaffinity(0))

    def map_partitions(
        self, kernel: Callable[[Part], Result], parts: Iterable[Part], merge: Callable[[Result, Result], Result]
    ) -> Result:
        """As `Engine` says; no more parts are taken than can be counted soon, so that they need not all be held."""
        with ThreadPoolExecutor(self.threads) as pool:
            return _merged(self._results(pool, kernel, iter(parts)), merge)

    def _results(self, pool: ThreadPoolExecutor, kernel: Callable[[Part], Result], parts: Iterator[Part]) -> Any:
        waiting: list[Future] = [pool.submit(kernel, part) for part in islice(parts, 2 * self.threads)]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(kernel, part) for part in islice(parts, 1)]


class Cluster:
    """The workers of a Dask cluster, by a client of it; a part whose worker is lost is counted by another."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def map_partitions(
        self, kernel: Callable[[Part], Result], parts: Iterable[Part], merge: Callable[[Result, Result], Result]
    ) -> Result:
        """As `Engine` says; each worker reads its parts itself where they are names of files.

        :raises ClusterRefused: one part was lost with worker after worker
        """
        futures = self.client.map(kernel, list(parts), pure=False, retries=RETRIES)
        try:
            return _merged((future.result() for future in futures), merge)
        except _distributed().KilledWorker as lost:
            raise ClusterRefused(
                f"A part was lost with {RETRIES + 1} workers one after the other ({lost.task}); they may lack memory. "
                "Give each more, or start fewer on a machine. · 同一分区多次中断，请检查工作进程内存。"
            ) from None


def _merged(results: Iterable[Result], merge: Callable[[Result, Result], Result]) -> Result:
    found = iter(results)
    try:
        first = next(found)
    except StopIteration:
        raise ValueError("There are no parts to count.") from None
    return reduce(merge, found, first)


@contextmanager
def engine_at(address: str = "") -> Iterator[Engine]:
    """Where to count: the threads of this process, `local` for processes of this machine, or the address of one.

    :raises ClusterRefused: the extra `cluster` is not installed, or nobody answers at the address
    """
    if not address:
        yield Threads()
        return
    distributed = _distributed()
    if address == "local":
        with distributed.LocalCluster(
            n_workers=LOCAL_WORKERS, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster, distributed.Client(cluster) as client:
            yield Cluster(client)
        return
    with _client(distributed, address) as client:
        yield Cluster(client)


def _client(distributed: Any, address: str) -> Any:
    try:
        client = distributed.Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as wrong:
        raise ClusterRefused(
            f"No scheduler answers at {address} ({wrong}). Start one there with `dask scheduler`. · 调度器无应答。"
        ) from None
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close()
        raise ClusterRefused(
            f"The scheduler at {address} has no worker. Start one with `dask worker {address}`. · 没有工作进程。"
        ) from None
    return client


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise ClusterRefused(
            "A cluster needs the extra `openpes[cluster]`: install it here and on every worker. · 请安装。"
        ) from None
    return distributed


__all__ = ["Cluster", "ClusterRefused", "Engine", "Threads", "engine_at"]
