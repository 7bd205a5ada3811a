from django.apps import AppConfig


class TenanciesConfig(AppConfig):
    name = "tijdig.tenancies"
    label = "tenancies"
