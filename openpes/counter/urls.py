"""Addresses of the counter."""

from django.urls import path

from openpes.counter import views

urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("person/<int:pk>/", views.person, name="person"),
    path("reader/", views.reader, name="reader"),
    path("wishes/", views.wishes, name="wishes"),
    path("vacancy/<int:pk>/candidates/", views.candidates, name="candidates"),
    path("queue/", views.queue, name="queue"),
    path("queue/pane/", views.pane, name="pane"),
    path("queue/waiting/", views.waiting, name="waiting"),
    path("queue/take/", views.take, name="take"),
    path("queue/next/", views.next_number, name="next"),
    path("queue/arrive/<int:pk>/", views.arrive, name="arrive"),
    path("queue/<int:pk>/", views.slip, name="slip"),
    path("queue/<int:pk>/call/", views.call, name="call"),
    path("queue/<int:pk>/move/", views.move, name="move"),
    path("bulk/", views.bulk, name="bulk"),
    path("bulk/act/", views.bulk_act, name="bulk_act"),
    path("views/save/", views.view_save, name="view_save"),
    path("views/<int:pk>/drop/", views.view_drop, name="view_drop"),
    path("person/<int:pk>/receipt/", views.receipt_new, name="receipt_new"),
    path("receipts/<int:pk>/", views.receipt, name="receipt"),
    path("receipts/check/", views.receipt_check, name="receipt_check"),
    path("receipts/check/<str:token>/", views.receipt_scan, name="receipt_scan"),
    path("hall/<int:point>/", views.hall, name="hall"),
    path("hall/<int:point>/rows/", views.hall_rows, name="hall_rows"),
]
