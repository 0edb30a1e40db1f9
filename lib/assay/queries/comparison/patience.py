"""Asking a store that may hang: for so long, and no command waits for it at its end."""

from collections.abc import Callable, Hashable, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from assay.errors import AssayError

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


def in_time(
    asked: Sequence[Key], read: Callable[[Key], Answer], seconds: float, *, at_once: int = 6
) -> tuple[dict[Key, Answer], AssayError | None]:
    """What could be read in `seconds`, and the first error, after which nothing more is asked.

    The readers are daemons: Python waits for those of a pool when a process ends. Raises what nobody foresaw in them.
    """
    waiting: SimpleQueue[Key] = SimpleQueue()
    for key in asked:
        waiting.put(key)
    found: dict[Key, Answer] = {}
    errors: list[Exception] = []
    enough = Event()

    def reader() -> None:
        while not enough.is_set():
            try:
                key = waiting.get_nowait()
                found[key] = read(key)
            except Empty:
                return
            except Exception as error:  # noqa: BLE001 - raised in the asker
                errors.append(error)
                enough.set()

    most = min(at_once, len(asked)) if seconds > 0 else 0
    threads = [Thread(target=reader, name="patience", daemon=True) for _ in range(most)]
    for thread in threads:
        thread.start()
    left = seconds
    for thread in threads:
        began = monotonic()
        thread.join(max(left, 0.0))
        left -= monotonic() - began
    enough.set()
    for error in errors[:1]:
        if isinstance(error, AssayError):
            return dict(found), error
        raise error
    return dict(found), None
