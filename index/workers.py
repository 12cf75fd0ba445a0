"""Work spread over processes: a sliding window of it is under way, so that memory stays bounded."""

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks under way for each process: one that it works on, the others so that it never waits for the parent.
_AHEAD = 4


class DiedError(Exception):
    """The process that worked on a task has ended: killed, or out of memory."""


def cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Generic[Task, Result]):
    """`jobs` processes, started when they are first needed, that call `function(task, *shared)` for each task.

    They are started anew, not forked, so that they are the same on all systems.
    """

    def __init__(self, function: Callable[..., Result], *shared: Any, jobs: int) -> None:
        self._function, self._shared, self._jobs = function, shared, jobs

    def results(self, tasks: Iterable[Task]) -> Generator[tuple[Task, Result | DiedError], None, None]:
        """Each task with its result, in the order in which they are done.

        Where a process dies, what was under way is done again, each task alone: DiedError is the result of that which
        kills its process again.
        """
        remaining = iter(tasks)
        while lost := (yield from self._until_broken(remaining, self._jobs)):
            for task in lost:
                if (yield from self._until_broken(iter([task]), 1)):
                    yield task, DiedError()

    def _until_broken(
        self, tasks: Iterator[Task], jobs: int
    ) -> Generator[tuple[Task, Result | DiedError], None, list[Task]]:
        """Work until all is done, or a process has died; returns the tasks that were under way then."""
        under_way: dict[Future[Result], Task] = {}
        with _pool(jobs, self._function, self._shared) as pool:
            lost: list[Task] = []
            while True:
                for task in islice(tasks, 0 if lost else jobs * _AHEAD - len(under_way)):
                    try:
                        with _interrupts_held():
                            under_way[pool.submit(_call, task)] = task
                    except BrokenProcessPool:
                        lost.append(task)
                        break
                if not under_way:
                    return lost
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    task = under_way.pop(future)
                    try:
                        result = future.result()
                    except BrokenProcessPool:
                        lost.append(task)
                    else:
                        yield task, result


@contextmanager
def _pool(jobs: int, function: Callable[..., Any], shared: tuple[Any, ...]) -> Iterator[ProcessPoolExecutor]:
    before = set(active_children())
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (function, shared))
    try:
        yield pool
        pool.shutdown()
    finally:  # also where the work was given up: nobody waits for a long file then
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(active_children()) - before:
            child.terminate()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that is started inside does not hear Ctrl-C, not even while it starts: the parent ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


_work: tuple[Callable[..., Any], tuple[Any, ...]]


def _begin(function: Callable[..., Any], shared: tuple[Any, ...]) -> None:
    """In a new process: keep what all tasks need, leave Ctrl-C to the parent, and never outlive it."""
    global _work  # noqa: PLW0603 — the only way to hand a process something once
    _work = function, shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # it was killed, and nobody is left to say so


def _call(task: Any) -> Any:
    function, shared = _work
    return function(task, *shared)
