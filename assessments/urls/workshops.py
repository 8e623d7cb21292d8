from django.urls import include, path

from ..views import rehearsals, room, ways_in, workshops

WORKSHOP = [
    path("", workshops.ControlView.as_view(), name="workshop"),
    path("projector/", workshops.ProjectorView.as_view(), name="workshop_projector"),
    path("one-screen/", workshops.OneScreenView.as_view(), name="workshop_one_screen"),
    path("live/", workshops.LiveView.as_view(), name="workshop_live"),
    path("qr.svg", workshops.QrView.as_view(), name="workshop_qr"),
    path("move/", workshops.WorkshopMoveView.as_view(), name="workshop_move"),
    path("go-to/", workshops.GoToView.as_view(), name="workshop_go_to"),
    path("timer/", workshops.TimerView.as_view(), name="workshop_timer"),
    path("agree/", workshops.AgreeView.as_view(), name="workshop_agree"),
    path("next-step/", workshops.StepView.as_view(), name="workshop_next_step"),
    path("door/", workshops.DoorView.as_view(), name="workshop_door"),
    path("seats/<int:seat>/", workshops.SeatView.as_view(), name="workshop_seat"),
    path("ways-in/", ways_in.WaysInView.as_view(), name="workshop_ways_in"),
    path("finish/", workshops.FinishView.as_view(), name="workshop_finish"),
    path("call-off/", workshops.CallOffView.as_view(), name="workshop_call_off"),
    path("invented/", rehearsals.InventedView.as_view(), name="rehearsal_rate"),
    path("rehearsal/end/", rehearsals.EndView.as_view(), name="rehearsal_end"),
]
ROOM = [
    path("", room.CodeView.as_view(), name="room_code"),
    path("room/<int:pk>/", room.RoomView.as_view(), name="room"),
    path("room/<int:pk>/live/", room.RoomLiveView.as_view(), name="room_live"),
    path("room/<int:pk>/rate/", room.RateView.as_view(), name="room_rate"),
    path("room/<int:pk>/vote/", room.VoteView.as_view(), name="room_vote"),
    path("in/<str:token>/", ways_in.WayInView.as_view(), name="room_way_in"),
    path("<str:code>/", room.JoinView.as_view(), name="room_join"),
]

urlpatterns = [
    path("w/", include(ROOM)),
    path("workshops/<int:pk>/", include(WORKSHOP)),
    path("rounds/<int:pk>/workshop/start/", workshops.StartView.as_view(), name="workshop_start"),
    path("rounds/<int:pk>/workshop/rehearse/", rehearsals.RehearseView.as_view(), name="rehearse"),
]
