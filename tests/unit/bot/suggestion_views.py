"""Views of suggested facts, for golden files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.views import curators, suggestion
from bot.views.fact_form import FactDraft, FormContext, Purpose, fact_form
from bot.views.message import Message
from knowledge import Fact

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC).timestamp()
FAX = Fact(
    id="team-mail-7", service="mail", title="Fax size & <b>*limit*</b>",
    answer="A fax has <!channel> at most 3 pages.", detail="Call 555 for more.", was=None,
    keywords=("fax",), phrasings=("how long is a fax", "fax *pages*", "max fax & size"),
    related=(), quiz=(), source="https://example.com/fax?a=1&b=2", checked="2026-03-01",
)  # fmt: skip
OTHER = replace(FAX, id="mail-fax", title="Fax colors", answer="Black & white.")
SUGGEST = FormContext(Purpose.SUGGEST)
SHOWN = ("Acme Mail & Fax", "U0ASKER", TODAY)

VIEWS: dict[str, Callable[[], Message | dict[str, Any]]] = {
    "fact_form": lambda: fact_form(SUGGEST, FactDraft(title="Fax & <!here>"), ""),
    "fact_form_nearest": lambda: fact_form(
        SUGGEST, FactDraft.of(FAX), "Acme Mail & Fax", [(OTHER, "Acme Mail & Fax")]
    ),
    "fact_form_correcting": lambda: fact_form(
        FormContext(Purpose.CORRECT_CASE, 7, FAX.id), FactDraft.of(FAX), "Acme Mail & Fax"
    ),
    "suggestion_open": lambda: suggestion.to_decide(7, FAX, *SHOWN),
    "suggestion_approved": lambda: suggestion.decided(FAX, *SHOWN, FAX.id, "U0OTHER", ""),
    "suggestion_rejected": lambda: suggestion.decided(FAX, *SHOWN, "", "", "No *source* <!here>"),
    "suggestion_list": lambda: suggestion.suggestion_list(
        [
            suggestion.ListedSuggestion(7, FAX.title, "Acme Mail & Fax", "U0ASKER", AT),
            suggestion.ListedSuggestion(8, OTHER.title, "Acme Mail & Fax", "", AT),
        ],
        curators.nobody_told_note("/aws"),
    ),
    "suggestion_reject": lambda: suggestion.reject_modal(
        suggestion.RejectContext(7, "C0FACTS", "https://example.com/r")
    ),
    "suggestion_end": lambda: suggestion.rejected_for_author(FAX, "No *source* <!here>"),
    "suggestion_offer": lambda: suggestion.offer("fax <!here> & *size*"),
    "curators": lambda: curators.overview(
        ("U0ASKER", "U0OTHER", "S0DATA"), "C0FACTS", ("C0FACTS",), "/aws"
    ),
    "curators_only": lambda: curators.not_a_curator((), "C0FACTS"),
}
