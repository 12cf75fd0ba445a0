"""The package `whoosh`, imported without its warnings."""

import warnings
from functools import cache
from typing import Any


@cache
def whoosh() -> Any:
    """The package `whoosh` with all modules that it would import later; its warnings of bad escapes are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", SyntaxWarning)
        import whoosh.codec.whoosh3
        import whoosh.columns
        import whoosh.fields
        import whoosh.filedb.filestore
        import whoosh.index
        import whoosh.reading
        import whoosh.writing
    return whoosh
