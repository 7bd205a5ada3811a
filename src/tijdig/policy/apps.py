from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "tijdig.policy"
    label = "policy"
