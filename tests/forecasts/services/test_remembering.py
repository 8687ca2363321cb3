"""What is remembered: once for all who ask at the same time, and nothing where nothing can be."""

from __future__ import annotations

import threading

from forecasts.services import remembering


def test_of_many_who_ask_at_once_one_counts():
    counted, go_on, began = [], threading.Event(), threading.Event()

    def count():
        began.set()
        counted.append(1)
        assert go_on.wait(10)
        return {"n": 7}

    found = []

    def ask():
        found.append(remembering.remembered("stampede", count, is_large=lambda _: True))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    threads[0].start()
    assert began.wait(10)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert (len(counted), found) == (1, [{"n": 7}] * 5)


def test_who_finds_nothing_while_another_ends_counting_does_not_count_again(monkeypatch):
    """Between the look and the turn to count, what was looked for came in."""
    monkeypatch.setattr(remembering, "cache", EndsBetween({"records-late": 5}))
    assert remembering.remembered("late", lambda: 6, is_large=lambda _: True) == 5


class EndsBetween:
    """A cache in which the first look finds nothing yet."""

    def __init__(self, values):
        self.values, self.looks = values, 0

    def get(self, name):
        self.looks += 1
        return self.values.get(name) if self.looks > 1 else None

    def add(self, name, *_):
        return self.values.setdefault(name, 1) == 1

    def delete(self, name):
        del self.values[name]


def test_who_waited_in_vain_counts_too(monkeypatch):
    monkeypatch.setattr(remembering, "PATIENCE", 1)
    remembering.cache.set("records-gone-counting", 1, 60)
    assert remembering.remembered("gone", lambda: 3, is_large=lambda _: True) == 3


def test_what_is_small_or_has_no_name_is_counted_each_time():
    numbers = iter(range(10))
    for name, large in (("small", False), ("", True)):
        first = remembering.remembered(name, lambda: next(numbers), is_large=lambda _, large=large: large)
        assert remembering.remembered(name, lambda: next(numbers), is_large=lambda _: False) == first + 1


def test_what_is_forgotten_is_counted_again():
    numbers = iter(range(1, 10))
    for _ in range(2):
        assert remembering.remembered("forgotten", lambda: next(numbers), is_large=lambda _: True) == 1
    remembering.forget("forgotten")
    assert remembering.remembered("forgotten", lambda: next(numbers), is_large=lambda _: True) == 2
