"""What is installed is what is tested: the wheel holds all data and works far from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("corpus", "graph", "index", "webview")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command that succeeds, run as if no checkout were near."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    env |= {"PYTHONUTF8": "1"}
    ran = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that the checkout stays clean and no old `build/` is shipped."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignore = shutil.ignore_patterns(".*", "*.egg-info", "__pycache__", "build", "dist", "demo-library", "tests")
    shutil.copytree(ROOT, source, ignore=ignore)
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--wheel-dir", folder)
    _run(sys.executable, "-m", "pip", "wheel", *options, source, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def cancu(wheel: Path) -> Callable[..., str]:
    """The installed command: the wheel in an environment of its own, which borrows the libraries of this one."""
    folder = wheel.parent
    venv.create(folder / "venv", with_pip=False, symlinks=os.name != "nt")
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    target = ("-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet")
    _run(sys.executable, *target, wheel, cwd=folder)
    own = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return lambda *arguments: _run(scripts / "cancu", *arguments, cwd=folder)


def test_the_wheel_holds_all_files_of_the_rooms_and_nothing_else(wheel: Path) -> None:
    there = {path for room in SHIPPED for path in (ROOT / room).rglob("*") if path.is_file()}
    expected = {path.relative_to(ROOT).as_posix() for path in there if "__pycache__" not in path.parts}
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected | {"search_cli.py"}


def test_the_installed_command_knows_its_version(cancu: Callable[..., str]) -> None:
    assert PROJECT["version"] in cancu("--version")


def test_the_installed_command_has_help(cancu: Callable[..., str]) -> None:
    assert "Usage" in cancu("--help")


def test_the_installed_command_finds_the_tables_that_it_needs(cancu: Callable[..., str], tmp_path: Path) -> None:
    text = "Căn cứ Chỉ thị số 30-CT/TW ngày 18/02/1998 của Bộ Chính trị, Ủy ban nhân dân xã báo cáo như sau.\n"
    report = tmp_path / "báo cáo.txt"
    report.write_text(text, encoding="utf-8")
    (citation,) = json.loads(cancu("cites", str(report), "--json"))["citations"]
    assert "30-CT/TW" in citation["text"]
    assert text[citation["start"] : citation["end"]] == citation["text"]
