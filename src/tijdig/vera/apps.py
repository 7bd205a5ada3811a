from django.apps import AppConfig


class VeraConfig(AppConfig):
    name = "tijdig.vera"
