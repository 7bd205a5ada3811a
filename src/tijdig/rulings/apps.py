from django.apps import AppConfig


class RulingsConfig(AppConfig):
    name = "tijdig.rulings"
    label = "rulings"
