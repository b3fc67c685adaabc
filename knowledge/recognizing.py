"""Find the AWS terms in a text, such as a pasted traceback, and the facts that explain them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from knowledge.base import KnowledgeBase
from knowledge.model import Fact
from knowledge.search.codes import find_codes, written_errors
from knowledge.search.matcher import Matcher
from knowledge.search.names import joined
from knowledge.search.pasted import essence, is_pasted

MAX_FACTS = 3
MAX_TERMS = 8
"""The most terms of each kind to show; more would explain nothing."""
MAX_CHARS = 4_000

_IDENTIFIER = re.compile(r"\b(?:[A-Za-z]\w*[a-z][A-Z]\w*|[A-Z][A-Z0-9]*_[A-Z0-9_]+)\b")
_ERROR_NAME = re.compile(
    r"(?:Already|Bad|Cannot|Conflicting|Expired|Incorrect|Insufficient|Invalid|Malformed|Missing"
    r"|NoSuch|Not|Too|Unrecognized|Unsupported)(?=[A-Z])"
)
_NOT_OF_AWS = frozenset(
    """
    CentOS CommonJS ContentType ErrorCode FullTableScan GiB GitHubs GitPull GitPush IaC IdP
    InProgress IsProd JavaScript JavaScripts KiB LastModified MessageId MiB MyFunction MyParam NoSQL
    NuGet OpenID OpenIDConnect OpenTelemetrys PaaS PageViews PartitionKey PowerShell PuTTY RequestId
    RocksDB SaaS SerialNumber TaskManager TiB TypeSerializer UpdateReport WebFunction WebSockets
    accessToken connectionId dependsOn entryPoint errorMessage errorType exitCode functionName
    getObject handleRequest healthCheck hostPort httpMethod idToken ignoreErrors inMemory instanceId
    keyBy keyId messageId recordId registeredAt requestContext requestId setTimeout sourceIp
    stackName startTimeout statusCode userId
    """.split()  # noqa: SIM905
)
"""Names that facts mention but that are also common outside AWS."""
_ABOUT_STATUS = re.compile(
    r"\b(?:http|status|errors?|codes?|returns?|returned|response|responded|getting|got)\b",
    re.IGNORECASE,
)


class TermKind(Enum):
    """What a recognized term names; the values are what people read."""

    ERROR = "Errors"
    STATUS = "Status codes"
    SERVICE = "Services"
    OPERATION = "Operations"
    PARAMETER = "Parameters and states"


Terms = Mapping[TermKind, tuple[str, ...]]
"""What was recognized, as people write it; kinds without terms are left out."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The terms of a text, and the facts that certainly explain them, best first."""

    terms: Terms
    facts: tuple[Fact, ...]


def explain(knowledge: KnowledgeBase, text: str) -> Explained:
    """Recognize the terms in any text; never raises."""
    text = text[-MAX_CHARS:]
    terms = recognize(knowledge, text)
    if not terms:
        return Explained({}, ())
    facts = _certain_facts(knowledge, _questions(text, terms), MAX_FACTS)
    if not facts:
        facts = _certain_facts(knowledge, terms.get(TermKind.OPERATION, ()), 1)
    return Explained(terms, facts)


def _certain_facts(
    knowledge: KnowledgeBase, questions: Iterable[str], max_count: int
) -> tuple[Fact, ...]:
    """The facts that certainly answer these questions, in their order, each once."""
    facts: dict[str, Fact] = {}
    for question in questions:
        result = knowledge.ask(question)
        if result.confident and result.best:
            facts.setdefault(result.best.fact.id, result.best.fact)
        if len(facts) == max_count:
            break
    return tuple(facts.values())


def _questions(text: str, terms: Terms) -> Iterator[str]:
    """The whole text first, then its terms; errors with the service if there is only one."""
    yield text
    services = terms.get(TermKind.SERVICE, ())
    about = f" {services[0]}" if len(services) == 1 else ""
    for kind in (TermKind.ERROR, TermKind.STATUS):
        yield from (f"{term}{about}" for term in terms.get(kind, ()))
    if not is_pasted(text):  # what else a program says is about the error
        yield from terms.get(TermKind.PARAMETER, ())


def recognize(knowledge: KnowledgeBase, text: str) -> Terms:
    """The AWS terms in a text: those of each kind in the order of the text."""
    matcher = knowledge.matcher
    said = essence(text) if is_pasted(text) else text
    written = written_errors(text)
    called = [name for name in matcher.parser.api_names(text) if name not in written]
    named = [word for word in dict.fromkeys(_IDENTIFIER.findall(said)) if _is_term(matcher, word)]
    explained = {pattern.lower() for fact in matcher.facts for pattern in fact.errors}
    more = [
        name
        for name in dict.fromkeys((*called, *named))
        if _ERROR_NAME.match(name) or name.lower() in explained
    ]
    errors = list(dict.fromkeys((*written, *more)))
    services = _services(knowledge, text)
    statuses = sorted(find_codes(said).statuses)
    if not (errors or services or _ABOUT_STATUS.search(said)):
        statuses = []
    found = {
        TermKind.ERROR: errors,
        TermKind.STATUS: statuses,
        TermKind.SERVICE: services,
        TermKind.OPERATION: [name for name in called if name not in errors],
        TermKind.PARAMETER: [name for name in named if name not in (*errors, *called)],
    }
    return {kind: tuple(names[:MAX_TERMS]) for kind, names in found.items() if names}


def _is_term(matcher: Matcher, word: str) -> bool:
    """Whether the facts write this identifier, and it names no service, error or technology."""
    return (
        word not in _NOT_OF_AWS
        and matcher.reader.is_written(word)
        and not matcher.names.is_name(joined(word))
        and not find_codes(word).errors
        and not word.endswith(("Error", "Exception"))
    )


def _services(knowledge: KnowledgeBase, text: str) -> list[str]:
    """The services that are named, or that an operation, error, or ARN must belong to."""
    parsed = knowledge.matcher.parser.parse(text)
    slugs = dict.fromkeys(sorted(parsed.services))
    for owners in parsed.implied:
        if len(owners) == 1:
            slugs |= dict.fromkeys(owners)
    names = {slug: knowledge.services.get(slug.removeprefix(":")) for slug in slugs}
    return [service.name if service else slug.removeprefix(":") for slug, service in names.items()]
