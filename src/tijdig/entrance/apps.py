from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "tijdig.entrance"
    label = "entrance"
