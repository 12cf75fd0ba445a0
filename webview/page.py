"""What every page is made with: templates that escape, files beside them, a policy under which nothing is fetched."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def template(name: str) -> "Template":
    """A template of `templates/`; what is put into it is text, and never becomes markup."""
    return _environment().get_template(name)


@cache
def static(name: str) -> str:
    """The text of a file of `static/`, to stand within a page."""
    return files("webview").joinpath("static", name).read_text(encoding="utf-8")


def policy(scripts: Sequence[str], css: str) -> str:
    """The content security policy: these scripts and this style sheet are applied, and nothing is fetched."""
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(css)}; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("webview"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Vietnamese as it is, not as \u escapes: half the size.  `tojson` escapes <, >, & and ' all the same.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


@cache
def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
