"""Addresses of registrations and job wishes."""

from django.urls import path

from openpes.registration import views

app_name = "registration"
urlpatterns = [
    path("unemployed", views.unemployed_list, name="unemployed_list"),
    path("unemployed.csv", views.unemployed_export, name="unemployed_export"),
    path("persons/<int:pk>/unemployment", views.unemployment_new, name="unemployment_new"),
    path("persons/<int:pk>/employment", views.employment_new, name="employment_new"),
    path("persons/<int:pk>/wish", views.wish_new, name="wish_new"),
    path("<int:pk>/end", views.unemployment_end, name="unemployment_end"),
    path("<int:pk>/end-employment", views.employment_end, name="employment_end"),
    path("<int:pk>/receipt", views.receipt, name="receipt"),
    path("<int:pk>/proofs", views.proofs, name="proofs"),
    path("<int:pk>/take-back", views.withdraw, name="withdraw"),
    path("persons/<int:pk>/file", views.file, name="file"),
    path("persons/<int:pk>/confirm", views.contact_new, name="contact_new"),
    path("persons/<int:pk>/refuse", views.unemployment_refuse, name="unemployment_refuse"),
    path("confirmations", views.contact_list, name="contact_list"),
    path("decisions/<int:pk>/appeal", views.appeal_new, name="appeal_new"),
    path("appeals", views.appeal_list, name="appeal_list"),
    path("appeals/<int:pk>", views.appeal_rule, name="appeal_rule"),
    path("transfers", views.transfer_list, name="transfer_list"),
    path("transfers/<int:pk>/answer", views.transfer_answer, name="transfer_answer"),
    path("transfers/<int:pk>/again", views.transfer_again, name="transfer_again"),
    path("own", views.own, name="own"),
    path("own/confirm", views.own_confirm, name="own_confirm"),
    path("own/decisions/<int:pk>/appeal", views.own_appeal, name="own_appeal"),
    path("persons/<int:pk>/handbook", views.handbook, name="handbook"),
    path("persons/<int:pk>/handbook/request", views.handbook_request, name="handbook_request"),
    path("persons/<int:pk>/handbook/hand-over", views.handbook_hand_over, name="handbook_hand_over"),
    path("handbooks", views.handbook_list, name="handbook_list"),
    path("handbooks/copies/<int:pk>/issue", views.handbook_issue, name="handbook_issue"),
    path("handbooks/copies/<int:pk>/replace", views.handbook_replace, name="handbook_replace"),
    path("handbooks/copies/<int:pk>/pages.pdf", views.handbook_pages, name="handbook_pages"),
    path("handbooks/held", views.handbooks_held, name="handbooks_held"),
    path("handbooks/held/<int:pk>/give-back", views.handbook_give_back, name="handbook_give_back"),
    path("handbooks/check", views.handbook_check, name="handbook_check"),
    path("handbooks/check/<str:token>", views.handbook_scan, name="handbook_scan"),
    path("wishes/<int:pk>", views.wish_edit, name="wish_edit"),
    path("wishes/<int:pk>/end", views.wish_end, name="wish_end"),
]
