from django.apps import AppConfig


class StepsConfig(AppConfig):
    name = "tijdig.steps"
    label = "steps"
