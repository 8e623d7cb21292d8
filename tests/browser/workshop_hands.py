"""What hands do in a workshop: join on a phone, tap a level, press a button."""

OFFLINE = "ERR_INTERNET_DISCONNECTED"


def forget_lost_connections(complaints):
    complaints.lines[:] = [line for line in complaints.lines if OFFLINE not in line]


def heading(page, name):
    page.get_by_role("heading", name=name).first.wait_for()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def tap(phone, level):
    phone.locator(f".choice:has([value='{level}'])").click()
    phone.locator("[data-saved]").get_by_text("Saved. You can change it").wait_for()


def join(phone, code, email=None):
    phone.goto("/w/")
    phone.get_by_label("Code").fill(f"{code[:3]} {code[3:]}".lower())
    button(phone, "Go on").click()
    heading(phone, "Join the workshop")
    if email:
        phone.get_by_label("Your e-mail address").fill(email)
        button(phone, "Join").click()
    else:
        button(phone, "Join as a guest").click()
    phone.wait_for_url("**/w/room/**")
