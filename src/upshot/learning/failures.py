"""Why a candidate failed, in words that quote nothing of the data.

The reason is kept in the bundle, which travels. Messages of other libraries may quote a cell; ours
never do.
"""

from __future__ import annotations

from upshot.wording import Sentence, mark, say

OUT_OF_MEMORY = mark("it needed more memory than there is")


def failure_reason(error: BaseException) -> str:
    """Say why a fit failed: our own sentence, or the kind of error and the library it came from."""
    if isinstance(error, MemoryError):
        return say(OUT_OF_MEMORY)
    origin = _origin(error)
    if origin == "upshot":
        said = error.args[0] if error.args else ""
        if isinstance(said, Sentence):
            return said
        text = str(error).strip().splitlines()
        return text[0][:200] if text else type(error).__name__
    return say("{library} reported a {error}", library=origin, error=type(error).__name__)


def _origin(error: BaseException) -> str:
    """Return the package whose code raised the error."""
    trace, module = error.__traceback__, ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        trace = trace.tb_next
    # Compiled libraries leave no frame of their own; their error types name them.
    named = type(error).__module__.split(".")[0]
    return module.split(".")[0] if named == "builtins" else named
