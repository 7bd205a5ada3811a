from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "tijdig.access"
    label = "access"
