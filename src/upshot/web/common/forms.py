"""How forms are rendered: label, help and error in one block, tied together for screen readers."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class UpshotRenderer(TemplatesSetting):
    """Forms and fields through our own templates."""

    form_template_name = "common/form.html"
    field_template_name = "common/field.html"
