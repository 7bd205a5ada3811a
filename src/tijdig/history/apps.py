from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "tijdig.history"
    label = "history"
