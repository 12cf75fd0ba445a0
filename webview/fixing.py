"""`cancu fix`: what a person sets right; it is kept apart from what was extracted, listed, taken back and handed on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from webview.console import State, Typed, as_json, explained, show, show_json
from webview.corrected import lines, what

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.catalog import Standing
    from index.correcting import Correcting

_report = click.argument("report", type=Typed())
_instrument = click.argument("instrument", type=Typed())
_line = click.argument("line", type=click.IntRange(1))
_noted = click.option("--note", type=Typed(), help="Why; it is listed and handed on.")
_nth = click.option("--nth", type=click.IntRange(1), help="Which of several citations of it in the line.")


@click.group()
def fix() -> None:
    """Set right what was read wrongly: of a report, of a citation, of an instrument.

    What is set right is kept apart from what was extracted, and holds again whenever a file is updated or read anew.
    REPORT is an id or a file name, INSTRUMENT a reference in any form, or an id as 'cancu trace' shows it.

    \b
    Example:
      cancu fix unit khe-thuong-bc-qcdc-6-thang-2022.txt "xã Khe Thượng" --parent "huyện Đại Khê"
      cancu fix list
    """


def _corrects(state: State, ask: "Callable[[Correcting], Sequence[Standing]]") -> None:
    with state.open() as library, library.correcting() as correcting:
        made = ask(correcting)
    show(text for standing in made for text in lines(state.speaker, standing))


@fix.command("unit")
@_report
@click.argument("unit", type=Typed())
@click.option("--parent", type=Typed(), help="The place above it.")
@click.option("--province", type=Typed(), help="The province in which it lies.")
@_noted
@explained
def fix_unit(
    state: State, report: str, unit: str, *, parent: str | None, province: str | None, note: str | None
) -> None:
    """Set whose a report is.

    \b
    Example:
      cancu fix unit khe-thuong-bc-qcdc-6-thang-2022.txt "xã Khe Thượng" --parent "huyện Đại Khê"
    """
    _corrects(state, lambda c: [c.unit(report, unit, parent=parent, province=province, note=note)])


@fix.command("date")
@click.argument("name", type=Typed(), metavar="REPORT|INSTRUMENT")
@click.argument("date", type=Typed())
@_noted
@explained
def fix_date(state: State, name: str, date: str, *, note: str | None) -> None:
    """Set when a report or an instrument was issued: 2023-05-01, 1/5/2023, 5/2023, 2023.

    \b
    Example:
      cancu fix date khe-thuong-bc-qcdc-6-thang-2022.txt 15/6/2022
      cancu fix date "Kế hoạch 33/KH-UBND" 2022-02-22 --note "số 33 ký ngày 22"
    """
    _corrects(state, lambda c: [c.date(name, date, note=note)])


@fix.command("issuer")
@click.argument("name", type=Typed(), metavar="REPORT|INSTRUMENT")
@click.argument("issuer", type=Typed())
@_noted
@explained
def fix_issuer(state: State, name: str, issuer: str, *, note: str | None) -> None:
    """Set who issued a report or an instrument.

    \b
    Example:
      cancu fix issuer "Quyết định 25A/QĐ-UBND" "UBND xã Khe Thượng"
    """
    _corrects(state, lambda c: [c.issuer(name, issuer, note=note)])


@fix.command("title")
@_instrument
@click.argument("title", type=Typed())
@_noted
@explained
def fix_title(state: State, instrument: str, title: str, *, note: str | None) -> None:
    """Set what an instrument is about.

    \b
    Example:
      cancu fix title "Kế hoạch 14/KH-UBND" "thực hiện Quy chế dân chủ ở cơ sở năm 2022"
    """
    _corrects(state, lambda c: [c.title(instrument, title, note=note)])


@fix.command("relation")
@_report
@_line
@_instrument
@click.argument("relation", type=Typed())
@_nth
@_noted
@explained
def fix_relation(
    state: State, report: str, line: int, instrument: str, relation: str, *, nth: int | None, note: str | None
) -> None:
    """Set what a report says it does with what it cites in a line (căn cứ, thực hiện, quán triệt, ban hành …).

    \b
    Example:
      cancu fix relation khe-thuong-bc-qcdc-6-thang-2022.txt 25 "Kết luận 120-KL/TW" thực-hiện
    """
    _corrects(state, lambda c: [c.relation(report, line, instrument, relation, nth=nth, note=note)])


@fix.command("wrong")
@_report
@_line
@_instrument
@_nth
@_noted
@explained
def fix_wrong(state: State, report: str, line: int, instrument: str, *, nth: int | None, note: str | None) -> None:
    """Refuse a citation that is none.

    \b
    Example:
      cancu fix wrong khe-thuong-bc-qcdc-6-thang-2022.txt 25 "Pháp lệnh 34" --note "chỉ là tên tài liệu"
    """
    _corrects(state, lambda c: [c.wrong(report, line, instrument, nth=nth, note=note)])


@fix.command("join")
@_instrument
@click.argument("into", type=Typed())
@_noted
@explained
def fix_join(state: State, instrument: str, into: str, *, note: str | None) -> None:
    """Make two instruments one: what cites INSTRUMENT then cites INTO.

    \b
    Example:
      cancu fix join ke-hoach-22-kh-hu-huyen-dai-khe-2016 ke-hoach-21-kh-hu-huyen-dai-khe-2016
    """
    _corrects(state, lambda c: [c.join(instrument, into, note=note)])


@fix.command("separate")
@_instrument
@click.argument("reports", type=Typed(), nargs=-1, required=True)
@_noted
@explained
def fix_separate(state: State, instrument: str, reports: tuple[str, ...], *, note: str | None) -> None:
    """Make what these reports cite as INSTRUMENT another one, the same in all of them.

    \b
    Example:
      cancu fix separate "Kết luận 120-KL/TW" khe-thuong-bc-qcdc-6-thang-2022.txt
    """
    _corrects(state, lambda c: c.separate(instrument, reports, note=note))


@fix.command("list")
@as_json
@explained
def fix_list(state: State, *, as_json: bool) -> None:
    """List what was set right, with what has no effect now and why.

    \b
    Example:
      cancu fix list
    """
    from index.answers import correction_json

    with state.open() as library:
        kept = library.catalog.corrections()
    if as_json:
        show_json([correction_json(standing) for standing in kept])
    else:
        show(text for standing in kept for text in lines(state.speaker, standing))
        if not kept:
            show([state.speaker.say("fix_none")])


@fix.command("undo")
@click.argument("numbers", nargs=-1, type=click.IntRange(1))
@click.option("--all", "everything", is_flag=True, help="Take all of them back.")
@explained
def fix_undo(state: State, numbers: tuple[int, ...], *, everything: bool) -> None:
    """Take corrections back, by their numbers in the list: what was extracted holds again.

    \b
    Example:
      cancu fix undo --all
    """
    if everything == bool(numbers):
        raise click.UsageError("Give the numbers that 'cancu fix list' shows, or --all.")
    with state.open() as library, library.correcting() as correcting:
        taken = correcting.undo(numbers or [s.correction.id for s in library.catalog.corrections()])
    speaker = state.speaker
    show(speaker.say("fix_undone", what=what(speaker, standing.correction)) for standing in taken)


@fix.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a file instead of to the screen.")
@explained
def fix_export(state: State, *, output: Path | None) -> None:
    """Write all corrections as JSON, to keep them or to hand them on.

    \b
    Example:
      cancu fix export -o corrections.json
    """
    from index.answers import correction_json
    from webview.output import json_text, write_whole

    with state.open() as library:
        kept = [correction_json(standing) for standing in library.catalog.corrections()]
    if output is None or str(output) == "-":
        show_json(kept)
        return
    write_whole(output, json_text(kept))
    show([state.speaker.say("fix_written", path=output, count=len(kept))])


@fix.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@explained
def fix_import(state: State, *, file: Path) -> None:
    """Take over corrections that 'cancu fix export' wrote; those that are here already are passed over.

    \b
    Example:
      cancu fix import corrections.json
    """
    from graph.correction_values import read_json
    from webview.output import read_whole

    corrections = read_json(read_whole(file))
    with state.open() as library, library.correcting() as correcting:
        new = correcting.take_over(corrections)
    speaker = state.speaker
    show([speaker.say("fix_taken", new=len(new), known=len(corrections) - len(new))])
    show(text for standing in new if standing.why_not for text in lines(speaker, standing))
