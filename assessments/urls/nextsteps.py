from django.urls import path

from ..views import nextsteps

STEPS = "partnerships/<slug:slug>/next-steps/"
STEP = STEPS + "<int:pk>/"

urlpatterns = [
    path(STEPS, nextsteps.NextStepsView.as_view(), name="next_steps"),
    path(STEPS + "new/", nextsteps.NextStepNewView.as_view(), name="next_step_new"),
    path(STEP, nextsteps.NextStepView.as_view(), name="next_step"),
    path(STEP + "done/", nextsteps.DoneView.as_view(), name="next_step_done"),
    path(STEP + "drop/", nextsteps.DropView.as_view(), name="next_step_drop"),
    path(STEP + "take-up/", nextsteps.TakeUpView.as_view(), name="next_step_take_up"),
]
