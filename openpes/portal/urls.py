"""Addresses of the public site and of self-service."""

from django.urls import path

from openpes.portal.views import own, public

urlpatterns = [
    path("", public.search, name="search"),
    path("vacancy/<int:pk>/", public.vacancy, name="vacancy"),
    path("places/", public.places, name="places"),
    path("me/", own.me, name="me"),
    path("employer/", own.employer, name="employer"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
]
