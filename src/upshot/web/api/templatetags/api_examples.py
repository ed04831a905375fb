"""``{% bundle_examples bundle as examples %}``: commands for a bundle, for this site."""

from __future__ import annotations

from typing import Any

from django import template

from upshot.web.api.examples import Example, examples_of

register = template.Library()


@register.simple_tag(takes_context=True)
def bundle_examples(context: dict[str, Any], bundle: Any) -> tuple[Example, ...]:
    """The commands, with the address this page was asked for."""
    return examples_of(bundle, context["request"].build_absolute_uri("/"))
