from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "tijdig.privacy"
    label = "privacy"
