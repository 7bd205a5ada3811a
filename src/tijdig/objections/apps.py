from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    name = "tijdig.objections"
    label = "objections"
