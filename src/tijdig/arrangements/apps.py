from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    name = "tijdig.arrangements"
    label = "arrangements"
