"""The QR code that leads into a workshop, as an image."""

import io

import segno

INK = "#14213d"


def square(address):
    """The SVG of a QR code for an address, with no style of its own."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", border=1, dark=INK, light="#fff", omitsize=True, xmldecl=False)
    return drawn.getvalue()
