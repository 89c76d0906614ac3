"""Addresses of sign-in: the library's, except those that would need mail or let visitors open accounts."""

from allauth.urls import urlpatterns as library
from django.urls import include, path

from openpes.access.views.own import closed, confirm_again

CLOSED = {
    "signup/": "account_signup",
    "email/": "account_email",
    "confirm-email/": "account_email_verification_sent",
    "confirm-email/<str:key>/": "account_confirm_email",
    "login/code/confirm/": "account_confirm_login_code",
    "password/set/": "account_set_password",
    "password/reset/": "account_reset_password",
    "password/reset/done/": "account_reset_password_done",
    "password/reset/key/done/": "account_reset_password_from_key_done",
    "password/reset/key/<str:uidb36>-<str:key>/": "account_reset_password_from_key",
}
urlpatterns = [
    *(path(route, closed, name=name) for route, name in CLOSED.items()),
    path("reauthenticate/", confirm_again, name="account_reauthenticate"),
    path("", include(library)),
]
