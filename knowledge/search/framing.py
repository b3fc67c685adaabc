"""Leave out the words around a question that ask nothing: pleas, complaints, and filler."""

from __future__ import annotations

import re

_SOMEONE = r"(?:some|any)\ ?(?:one|body)(?:\ here)?"
_FRAMES = rf"""
    \b(?:
        (?:can|could|would|will)\ (?:{_SOMEONE}|you)\ (?:please\ )?
            (?:explain|tell\ (?:me|us)|help(?:\ (?:me|us))?)
        | (?:does|do|did)\ {_SOMEONE}\ (?:else\ )?(?:know|have\ (?:an?|any)\ (?:idea|clue))
        | {_SOMEONE}\ (?:know|knows|have\ an?\ (?:idea|clue)|has\ an?\ (?:idea|clue))
        | (?:any|no)\ (?:idea|clue|hint|tip|pointer|suggestion|thought)s?
        | (?:please\ |pls\ )?help\ (?:me|us)?(?:\ (?:please|out|understand|with))?
        | (?:i|we)(?:'d|\ would)\ like\ to\ (?:know|understand)
        | (?:i|we)\ (?:want|need)\ to\ (?:know|understand)
        | (?:i|we)\ (?:do\ not|don'?t)\ (?:really\ )?(?:understand|get|know)
        | (?:i'?m|i\ am|we'?re|we\ are)\ (?:a\ (?:bit|little)\ )?(?:confused|struggling|unsure|lost)
        | trying\ to\ (?:understand|figure\ out|find\ out|work\ out)
        | (?:just\ |was\ |i'?m\ )*wondering
        | (?:quick|dumb|stupid|noob|newbie)\ question | question\ (?:about|regarding|on)
        | explain(?:ed)?(?:\ to\ (?:me|us))? | eli5 | in\ (?:simple|plain|short)\ (?:terms|words)
        | (?:keep|keeps|kept|started|start|am|i'?m|we'?re|are)\ (?:on\ )?
            (?:getting|seeing|hitting|receiving|facing|running\ into)
        | (?:getting|hitting|seeing|facing|running\ into|ran\ into)\ (?:this|the|a|an)
        | all\ of\ a\ sudden | out\ of\ nowhere | suddenly | randomly | in\ prod(?:uction)?
        | what\ (?:now|gives) | what\ am\ i\ (?:missing|doing\ wrong)
        | (?:the\ |a\ )?(?:best|easiest|simplest|quickest|right|proper|correct|good|recommended)
            \ ways?\ (?:to|of|for)
        | is\ there\ (?:a|any|some)\ way\ (?:to|of|for) | used\ for
        | (?:using|with|via|through)\ (?:the\ )?(?:aws\ )?(?:console|cli|sdk|boto3)
    )\b
"""
_FRAME = re.compile(_FRAMES, re.IGNORECASE | re.VERBOSE)
_WORD = re.compile(r"\w{3}")


def without_frame(text: str) -> str:
    """The question itself; the whole text if nothing else would be left of it."""
    left = " ".join(_FRAME.sub(" ", text).split())
    return left if _WORD.search(left) else text
