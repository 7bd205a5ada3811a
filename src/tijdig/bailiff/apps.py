from django.apps import AppConfig


class BailiffConfig(AppConfig):
    name = "tijdig.bailiff"
