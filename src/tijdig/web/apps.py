from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tijdig.web"
    label = "web"
