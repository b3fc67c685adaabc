"""Write `knowledge/vocabulary/api_names.txt.gz`: the names that belong to few AWS APIs.

    uv run --group dev python scripts/build_api_names.py

Names only (operations, errors, prefixes), taken from botocore's service models. A line holds, with
tabs between them, the slugs or names an API belongs to, the words that stand for the API in hosts,
ARNs, log lines and IAM actions, and its operations and errors. A name of more than
MOST_OWNERS of them says too little and is left out. Run it again after an update of botocore.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from botocore.loaders import Loader

VOCABULARY = Path(__file__).parents[1] / "knowledge" / "vocabulary"
TARGET = VOCABULARY / "api_names.txt.gz"
MOST_OWNERS = 5


def main() -> None:
    vocabulary = yaml.safe_load((VOCABULARY / "apis.yaml").read_text(encoding="utf-8"))
    listed: dict[str, str] = vocabulary["apis"]
    loader = Loader()
    models = {
        name: loader.load_service_model(name, "service-2")
        for name in loader.list_available_services("service-2")
    }
    owners = {
        name: listed.get(name, model["metadata"]["serviceId"]) for name, model in models.items()
    }
    words = {name: _words(name, model["metadata"]) for name, model in models.items()}
    names = {name: _names(model) for name, model in models.items()}
    common = _common(names, owners)
    lines = []
    for owner in sorted(set(owners.values())):
        apis = [name for name in models if owners[name] == owner]
        own_words = set().union(*(words[api] for api in apis))
        own_words |= {_plain(word) for word, named in vocabulary["words"].items() if named == owner}
        if owner not in listed.values():
            own_words -= set().union(*(words[api] for api in listed if api in words))
        own_names = set().union(*(names[api] for api in apis)) - common
        lines.append("\t".join((owner, " ".join(sorted(own_words)), " ".join(sorted(own_names)))))
    text = "\n".join(lines) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(lines)} services, {TARGET.stat().st_size} bytes")


def _words(name: str, metadata: Mapping[str, Any]) -> set[str]:
    """How an API is called in hosts (sqs.), ARNs, IAM actions (sqs:) and logs (AmazonSQS)."""
    fields = (
        "endpointPrefix",
        "signingName",
        "serviceId",
        "serviceAbbreviation",
        "serviceFullName",
    )
    spelled = {str(metadata[field]) for field in fields if metadata.get(field)}
    spelled.add(str(metadata.get("targetPrefix") or "").partition("_")[0])
    return {_plain(word) for word in (*spelled, name)} - {""}


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def _names(model: Mapping[str, Any]) -> set[str]:
    """An API's operations and errors, errors also by the code that clients print."""
    errors = {
        str(label)
        for shape, content in model["shapes"].items()
        if content.get("exception")
        for label in (shape, (content.get("error") or {}).get("code"))
        if label
    }
    return {name for name in (*model["operations"], *errors) if re.fullmatch(r"[A-Za-z]\w+", name)}


def _common(found: Mapping[str, set[str]], owners: Mapping[str, str]) -> set[str]:
    """The names that too many use."""
    pairs = {(name, owners[api]) for api, names in found.items() for name in names}
    counts = Counter(name for name, _ in pairs)
    return {name for name, count in counts.items() if count > MOST_OWNERS}


if __name__ == "__main__":
    main()
