from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "tijdig.contacts"
    label = "contacts"
