"""Addresses of referrals."""

from django.urls import path

from openpes.referrals import views

app_name = "referrals"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("follow-up/", views.follow_up, name="follow_up"),
    path("hire/", views.hire, name="hire_directly"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/letter.pdf", views.letter, name="letter"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/hire/", views.hire, name="hire"),
    path("reported/<int:pk>/", views.confirm, name="confirm"),
    path("reported/<int:pk>/give-back/", views.give_back, name="give_back"),
    path("vacancy/<int:pk>/", views.of_vacancy, name="of_vacancy"),
    path("employer/<int:pk>/hires/", views.hires_of_employer, name="hires_of_employer"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/answer/", views.inbox_answer, name="inbox_answer"),
    path("inbox/<int:pk>/hire/", views.inbox_hire, name="inbox_hire"),
    path("verify/", views.check, name="check"),
    path("verify/<str:token>/", views.verify, name="verify"),
]
