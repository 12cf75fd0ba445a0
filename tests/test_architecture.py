"""The house keeps its shape: rooms in a row, small modules, a quick `--help`, examples that run."""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from search_cli import cli

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("corpus", "graph", "index", "webview", "search_cli")
HEAVY = (
    "IPython",
    "docx",
    "lxml",
    "networkx",
    "numpy",
    "openpyxl",
    "pypdfium2",
    "pyvis",
    "rapidfuzz",
    "selectolax",
    "underthesea",
    "whoosh",
)
TOP_LEVEL = {
    *("corpus", "graph", "index", "webview", "search_cli.py", "tests"),
    *("README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"),
    *("pyproject.toml", "requirements.lock", "Makefile", ".ci", ".gitignore", ".gitattributes"),
}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ROOMS
    for path in [*(ROOT / room).rglob("*.py"), *ROOT.glob(f"{room}.py")]
}


def _imports(module: str) -> set[str]:
    """The modules of the project that `module` imports anywhere, deferred imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are absolute"
            submodules = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(submodules & MODULES.keys() or {str(node.module)})
    return found & MODULES.keys()


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_rooms_to_its_left(module: str) -> None:
    own = ROOMS.index(module.partition(".")[0])
    assert not [name for name in _imports(module) if ROOMS.index(name.partition(".")[0]) > own]


def test_no_module_imports_itself_by_way_of_others() -> None:
    try:
        TopologicalSorter({module: _imports(module) for module in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_at_most_300_lines(module: str) -> None:
    lines = MODULES[module].read_text(encoding="utf-8").count("\n")
    assert lines <= 300


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its signature and its docstring."""
    body = function.body[ast.get_docstring(function) is not None :]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("module", MODULES)
def test_the_body_of_a_function_has_at_most_40_lines(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert not {f.name: _body_lines(f) for f in functions if _body_lines(f) > 40}


def test_the_top_level_holds_only_what_is_listed() -> None:
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("no git checkout: files of the project and of the developer cannot be told apart")
    command = [git, "-c", f"safe.directory={ROOT}", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert {line.partition("/")[0] for line in listed.splitlines()} <= TOP_LEVEL


def _commands(command: click.Command, words: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, with the words that call them."""
    yield words, command
    for name, below in command.commands.items() if isinstance(command, click.Group) else ():
        yield from _commands(below, f"{words} {name}")


def _examples(command: click.Command) -> list[str]:
    _, _, after = (command.help or "").partition("Example")
    return [line.strip() for line in after.splitlines() if line.strip().startswith("cancu ")]


COMMANDS = dict(_commands(cli, "cancu"))
EXAMPLES = list(dict.fromkeys(line for command in COMMANDS.values() for line in _examples(command)))
RUNS_UNTIL_STOPPED = "cancu serve"


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys, search_cli\n"
        "sys.argv = ['cancu', '--help']\n"
        "try: search_cli.main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "Usage" in ran.stdout
    assert not set(HEAVY) & set(ran.stderr.split())


@pytest.mark.parametrize("words", COMMANDS)
def test_the_help_of_a_command_has_an_example(words: str) -> None:
    assert any(line.startswith(words) for line in _examples(COMMANDS[words]))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A folder as a user has it: the samples, and beside them a library of the reports."""
    folder = tmp_path_factory.mktemp("office") / "here"
    shutil.copytree(samples, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        added = CliRunner().invoke(cli, ["--library", "library", "add", "reports"])
    assert added.exit_code == 0, added.output
    return folder


@pytest.fixture
def desk(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the office, for one example alone."""
    folder = tmp_path / "desk"
    shutil.copytree(office, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CANCU_LIBRARY", str(folder / "library"))
    return folder


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("line", [line for line in EXAMPLES if not line.startswith(RUNS_UNTIL_STOPPED)])
def test_an_example_runs(line: str) -> None:
    ran = CliRunner().invoke(cli, shlex.split(line)[1:])
    assert ran.exit_code == 0, f"{line}\n{ran.output}"


@pytest.mark.parametrize("line", [line for line in EXAMPLES if line.startswith(RUNS_UNTIL_STOPPED)])
def test_an_example_of_the_server_answers_until_it_is_stopped(line: str, desk: Path) -> None:
    log = desk / "log"
    command = [sys.executable, str(ROOT / "search_cli.py"), *shlex.split(line)[1:]]
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "BROWSER": "true"}
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(command, env=env, stdout=out, stderr=out) as server:
        try:
            with urllib.request.urlopen(_address(log), timeout=30) as answer:
                assert answer.status == 200
        finally:
            server.terminate()


def _address(log: Path) -> str:
    """The address that the server prints once it listens."""
    for _ in range(150):
        if found := re.search(r"http://[^\s/]+:\d+", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.2)
    pytest.fail(f"the server named no address in 30 seconds:\n{log.read_text(encoding='utf-8')}")
