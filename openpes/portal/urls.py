"""Addresses of the public site and of self-service."""

from django.urls import path

from openpes.portal.views import holdings, own, public, saved

urlpatterns = [
    path("", public.search, name="search"),
    path("complete", public.complete, name="complete"),
    path("vacancy/<int:pk>/", public.vacancy, name="vacancy"),
    path("places/", public.places, name="places"),
    path("saved/", saved.saved_list, name="saved_list"),
    path("saved/new", saved.saved_new, name="saved_new"),
    path("saved/<slug:key>/", saved.saved, name="saved"),
    path("saved/<slug:key>/confirm", saved.saved_confirm, name="saved_confirm"),
    path("saved/<slug:key>/change", saved.saved_change, name="saved_change"),
    path("saved/feed/<slug:key>", saved.saved_feed, name="saved_feed"),
    path("me/", own.me, name="me"),
    path("me/data/", holdings.holdings, name="holdings"),
    path("me/copy", holdings.own_copy, name="own_copy"),
    path("me/corrections/", holdings.corrections, name="corrections"),
    path("me/corrections/new", holdings.correction_new, name="correction_new"),
    path("me/corrections/<int:pk>/appeal", holdings.correction_appeal, name="correction_appeal"),
    path("employer/", own.employer, name="employer"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
]
