"""The index built anew from the catalog, and with it the citations that older rules have found."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

from index.building import remade
from index.catalog import Catalog
from index.documents import document_of
from index.engine import Document, Engine
from index.reading import Work
from index.results import Progress, Reindexed

_BATCH = 200


def reindex(
    catalog: Catalog,
    engine: Engine,
    *,
    cite: frozenset[str],
    jobs: int,
    tell: Callable[[Progress], None] | None,
) -> Reindexed:
    """Fill an empty engine with all reports of the catalog; the citations of those in `cite` are found again first."""
    ids = sorted(catalog.ids())
    failed: list[tuple[str, str]] = []
    works: list[Work] = []
    done = read_again = 0

    def write() -> None:
        with catalog.writing():
            for work in works:
                if work.filed is not None:
                    catalog.put(work.report, work.filed)
                if work.packed is not None:
                    catalog.put_prepared(work.report.id, work.packed)
        engine.add(_documents(catalog, works))
        works.clear()

    with closing(remade(catalog, ids, jobs=jobs, cite=cite)) as all_made:
        for made in all_made:
            if isinstance(made, Work):
                read_again += made.filed is not None
                works.append(made)
            else:
                failed.append((made[0].file, made[1]))
            done += 1
            if len(works) >= _BATCH:
                write()
            if tell:
                tell(Progress(done=done, of=len(ids), failed=len(failed), file=""))
    write()
    return Reindexed(reports=done - len(failed), read_again=read_again, failed=tuple(failed))


def _documents(catalog: Catalog, works: Iterable[Work]) -> Iterator[Document]:
    """These reports for an index, with their cards as the catalog has corrected them."""
    for work in works:
        card = catalog.card(work.report.id)
        if card is not None and work.prepared is not None:
            yield document_of(work.report, card, work.prepared)
