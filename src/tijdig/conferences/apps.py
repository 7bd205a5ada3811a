from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "tijdig.conferences"
    label = "conferences"
