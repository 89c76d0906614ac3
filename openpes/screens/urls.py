"""Addresses of what is released: screens, strips, bulletins, files, digests, the kiosk."""

from django.urls import path

from openpes.screens import views

urlpatterns = [
    path("", views.list, name="list"),
    path("hall/", views.hall, name="hall"),
    path("keeper.js", views.keeper, name="keeper"),
    path("rows/", views.rows, name="rows"),
    path("strip/", views.strip, name="strip"),
    path("strip.txt", views.strip_text, name="strip_text"),
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/new", views.bulletin_new, name="bulletin_new"),
    path("bulletins/<int:pk>.pdf", views.bulletin_pdf, name="bulletin_pdf"),
    path("bulletins/<int:pk>.zip", views.bulletin_pack, name="bulletin_pack"),
    path("media/", views.media, name="media"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/code", views.confirm, name="confirm"),
    path("kiosk/", views.kiosk, name="kiosk"),
    path("kiosk/own", views.kiosk_own, name="kiosk_own"),
]
