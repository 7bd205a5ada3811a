from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tijdig.cases"
    label = "cases"
