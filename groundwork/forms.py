"""How forms are rendered, from our own templates, and how they take a service's refusal."""

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

from groundwork.errors import Refusal


class FormRenderer(TemplatesSetting):
    """Named in the FORM_RENDERER setting; a form that is printed whole brings its error summary along."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def blame(form: BaseForm, refusal: Refusal) -> None:
    """Show a service's refusal at the field that it names, or above the form where it has no such field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
