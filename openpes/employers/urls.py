"""Addresses of employers."""

from django.urls import path

from openpes.employers import views

app_name = "employers"
urlpatterns = [
    path("", views.employer_list, name="list"),
    path("new/", views.new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("mine/people/", views.people, name="people"),
    path("mine/people/<int:pk>/", views.member, name="member"),
    path("mine/contacts/new", views.own_contact_new, name="own_contact_new"),
    path("mine/contacts/<int:pk>/withdraw", views.own_consent_withdraw, name="own_consent_withdraw"),
    path("mine/sites/new", views.own_site_new, name="own_site_new"),
    path("mine/sites/<int:pk>/give-up", views.own_site_give_up, name="own_site_give_up"),
    path("mine/appeals/<int:pk>/", views.own_appeal, name="own_appeal"),
    path("options/", views.options, name="options"),
    path("documents/", views.document_list, name="document_list"),
    path("documents/<int:pk>/strike", views.document_strike, name="document_strike"),
    path("contacts/<int:pk>/withdraw", views.consent_withdraw, name="consent_withdraw"),
    path("sites/<int:pk>/", views.site, name="site"),
    path("sites/<int:pk>/give-up", views.site_give_up, name="site_give_up"),
    path("blacklist/", views.blacklist, name="blacklist"),
    path("blacklist/<int:pk>/", views.entry, name="entry"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/documents/new", views.document_new, name="document_new"),
    path("<int:pk>/contacts/new", views.contact_new, name="contact_new"),
    path("<int:pk>/sites/new", views.site_new, name="site_new"),
    path("<int:pk>/people/", views.people_of, name="people_of"),
    path("<int:pk>/blacklist/new", views.blacklist_new, name="blacklist_new"),
]
