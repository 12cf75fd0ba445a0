"""How a person sets right what was extracted: what is typed becomes corrections of what is known, or an error."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from corpus.dates import format_date
from corpus.errors import UnknownReferenceError
from corpus.model import Report
from graph.correction_values import checked
from graph.corrections import Correction, CorrectionError, Kind, Overlay, name_in_report, places_like
from graph.extract import find_citations
from graph.filing import Filed, Placed, file_reading
from graph.questions import resolve_reference
from graph.registry import Entry
from index.catalog import Catalog, Standing
from index.finding import cards_called, find_report

# Of a sentence, where several are told apart: about a line of the terminal.
_SHOWN = 70


class Correcting:
    """Corrections of one library, whose lock is held; what is set right holds when the call returns.

    Reports are named as for `index.finding.find_report`, documents by any reference.  Every call raises a CancuError,
    and changes nothing, where what it names is not there or means several things, or what it gives is no such value.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def unit(
        self, report: str, unit: str, *, parent: str | None = None, province: str | None = None, note: str | None = None
    ) -> Standing:
        """Whose a report is; a place above it that is not given stays as it is."""
        return self._keep([self._of_report("unit", report, value=unit, parent=parent, province=province, note=note)])[0]

    def date(self, name: str, date: str, *, note: str | None = None) -> Standing:
        """When a report or a document was issued."""
        return self._fact("date", name, date, note)

    def issuer(self, name: str, issuer: str, *, note: str | None = None) -> Standing:
        """Who issued a report or a document."""
        return self._fact("issuer", name, issuer, note)

    def title(self, instrument: str, title: str, *, note: str | None = None) -> Standing:
        """What a document is about."""
        entry = self._document(instrument)
        return self._keep([_draft("title", instrument=entry.id, value=title, note=note)])[0]

    def relation(
        self, report: str, line: int, instrument: str, relation: str, *, nth: int | None = None, note: str | None = None
    ) -> Standing:
        """What a report says that it does with the document that it cites in a line; `nth` of several there."""
        return self._keep([self._of_citation("relation", report, line, instrument, nth, value=relation, note=note)])[0]

    def wrong(
        self, report: str, line: int, instrument: str, *, nth: int | None = None, note: str | None = None
    ) -> Standing:
        """A citation that is none, or is not of that document; `nth` of several in the line."""
        return self._keep([self._of_citation("wrong", report, line, instrument, nth, note=note)])[0]

    def join(self, instrument: str, into: str, *, note: str | None = None) -> Standing:
        """Two documents that are one: what cites the first then cites the second."""
        name, other = self._document(instrument).id, self._document(into).id
        draft = _draft("join", instrument=name, value=other, note=note)
        documents = [s.correction for s in self._catalog.corrections() if s.correction.report is None]
        if name == other or Overlay([*documents, draft]).is_circular(name):
            raise CorrectionError(
                f"{name} and {other} are one document already", "'cancu fix list' shows what is joined"
            )
        return self._keep([draft])[0]

    def separate(self, instrument: str, reports: Sequence[str], *, note: str | None = None) -> Sequence[Standing]:
        """What these reports cite as a document is another one, the same in all of them."""
        entry, found = (
            self._document(instrument),
            {r.id: r for name in reports for r in [find_report(self._catalog, name)]},
        )
        mark = sha256("|".join([entry.id, *sorted(found)]).encode()).hexdigest()[:6]
        drafts = []
        for report in found.values():
            filed = _read(report)
            rows = sorted({place.n for place in self._places(report, filed, entry)})
            if not rows:
                raise CorrectionError(
                    f"'{report.file}' does not cite {entry.full_label}", "name reports that 'cancu trace' shows for it"
                )
            for vote in (filed.votes[n] for n in rows):
                said = {"instrument": name_in_report(vote), "date": vote.date, "issuer": vote.issuer}
                drafts.append(_draft("separate", report=report.id, file=report.file, value=mark, note=note, **said))
        return self._keep(drafts)

    def undo(self, ids: Iterable[int]) -> Sequence[Standing]:
        """Take corrections back: what was extracted, or an older correction, holds again; returns what they were."""
        asked, kept = list(dict.fromkeys(ids)), {s.correction.id: s for s in self._catalog.corrections()}
        if unknown := [number for number in asked if number not in kept]:
            raise CorrectionError(
                f"there is no correction {', '.join(map(str, unknown))}", "'cancu fix list' shows their numbers"
            )
        with self._catalog.writing():
            self._catalog.uncorrect(asked)
        return [kept[number] for number in asked]

    def take_over(self, corrections: Iterable[Correction]) -> Sequence[Standing]:
        """Keep corrections that were made elsewhere, except those that are kept already; returns the new ones."""
        known = {s.correction.id: s.correction for s in self._catalog.corrections()}
        same: dict[tuple[object, ...], list[Correction]] = defaultdict(list)
        for correction in known.values():
            same[_mark(correction)].append(correction)
        new: list[Correction] = []
        for correction in corrections:
            alike = same[_mark(correction)]
            if not any(_is_of_same_report(correction, other) for other in alike):
                alike.append(correction)
                new.append(replace(correction, id=0))
        with self._catalog.writing():
            self._catalog.correct(new, known=False)
        return [s for s in self._catalog.corrections() if s.correction.id not in known]

    def _fact(self, kind: Kind, name: str, value: str, note: str | None) -> Standing:
        """A date or an issuer, of a report or of a document."""
        reports, entries = cards_called(self._catalog, name), self._documents(name)
        if not reports and not entries:
            raise CorrectionError(
                f"no report of the library is called {name!r}, and none cites such a document",
                "give the file name of a report, or type and number as in “Kết luận 120-KL/TW”",
            )
        if reports and entries:
            ids = ", ".join([*(card.id for card in reports), *(entry.id for entry in entries)])
            raise CorrectionError(f"{name!r} is a report and a document that is cited", f"give the id: {ids}")
        if reports:
            return self._keep([self._of_report(kind, name, value=value, note=note)])[0]
        return self._keep([_draft(kind, instrument=self._document(name).id, value=value, note=note)])[0]

    def _documents(self, reference: str) -> Sequence[Entry]:
        """What a reference can mean; nothing where it means nothing here."""
        with suppress(UnknownReferenceError):
            return resolve_reference(self._catalog, reference)
        return ()

    def _document(self, reference: str) -> Entry:
        for joined in (s.correction for s in self._catalog.corrections() if s.why_not is None):
            if (joined.kind, joined.instrument) == ("join", reference):
                raise CorrectionError(
                    f"{reference} is joined to {joined.value}", f"name that one, or 'cancu fix undo {joined.id}' first"
                )
        entries = resolve_reference(self._catalog, reference)
        if len(entries) > 1:
            raise CorrectionError(
                f"{reference!r} can be {len(entries)} documents",
                "give the id: " + "; ".join(_told(entry) for entry in entries),
            )
        return entries[0]

    def _of_report(self, kind: Kind, name: str, **values: Any) -> Correction:
        report = find_report(self._catalog, name)
        return _draft(kind, report=report.id, file=report.file, **values)

    def _of_citation(
        self, kind: Kind, name: str, line: int, reference: str, nth: int | None, **values: Any
    ) -> Correction:
        report = find_report(self._catalog, name)
        filed = _read(report)
        there = {e.id: (e, self._places(report, filed, e)) for e in resolve_reference(self._catalog, reference)}
        meant = {name: (e, here) for name, (e, of) in there.items() if (here := [p for p in of if p.line == line])}
        if not meant:
            lines = sorted({p.line for _, of in there.values() for p in of})
            raise CorrectionError(
                f"line {line} of '{report.file}' does not cite {reference!r}",
                f"it is cited in line {', '.join(map(str, lines))}"
                if lines
                else "'cancu cites' shows what a file cites in which line",
            )
        if len(meant) > 1:
            raise CorrectionError(
                f"line {line} cites {len(meant)} documents that {reference!r} can be",
                "give the id: " + "; ".join(_told(entry) for entry, _ in meant.values()),
            )
        [(_, here)] = meant.values()
        place = _chosen(here, line, nth)
        return _draft(
            kind,
            report=report.id,
            file=report.file,
            instrument=name_in_report(filed.votes[place.n]),
            line=line,
            sentence=place.sentence,
            nth=places_like(filed, place).index(place) + 1,
            **values,
        )

    def _places(self, report: Report, filed: Filed, entry: Entry) -> list[Placed]:
        """The places of a report, as it was read, that cite a document now."""
        spans = set(self._catalog.spans([report.id], [entry.id]).get(report.id, ()))
        return [place for place in filed.places if (place.start, place.end) in spans]

    def _keep(self, drafts: Sequence[Correction]) -> Sequence[Standing]:
        """Keep what is new, and tell how all of it stands; what holds already is not kept twice."""
        before = self._catalog.corrections()
        holding = {_said(s.correction): s.correction.id for s in before if s.why_not is None}
        last = max((s.correction.made for s in before), default="")
        asked = [_after(last, checked(draft)) for draft in drafts]
        known = {holding[_said(c)] for c in asked if _said(c) in holding}
        with self._catalog.writing():
            self._catalog.correct(c for c in asked if _said(c) not in holding)
        old = {s.correction.id for s in before} - known
        return [s for s in self._catalog.corrections() if s.correction.id not in old]


def _draft(kind: Kind, **values: Any) -> Correction:
    return Correction(kind=kind, made=datetime.now(UTC).isoformat(timespec="microseconds"), **values)


def _after(last: str, correction: Correction) -> Correction:
    """The correction as made after the last: a clock may be behind another on which corrections were made."""
    if correction.made > last:
        return correction
    next_made = datetime.fromisoformat(last) + timedelta(microseconds=1)
    return replace(correction, made=next_made.isoformat(timespec="microseconds"))


def _read(report: Report) -> Filed:
    """What a report cites, before corrections of its citations."""
    return file_reading(report, find_citations(report))


def _chosen(places: Sequence[Placed], line: int, nth: int | None) -> Placed:
    """The place that is meant of those in a line."""
    if nth is None and len(places) == 1:
        return places[0]
    if nth is not None and 1 <= nth <= len(places):
        return places[nth - 1]
    told = "; ".join(f"{n}: {' '.join(p.sentence.split())[:_SHOWN]}" for n, p in enumerate(places, 1))
    raise CorrectionError(f"line {line} cites it {len(places)} times", f"say which with --nth: {told}")


def _told(entry: Entry) -> str:
    day = f" ngày {format_date(entry.date)}" if entry.date else ""
    return f"{entry.id} ({entry.full_label}{day})"


def _said(c: Correction) -> tuple[object, ...]:
    """What a correction says, whenever it was made."""
    return c.report, c.subject, c.value, c.parent, c.province, c.note


def _mark(c: Correction) -> tuple[object, ...]:
    """What a correction says and when it was made: all that stays of it when it follows its report or its file."""
    return c.made, _said(c)[1:]


def _is_of_same_report(one: Correction, other: Correction) -> bool:
    return one.report == other.report or (one.file is not None and one.file == other.file)
