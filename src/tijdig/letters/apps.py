from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "tijdig.letters"
    label = "letters"
