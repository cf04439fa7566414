"""Addresses of sign-in under /loket/. Of allauth only these are reachable; each has our own template.

The names without a room are allauth's: its code asks for them.
"""

from django.urls import include, path

from naast.people import views
from naast.people.drafts import views as drafts
from naast.people.oidc import views as elsewhere
from naast.people.passkeys import views as passkeys
from naast.people.rights import views as rights
from naast.people.staffing import urls as staffing

own = [
    path("account/", views.own_account, name="account"),
    path("account/gegevens.zip", rights.own, name="own-data"),
    path("account/sessies/<uuid:session_id>/beeindigen/", views.end_session, name="end-session"),
    path("account/sessies/beeindigen/", views.end_other_sessions, name="end-other-sessions"),
    path("aanmelden/sleutel/", passkeys.add, name="passkey-add"),
    path("account/sleutels/<int:passkey_id>/naam/", passkeys.rename, name="passkey-rename"),
    path("account/sleutels/<int:passkey_id>/weg/", passkeys.remove, name="passkey-remove"),
    path("aanmelden/eerste-keer/<uidb64>/<token>/", views.set_password, name="set-password"),
    *staffing.urlpatterns,
    path("mensen/<slug:place>/<uuid:user_id>/gegevens/", rights.colleague, name="colleague"),
    path("mensen/<slug:place>/<uuid:user_id>/gegevens.zip", rights.colleague_file, name="colleague-file"),
    path("aanmelden/via/<slug:slug>/", elsewhere.leave, name="via"),
    path("aanmelden/via/<slug:slug>/terug/", elsewhere.back, name="via-back"),
    path("blijf-aangemeld/", drafts.stay, name="stay"),
    path("bewaard/", drafts.leave, name="keep-and-leave"),
    path("bewaard/weg/", drafts.discard, name="discard-kept"),
]

urlpatterns = [
    path("aanmelden/", views.sign_in, name="account_login"),
    path("aanmelden/code/", views.code, name="mfa_authenticate"),
    path("aanmelden/bevestigen/", views.prove_again, name="account_reauthenticate"),
    path("aanmelden/telefoon/", views.set_up, name="mfa_activate_totp"),
    path("aanmelden/telefoon/vervangen/", views.replace_phone, name="mfa_deactivate_totp"),
    path("aanmelden/herstelcodes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("aanmelden/herstelcodes/nieuw/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("aanmelden/wachtwoord/", views.change_password, name="account_change_password"),
    path("account/tweede-stap/", views.own_account, name="mfa_index"),
    path("afmelden/", views.sign_out, name="account_logout"),
    path("", include((own, "people"))),
    path("", include("naast.people.access.urls")),
]
