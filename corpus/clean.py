"""From the text of a file to THE text to which all spans refer: one character for one meaning, no markup.

No cleaner adds or removes a line break, so the lines of the cleaned text are those of the file.
"""

import re
import unicodedata
from collections.abc import Callable

# Tone typed before the hat of its letter: some PDF files hold "a, acute, circumflex", which is no letter in NFC.
_SWAPPED = re.compile("[\u0300\u0301\u0303\u0309][\u0300\u0301\u0303\u0309\u0302\u0306\u031b]+")
_HATS = "\u0302\u0306\u031b"

_DASHES = "‐‑‒–—―−﹣－"
_BLANKS = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LINE_MARKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # they part words; the lines are those of "\n" alone
_INVISIBLE = "\u00ad\u061c\u180e\ufeff\ufffd" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))
)
_CONTROL = "".join(
    chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\v\f\x1c\x1d\x1e\x85"
)
_REPLACEMENTS = (
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_BLANKS + _LINE_MARKS, " ")
    | dict.fromkeys(_INVISIBLE + _CONTROL, "")
    | {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}  # letters of other alphabets that look like Đ
)
# Full-width digits and marks of East Asian keyboards: "０５／KH－UBND".
_REPLACEMENTS |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Bullets of symbol fonts (Wingdings) arrive as characters of the private use area.
_REPLACEMENTS |= {chr(code): " " for code in range(0xE000, 0xF900)}
_REPLACED = re.compile(f"[{re.escape(''.join(sorted(_REPLACEMENTS)))}]")


def _characters(text: str) -> str:
    """One dash, one blank, one Đ; nothing that cannot be seen."""
    text = text.replace("\r\n", "\n")
    for char in set(_REPLACED.findall(text)):  # faster than str.translate: few kinds occur in one text
        text = text.replace(char, _REPLACEMENTS[char])
    return text


def _has_any(text: str, chars: str) -> bool:
    return any(char in text for char in chars)


def _letters(text: str) -> str:
    """Unicode form NFC, which Vietnamese keyboards give."""
    if not unicodedata.is_normalized("NFC", text):  # by lines, for few of them need it; none composes over a line break
        lines = text.split("\n")
        text = "\n".join(x if unicodedata.is_normalized("NFC", x) else unicodedata.normalize("NFC", x) for x in lines)
    if not _has_any(text, _HATS):
        return text
    return unicodedata.normalize("NFC", _SWAPPED.sub(_hats_first, unicodedata.normalize("NFD", text)))


def _hats_first(match: re.Match[str]) -> str:
    return "".join(sorted(match[0], key=lambda mark: mark not in _HATS))


def _blanks(text: str) -> str:
    """One blank between words, none at the ends of a line."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


# What may stand between two marks: all but the mark and an empty line.
_INNER = r"([^*\n]*+(?:\n(?![^\S\n]*\n)[^*\n]*+)*+)"
# A pattern begins with its mark and looks back afterwards: so the search is as fast as one for the mark.
_BOLD = re.compile(rf"\*\*(?!\*)(?:(?<!\d\*\*){_INNER}\*\*|{_INNER}\*\*(?!\d))")
# The opening star of italics touches the text and no word before it: "* item" and "5*3" are none.
_ITALIC = re.compile(rf"\*(?<![\w*]\*)(?=[\w\"“(‘'\[+\-.,;:]){_INNER}(?!(?<=\n)\*\w)\*(?!\*)")
_UNDERLINE = re.compile(r"_(?<![\w_]_)(_?)(?=[^\s_])([^_\n]+)(?<=[^\s_])_\1(?![\w_])")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:https?:|mailto:|www\.|[#/])[^()\s]*\)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[*_#\-.\[\]()+!>|~])")


def _markup(text: str) -> str:
    """Markdown: bold, italics, headings, links; stars and underscores that mark nothing stay."""
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "#" in text:
        text = _HEADING.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub("", text)
    if "*" in text:
        text = _ITALIC.sub(r"\1", _BOLD.sub(lambda m: m[1] or m[2] or "", text))
    return _UNDERLINE.sub(r"\2", text) if "_" in text else text


_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT = re.compile(f"[{_SUPERSCRIPTS}]+")
_BRACKET = re.compile(r"\[(?<=[\w”\"’')\].,;:%]\[)\d{1,3}\](?!\()")
_CARET = re.compile(r"\^(?<=[^\W\d]\^|[”\"’').,;:%]\^)\{?\d{1,3}\}?\^?")
_CARET_LETTER = re.compile(r"\^(?<=\d\^)\{?([A-Za-zĐđ])\}?\^?(?!\w)")  # 19^A is a number with a letter
_MEASURE = re.compile(r"(?<![^\W\d_])[kcdm]?m$")


def _unmark(match: re.Match[str]) -> str:
    text, mark = match.string, match.group().strip("^{}")
    before = text[max(0, match.start() - 4) : match.start()]
    opens_line = not before.rpartition("\n")[2].strip(" ") and (match.start() <= len(before) or "\n" in before)
    if opens_line or (mark in {"²", "³", "2", "3"} and _MEASURE.search(before)):
        return match.group()
    return " " if text[match.end() : match.end() + 1].isalnum() else ""


def _footnote_marks(text: str) -> str:
    """Without the marks that point to footnotes: "Trung ương⁶", "Trung ương[6]", "Trung ương^6".

    Measures (m², km³) stay, and so does a mark that opens a line: it says that the line is a footnote.
    """
    if _has_any(text, _SUPERSCRIPTS):
        text = _SUPERSCRIPT.sub(_unmark, text)
    if "[" in text:
        text = _BRACKET.sub(_unmark, text)
    return _CARET_LETTER.sub(r"\1", _CARET.sub(_unmark, text)) if "^" in text else text


# A number alone in its line between empty lines: the number of a page, often in the middle of a sentence.
_PAGE_NUMBER = re.compile(r"(?<=\n\n)(?:-\s?)?(?:[Tt]rang\s+)?\d{1,3}(?:\s?-)?(?=\n\n)")


def _page_numbers(text: str) -> str:
    """Without the numbers of pages; their lines stay, empty."""
    return _PAGE_NUMBER.sub("", text)


CLEANERS: tuple[Callable[[str], str], ...] = (
    *(_characters, _letters, _blanks, _markup, _footnote_marks),
    _page_numbers,
)


def clean(text: str) -> str:
    r"""`text` with all cleaners applied, until none finds anything more; cleaning the result changes nothing.

    >>> clean("**Kết luận** số 120\u2011KL/TW⁶ của Bộ Chính trị\r\n")
    'Kết luận số 120-KL/TW của Bộ Chính trị\n'
    """
    text = _characters(text)
    while True:
        cleaned = text
        for cleaner in CLEANERS[1:]:  # they bring in no character that the first one replaces
            cleaned = cleaner(cleaned)
        if cleaned == text:
            return cleaned
        text = cleaned
