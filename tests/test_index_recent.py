"""What was asked for lately is not made again; what was asked for long ago is let go."""

import weakref
from concurrent.futures import ThreadPoolExecutor

from index.recent import Recent


class Value:
    """Something of which a weak reference can be had."""


def test_a_value_is_made_once_while_it_is_among_the_last() -> None:
    made: list[int] = []
    recent: Recent[int, int] = Recent(2)

    def make(key: int) -> int:
        made.append(key)
        return -key

    assert [recent.get(key, make) for key in (1, 2, 1, 3, 1, 2)] == [-1, -2, -1, -3, -1, -2]
    assert made == [1, 2, 3, 2], "2 was the oldest when 3 came"


def test_what_it_held_is_freed_with_it() -> None:
    recent: Recent[int, Value] = Recent(2)
    held = weakref.ref(recent.get(1, lambda _: Value()))
    assert held() is not None
    del recent
    assert held() is None


def test_several_threads_may_ask() -> None:
    recent: Recent[int, int] = Recent(3)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: recent.get(n % 5, lambda key: key * key), range(2000)))
    assert found == [(n % 5) ** 2 for n in range(2000)]
