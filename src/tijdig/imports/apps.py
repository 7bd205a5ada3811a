from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tijdig.imports"
    label = "imports"
