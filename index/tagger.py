"""Which tokens are one word: underthesea's model for word segmentation, read from the files of its package.

underthesea makes 43 strings for each token and looks each of them up; here what a token, a pair and a triple of
tokens say is added up once and kept.  It is the same model with the same answers, ten times as fast, and spares the
0.4 s of `import underthesea`, which brings a web client and an agent.  The files: a CRFsuite model
(http://www.chokkan.org/software/crfsuite/) with the labels B-W and I-W, and a pickled set of words.
"""

import pickle
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from operator import add, sub
from pathlib import Path

from corpus.errors import TableError

_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
_HEADER, _CHUNK, _WEIGHT = struct.Struct("<4sI4sIIIIIIIII"), struct.Struct("<4sII"), struct.Struct("<12xd")
_ATTRIBUTE = re.compile(r"(T\[[-\d,]+\])(\.\w+)?=([^\0]*)\0")

# The tokens underthesea cuts a text into, and its model was trained on; each alternative goes before those below it.
# Left out is what no clause holds (":" ends one) and what goes over white space.
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LETTER = f"[{_UPPER}{_UPPER.lower()}]"
_TOKEN = re.compile(
    rf"""=>|==>|->|\.{{2,}}|-{{2,}}|>>|\d+x\d+|v\.v(?:\.\.\.|\.)?|°[CF]
    |[A-ZĐ]+&[A-ZĐ]+|T\.Ư|[{_UPPER}]+(?:\.{_LETTER}+)+\.?|{_LETTER}+['’]{_LETTER}+
    |[A-ZĐ]+\.|(?:Tp|Mrs?|Ms|Dr|ThS)\.|Th\.[Ss]|e-mail|\d+[A-Z]+\d*-\d+|NĐ-CP
    # addresses
    |[a-z0-9.-]+\.[a-z]{{2,13}}/[^\s()<>{{}}\[\]]+[^\s`!()\[\]{{}};:'".,<>?«»“”‘’]
    |(?<!@)[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{{2,13}}\b/?(?!@)
    |[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+
    # telephone numbers, dates, numbers
    |\d{{2,}}-\d{{3,}}-\d{{3,}}|\d{{1,2}}/\d{{1,2}}/\d+|\d{{1,2}}/\d{{1,4}}|\d{{1,2}}-\d{{1,2}}-\d+|\d{{1,2}}-\d{{1,4}}
    |\d{{1,2}}\.\d{{1,2}}\.\d+|\d{{4}}/\d{{1,2}}/\d{{1,2}}|\d{{2}}:\d{{2}}:\d{{2}}|\d+[A-Z]+\d*
    |\d+(?:\.\d+)+,\d+|\d+(?:\.\d+)+|\d+(?:,\d+)+|\d+(?:[.,_]\d+)?
    |ʺ|\b\w+-[\w+-]*\w+|\w+|:+|[^\w\s]""",
    re.VERBOSE,
)
# What is longer is no token; to look for an address in it would take a time that grows with its square.
_LONGEST, _PLAIN = 200, re.compile(r"\w+|[^\w\s]")

# Where one, two and three tokens may stand, seen from the token of which they say something.
_PLACES = (
    ("T[-2]", "T[-1]", "T[0]", "T[1]", "T[2]"),
    ("T[-2,-1]", "T[-1,0]", "T[0,1]", "T[1,2]"),
    ("T[-2,0]", "T[-1,1]", "T[0,2]"),
)
_FLAGS = (".isdigit", ".istitle", ".is_in_dict")
# What stands for tokens of which one lies before the first or after the last.
_BEFORE, _AFTER = "BOS", "EOS"

# What tokens say in each of their places: what speaks for "inside a word" less what speaks against it.
Scores = tuple[float, ...]
_Table = dict[str, list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """`tables[n][function]`: what n + 1 tokens say, by the value of the function.

    `transitions`: from new to new, new to inside, inside to new, inside to inside.
    """

    tables: tuple[dict[str, _Table], ...]
    transitions: Scores
    words: set[str]


def package_file(name: str) -> Path:
    """A file of the package underthesea, without importing it."""
    spec = find_spec("underthesea")
    if spec is None or not spec.submodule_search_locations:
        raise TableError("underthesea is not installed", "install the project anew")
    return Path(spec.submodule_search_locations[0], *name.split("/"))


def tokens(chunk: str) -> list[str]:
    """A part of a clause that holds no white space, cut as the model knows it; nothing is left out."""
    return (_TOKEN if len(chunk) <= _LONGEST else _PLAIN).findall(chunk)


def inside(tokens: Sequence[str]) -> list[bool]:
    """Does each token go on with the word of the token before it?

    The best sequence of labels of a conditional random field (Viterbi).  With two labels a path is told by how much
    better it is to end inside a word than to end with a new one.
    """
    new_new, new_inside, inside_new, inside_inside = _model().transitions
    leads: list[float] = []
    for score in _scores(tokens):
        if leads:
            lead = leads[-1]
            score += max(lead + inside_inside, new_inside) - max(lead + inside_new, new_new)  # noqa: PLW2901
        leads.append(score)
    found, label, least = [], False, 0.0
    for lead in reversed(leads):
        label = lead > least
        found.append(label)
        least = new_inside - inside_inside if label else new_new - inside_new
    return found[::-1]


def _scores(tokens: Sequence[str]) -> list[float]:
    """For each token, what it and the tokens around it say in sum."""
    (one_before, one_after), (two_before, two_after), (three_before, three_after) = _edges()
    pairs = [f"{left} {right}" for left, right in pairwise(tokens)]
    triples = [f"{pair} {right}" for pair, right in zip(pairs, tokens[2:], strict=False)]
    one = [one_before, one_before, *map(_one, tokens), one_after, one_after]
    two = [two_before, two_before, *map(_two, pairs), two_after, two_after]
    three = [three_before, three_before, *map(_three, triples), three_after, three_after]
    return [
        a[0] + b[1] + c[2] + d[3] + e[4] + f[0] + g[1] + h[2] + i[3] + j[0] + k[1] + m[2]
        for a, b, c, d, e, f, g, h, i, j, k, m in zip(
            *(one, one[1:], one[2:], one[3:], one[4:]),
            *(two, two[1:], two[2:], two[3:]),
            *(three, three[1:], three[2:]),
            strict=False,
        )
    ]


@lru_cache(maxsize=1 << 15)
def _one(token: str) -> Scores:
    return _said(0, token)


@lru_cache(maxsize=1 << 16)
def _two(tokens: str) -> Scores:
    return _said(1, tokens)


@lru_cache(maxsize=1 << 16)
def _three(tokens: str) -> Scores:
    return _said(2, tokens)


def _said(more: int, tokens: str) -> Scores:
    """What a token with `more` tokens behind it, parted by blanks, says of the tokens around it."""
    model, lower = _model(), tokens.lower()
    digit = tokens.isascii() and tokens.isdigit()
    title = all(token[0] == token[0].upper() for token in tokens.split(" "))
    said = _flagged(more, (str(digit), str(title), str(lower in model.words)))
    for function, value in (("", tokens), (".lower", lower)):
        scores = model.tables[more][function].get(value)
        if scores is not None:
            said = tuple(map(add, said, scores))
    return said


@cache
def _flagged(more: int, values: tuple[str, ...], functions: tuple[str, ...] = _FLAGS) -> Scores:
    tables, none = _model().tables[more], [0.0] * len(_PLACES[more])
    return tuple(map(sum, zip(*(tables[f].get(v, none) for f, v in zip(functions, values, strict=True)), strict=True)))


@cache
def _edges() -> list[tuple[Scores, Scores]]:
    """What the tokens before the first and after the last say: one, two and three of them."""
    functions = ("", ".lower", *_FLAGS)
    return [
        (_flagged(more, (_BEFORE,) * 5, functions), _flagged(more, (_AFTER,) * 5, functions))
        for more in range(len(_PLACES))
    ]


@cache
def _model() -> _Model:
    data = package_file(f"{_MODEL}/models.bin").read_bytes()
    magic, _, kind, _, _, labels, attributes, features, _, names, after, _ = _HEADER.unpack_from(data)
    found = _ATTRIBUTE.findall(data[names:after].decode("utf-8", "ignore"))
    # Each attribute has a weight for either label, in order; the transitions come last.
    _, _, count = _CHUNK.unpack_from(data, features)
    known = (magic, kind, labels, count, len(found)) == (b"lCRF", b"FOMC", 2, 2 * attributes + 4, attributes)
    if not known:
        raise TableError(f"{_MODEL}: not the model this version reads", "install underthesea 9.5")
    start = features + _CHUNK.size
    weights = [weight for (weight,) in _WEIGHT.iter_unpack(data[start : start + count * _WEIGHT.size])]
    tables = tuple({function: _Table() for function in ("", ".lower", *_FLAGS)} for _ in _PLACES)
    places = {place: (more, at) for more, of_more in enumerate(_PLACES) for at, place in enumerate(of_more)}
    for (place, function, value), weight in zip(found, map(sub, weights[1:-4:2], weights[:-4:2]), strict=True):
        more, at = places[place]
        tables[more][function].setdefault(value, [0.0] * len(_PLACES[more]))[at] = weight
    words = pickle.loads(package_file(f"{_MODEL}/dictionary.bin").read_bytes())  # noqa: S301 - a file of the package
    return _Model(tables=tables, transitions=tuple(weights[-4:]), words=words)
