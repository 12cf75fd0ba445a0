"""Which tokens are one word: underthesea's model for word segmentation, read from the files of its package.

underthesea makes 43 strings for each token and looks each of them up; here what a token, a pair and a triple of
tokens say is added up once and kept.  It is the same model with the same answers, ten times as fast, and spares the
0.4 s of `import underthesea`, which brings a web client and an agent.  The files: a CRFsuite model
(http://www.chokkan.org/software/crfsuite/) with the labels B-W and I-W, and a pickled set of words.
"""

import pickle
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from operator import add, sub
from pathlib import Path

from corpus.errors import TableError

_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
_HEADER, _CHUNK, _WEIGHT = struct.Struct("<4sI4sIIIIIIIII"), struct.Struct("<4sII"), struct.Struct("<12xd")
_ATTRIBUTE = re.compile(rb"T\[[-\d,]+\][^\0=]*=[^\0]*")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """`transitions`: from new to new, new to inside, inside to new, inside to inside."""

    weights: dict[bytes, float]
    transitions: Scores
    words: set[str]


def package_file(name: str) -> Path:
    """A file of the package underthesea, without importing it."""
    spec = find_spec("underthesea")
    if spec is None or not spec.submodule_search_locations:
        raise TableError("underthesea is not installed", "install the project anew")
    return Path(spec.submodule_search_locations[0], *name.split("/"))


def tokenize(chunk: str) -> list[str]:
    """A part of a clause that holds no white space, cut as the model knows it; nothing is left out."""
    return (_TOKEN if len(chunk) <= _LONGEST else _PLAIN).findall(chunk)


def inside(tokens: Sequence[str]) -> list[bool]:
    """Does each token go on with the word of the token before it?

    The best sequence of labels of a conditional random field (Viterbi).  With two labels a path is told by how much
    better it is to end inside a word than to end with a new one.
    """
    new_new, new_inside, inside_new, inside_inside = _model().transitions
    least_inside, least_new = new_inside - inside_inside, new_new - inside_new
    leads: list[float] = []
    lead = 0.0
    for score in _scores(tokens):
        if leads:
            lead = (
                score
                + (lead + inside_inside if lead > least_inside else new_inside)
                - (lead + inside_new if lead > least_new else new_new)
            )
        else:
            lead = score
        leads.append(lead)
    found, least = [], 0.0
    for lead in reversed(leads):
        found.append(lead > least)
        least = least_inside if lead > least else least_new
    found.reverse()
    return found


def _scores(tokens: Sequence[str]) -> list[float]:
    """For each token, what it and the tokens around it say in sum."""
    before, after = _edges()
    following = [*tokens[1:], None, None]
    said = [before, before, *map(_said, tokens, following, following[1:]), after, after]
    return [
        a[0] + b[1] + c[2] + d[3] + e[4]
        for a, b, c, d, e in zip(said, said[1:], said[2:], said[3:], said[4:], strict=False)
    ]


@lru_cache(maxsize=1 << 16)
def _said(token: str, second: str | None, third: str | None) -> Scores:
    """What a token, it and the next, and it and the next two say; None for a token after the last."""
    pair, triple = _edge(1, _AFTER), _edge(2, _AFTER)
    if second is not None:
        pair = _two(token, second)
        if third is not None:
            title = _is_title(token) and _is_title(second) and _is_title(third)
            triple = _found(2, f"{token} {second} {third}", title=title)
    return _sum(_one(token), pair, triple)


@lru_cache(maxsize=1 << 15)
def _one(token: str) -> Scores:
    return _found(0, token, title=_is_title(token))


@lru_cache(maxsize=1 << 15)
def _two(token: str, second: str) -> Scores:
    return _found(1, f"{token} {second}", title=_is_title(token) and _is_title(second))


def _found(more: int, tokens: str, *, title: bool) -> Scores:
    """What a token and `more` behind it say together, parted by blanks."""
    lower = tokens.lower()
    said = _flagged(more, tokens.isascii() and tokens.isdigit(), title, lower in _model().words)
    said = tuple(map(add, said, _weights(more, "", tokens)))
    # The model says nothing of three tokens in lower case.
    return said if more == 2 else tuple(map(add, said, _weights(more, ".lower", lower)))


def _weights(more: int, function: str, value: str) -> Scores:
    weights, known = _model().weights, value.encode("utf-8", "surrogatepass")
    return (*[weights.get(prefix + known, 0.0) for prefix in _prefixes(more, function)], *(0.0,) * more)


@cache
def _prefixes(more: int, function: str) -> tuple[bytes, ...]:
    return tuple(f"{place}{function}=".encode() for place in _PLACES[more])


def _is_title(token: str) -> bool:
    return token[0] == token[0].upper()


def _sum(one: Iterable[float], two: Iterable[float], three: Iterable[float]) -> Scores:
    return tuple(map(add, map(add, one, two), three))


@cache
def _flagged(more: int, *values: bool) -> Scores:
    one, two, three = (_weights(more, flag, str(value)) for flag, value in zip(_FLAGS, values, strict=True))
    return _sum(one, two, three)


@cache
def _edge(more: int, value: str) -> Scores:
    """What a token and `more` behind it say if one of them lies before the first or after the last."""
    return tuple(map(sum, zip(*(_weights(more, function, value) for function in ("", ".lower", *_FLAGS)), strict=True)))


@cache
def _edges() -> tuple[Scores, Scores]:
    before, after = (_sum(_edge(0, value), _edge(1, value), _edge(2, value)) for value in (_BEFORE, _AFTER))
    return before, after


@cache
def _model() -> _Model:
    data = package_file(f"{_MODEL}/models.bin").read_bytes()
    magic, _, kind, _, _, labels, attributes, features, _, names, after, _ = _HEADER.unpack_from(data)
    found = _ATTRIBUTE.findall(data[names:after])
    _, _, count = _CHUNK.unpack_from(data, features)
    # Each attribute has a weight for either label, in order; the transitions come last.
    known = (magic, kind, labels, count, len(found)) == (b"lCRF", b"FOMC", 2, 2 * attributes + 4, attributes)
    if not known:
        raise TableError(f"{_MODEL}: not the model this version reads", "install underthesea 9.5")
    start = features + _CHUNK.size
    weights = list(chain.from_iterable(_WEIGHT.iter_unpack(data[start : start + count * _WEIGHT.size])))
    words = pickle.loads(package_file(f"{_MODEL}/dictionary.bin").read_bytes())  # noqa: S301 - a file of the package
    return _Model(
        weights=dict(zip(found, map(sub, weights[1:-4:2], weights[:-4:2]), strict=True)),
        transitions=tuple(weights[-4:]),
        words=words,
    )
