"""Trials of a library that was damaged, or that may not be written: a clear message, nothing lost, `doctor` repairs."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from verdicts import Gold, Verdict, library_of, told, written, wrong_at


def damages(work: Path, size: int) -> Iterator[Verdict]:
    """All trials, each with its own copy of a library of `size` reports."""
    library, gold = library_of(work, size)
    yield index_deleted(_copy(library, work / "deleted"), gold)
    yield index_truncated(library, work, gold)
    yield catalog_truncated(_copy(library, work / "catalog"), size)
    yield read_only(_copy(library, work / "read-only"), gold)
    yield disk_full(library, work, gold)


def _copy(library: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(library, to))


def _repaired(library: Path, gold: Gold, what: str) -> list[str]:
    """Asked, examined, repaired, asked again: what goes wrong."""
    faults = told(library, "search", "hòa giải").faults(f"search, {what}")
    faults += told(library, "doctor").faults(f"doctor, {what}")
    repair = told(library, "doctor", "--repair")
    faults += repair.faults(f"doctor --repair, {what}")
    return faults + [f"after the repair, {what}: {fault}" for fault in wrong_at(library, gold, whole=True)]


def index_deleted(library: Path, gold: Gold) -> Verdict:
    """The folder of the index is gone."""
    shutil.rmtree(library / "index")
    faults = _repaired(library, gold, "no index")
    return Verdict(trial="index folder deleted", done="asked, repaired, asked", faults=tuple(faults))


def index_truncated(library: Path, work: Path, gold: Gold) -> Verdict:
    """Each file of the index in turn is cut to half its length, and to nothing."""
    faults, cuts = [], 0
    for path in sorted(path for path in (library / "index").rglob("*") if path.is_file() and path.stat().st_size > 1):
        for part in (0.5, 0.0):
            damaged = _copy(library, work / "truncated")
            file = damaged / path.relative_to(library)
            os.truncate(file, int(file.stat().st_size * part))
            what = f"{file.name} cut to {part:.0%}"
            # What can still be answered must be right.
            before = [f for f in wrong_at(damaged, gold) if not f.startswith("refused")]
            faults += [f"{what}: {fault}" for fault in before] + _repaired(damaged, gold, what)
            cuts += 1
    return Verdict(trial="index file truncated", done=f"{cuts} cuts, each repaired", faults=tuple(faults))


def catalog_truncated(library: Path, size: int) -> Verdict:
    """The catalog, the truth, is cut to half: every command says so, or reads what it answers from what is whole."""
    catalog = library / "catalog.sqlite"
    for beside in library.glob("catalog.sqlite-*"):
        beside.unlink()
    os.truncate(catalog, catalog.stat().st_size // 2)
    faults, codes = [], {}
    for command in (("search", "hòa giải"), ("doctor",), ("doctor", "--repair"), ("status",), ("add", library)):
        run = told(library, *command)
        faults += run.faults(" ".join(map(str, command[:2])))
        codes[" ".join(map(str, command))] = run.code
        if command == ("doctor",) and not run.code:
            faults.append(f"doctor finds nothing wrong with a half catalog of {size} reports")
    return Verdict(trial="catalog truncated", done=f"exit codes {list(codes.values())}", faults=tuple(faults))


def read_only(library: Path, gold: Gold) -> Verdict:
    """A library that may be read and not written: it answers, and `add` says why it cannot."""
    trial, under = "read-only library", _plain_user()
    if under is None:
        return Verdict(trial=trial, skipped="root may write everything, and there is no setpriv to take that away")
    report = written(library.parent / f"{library.name}-more", 1, first=9_000)
    for path in (library, *library.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        search = told(library, "search", "hòa giải", under=under)
        add = told(library, "add", library.parent / f"{library.name}-more", under=under)
    finally:
        for path in (library, *library.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    faults = search.faults("search") + add.faults("add")
    true = sum("hòa giải" in one.phrases for one in gold.values())
    if search.code or search.answer["total"] != true:
        faults.append(f"search: exit code {search.code}, {search.answer and search.answer['total']}, not {true}")
    if not add.code:
        faults.append(f"add wrote {len(report)} report into a library that is read-only")
    faults += wrong_at(library, gold, whole=True)
    return Verdict(trial=trial, done=f"answers; add says {add.said.strip()[:120]!r}", faults=tuple(faults))


def _plain_user() -> Sequence[str] | None:
    """What a command that must heed permissions is run under, for root need not; None where there is nothing."""
    if os.geteuid():
        return ()
    under = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if not shutil.which(under[0]) or subprocess.run([*under, "true"], check=False).returncode:
        return None
    return under


def disk_full(library: Path, work: Path, gold: Gold) -> Verdict:
    """Reports are added until the disk is full; once there is room, the next add completes them."""
    trial, disk = "disk full", work / "disk"
    size = sum(path.stat().st_size for path in library.rglob("*") if path.is_file())
    more = written(work / "much", 2 * len(gold), first=5_000)
    with _small_disk(disk, size + 1_500_000) as reason:
        if reason:
            return Verdict(trial=trial, skipped=reason)
        full = _copy(library, disk / "library")
        add = told(full, "add", work / "much")
        faults = add.faults("add") + [f"full: {f}" for f in wrong_at(full, {**gold, **more}) if "refused" not in f]
        if not add.code:
            faults.append("the disk did not fill: give the trial more reports")
        subprocess.run(["mount", "-o", "remount,size=2g", str(disk)], check=True)
        faults += told(full, "add", work / "much").faults("add, with room again")
        faults += wrong_at(full, {**gold, **more}, whole=True)
    return Verdict(trial=trial, done=f"exit code {add.code}: {add.said.strip()[:120]!r}", faults=tuple(faults))


@contextmanager
def _small_disk(at: Path, size: int) -> Iterator[str | None]:
    """A disk of `size` bytes at `at`; gives the reason where there can be none."""
    if os.geteuid():
        yield "only root can mount a small disk"
        return
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        yield f"no small disk can be mounted: {done.stderr.strip()}"
        return
    try:
        yield None
    finally:
        subprocess.run(["umount", str(at)], check=True)
