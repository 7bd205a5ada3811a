from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    name = "tijdig.caseload"
    label = "caseload"
