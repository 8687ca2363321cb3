"""How forms are rendered: our field and form templates, found like any other template of the project."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Named in the FORM_RENDERER setting; a form that is printed whole brings its error summary along."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
