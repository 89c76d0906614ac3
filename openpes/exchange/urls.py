"""Addresses of the open interfaces."""

from django.urls import include, path

from openpes.exchange import views
from openpes.exchange.api import addresses, feeds

app_name = "exchange"
urlpatterns = [
    path("", views.developers, name="developers"),
    path("v1/", include((addresses(), "open"), namespace="open")),
    path("atom.xml", feeds.atom, name="atom"),
    path("feed.json", feeds.json_feed, name="json_feed"),
    path("vacancies.csv", feeds.table, name="table"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", views.sitemap_part, name="sitemap_part"),
    path("keys", views.keys, name="keys"),
    path("keys/issue", views.issue, name="issue"),
    path("keys/<int:pk>/rotate", views.rotate, name="rotate"),
    path("keys/<int:pk>/end", views.end, name="end"),
]
