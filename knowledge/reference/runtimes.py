"""Sentences about the life of Lambda runtimes."""

from __future__ import annotations

from knowledge.reference.records import Runtime
from knowledge.reference.wording import Found, Source


def about_runtime(runtime: Runtime) -> Found:
    """The dates of a runtime. They are true on any day: what has passed is left to the reader."""
    parts = []
    if runtime.deprecated:
        parts.append(f"AWS's deprecation date for the Lambda runtime {runtime.name} is")
        parts.append(f"{runtime.deprecated}.")
    else:
        parts.append(f"The Lambda runtime {runtime.name} has no deprecation date yet.")
    blocks = {"create new": runtime.create_block, "update": runtime.update_block}
    blocked = [f"{verb} functions with it from {day} on" for verb, day in blocks.items() if day]
    if blocked:
        parts.append(f"You can't {', or '.join(blocked)}.")
    if runtime.successor:
        parts.append(f"Its successor is {runtime.successor}.")
    keys = tuple(filter(None, (runtime.deprecated, runtime.create_block, runtime.update_block)))
    title = f"Lambda runtime {runtime.name}"
    return Found(title, " ".join(parts), Source.RUNTIMES, keys or (runtime.name,))
