from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "tijdig.help"
    label = "help"
