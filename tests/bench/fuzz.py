"""A trial of the query language: whatever is typed, there is an answer or an error that says what to do."""

import random
import traceback
from pathlib import Path

from verdicts import QUESTIONS, Verdict

from corpus.errors import CancuError
from index.library import open_library

_PIECES = (
    *("AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG", "-", "*", "(", ")", '"', "“", "”", "«", "»", ":", "|", "^", "~", "\\"),
    *("unit:", "year:", "type:", "level:", "cites:", "issuer:", "from:", "to:", "in:title", "đơnvị:", "năm:", "loại:"),
    *(
        "2023",
        "2020-2023",
        "2023-2020",
        "99999",
        "-5",
        "year:2023",
        "level:xã",
        "dan*",
        "da*",
        "UBND",
        "120-KL/TW",
        "nghị định 59",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\n",
        "\t",
        "\u200b",
        "\u202e",
        "\ud800",
        "\uffff",
        "é",
        "e\u0301\u0301",
        "ð",
        "İ",
        "ß",
        "ﬁ",
        "𝒳",
        "😀",
        "漢",
    ),
    *("'; DROP TABLE report; --", "%s", "{}", "../", "a" * 300, "1/2/3/4", "..", "…", "—", "²", "०१"),
)


def fuzz(folder: Path, count: int, seed: int = 0) -> Verdict:
    """Ask a library `count` queries put together from pieces: only answers and errors of ours may come."""
    rng = random.Random(seed)
    faults: list[str] = []
    refused = 0
    with open_library(folder) as library:
        for _ in range(count):
            text = query(rng)
            try:
                answer = library.search(text, limit=rng.choice((0, 1, 10)), offset=rng.choice((0, 0, 5)))
                if answer.found.total < len(answer.hits):
                    faults.append(f"{text!r}: {answer.found.total} found, {len(answer.hits)} shown")
            except CancuError as error:
                refused += 1
                if not str(error).strip():
                    faults.append(f"{text!r}: an error without a word")
            except Exception:  # noqa: BLE001 - it is what the trial looks for
                faults.append(f"{text!r}: {traceback.format_exc().strip().splitlines()[-1]}")
    done = f"{count} queries, {count - refused} answered, {refused} refused with a reason"
    return Verdict(trial="fuzzed queries", done=done, faults=tuple(faults))


def query(rng: random.Random) -> str:
    """Some pieces of query syntax, words and odd characters, with blanks between them or without."""
    pieces = [rng.choice(_PIECES) if rng.random() < 0.6 else _words(rng) for _ in range(rng.randint(1, 7))]
    return "".join(piece + rng.choice((" ", " ", "")) for piece in pieces)


def _words(rng: random.Random) -> str:
    words = rng.choice(QUESTIONS)
    if rng.random() < 0.2:
        return "".join(chr(rng.randrange(1, 0x3000)) for _ in range(rng.randint(1, 6)))
    return rng.choice((words, words.upper(), words[: rng.randint(1, len(words))], f'"{words}"', words + "*"))
