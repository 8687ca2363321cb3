"""Pictures: what is taken, and what is left of it."""

import io
import struct
import zlib

import pytest
from PIL import Image as Pillow

from briefings.errors import BriefingRefused
from briefings.models import Image
from briefings.services.images import encode


def opened(picture):
    return Pillow.open(io.BytesIO(picture.data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_comes_in_is_told_by_its_content_and_goes_out_as_webp(picture, kind):
    kept = encode(picture(kind))

    assert (opened(kept).format, opened(kept).size, kept.width, kept.height) == ("WEBP", (30, 20), 30, 20)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16"])
def test_every_kind_of_pixels_is_read(picture, mode):
    kept = encode(picture("PNG", mode=mode))

    assert opened(kept).mode == ("RGBA" if mode in {"RGBA", "LA"} else "RGB")


def test_a_transparent_palette_stays_transparent(picture):
    kept = encode(picture("PNG", mode="P", transparency=0))

    assert opened(kept).mode == "RGBA"


def test_large_pictures_shrink_to_two_thousand_pixels_a_side(picture):
    kept = encode(picture("PNG", size=(3000, 1500)))

    assert (kept.width, kept.height) == (2000, 1000)


def test_pictures_are_turned_upright_and_lose_what_one_does_not_see(picture):
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "taken at the safe house"
    kept = encode(picture("JPEG", exif=exif, comment=b"by an agent", icc_profile=b"colours of a camera"))

    assert (kept.width, kept.height) == (20, 30)
    assert dict(opened(kept).getexif()) == {}
    assert [
        words for words in (b"safe house", b"agent", b"camera", b"EXIF", b"XMP ", b"ICCP") if words in kept.data
    ] == []


def bomb(width, height):
    """A PNG that promises that many pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_000, 10_000, 60_000])
def test_pixel_bombs_are_refused_before_they_are_drawn(side):
    with pytest.raises(BriefingRefused) as refused:
        encode(bomb(side, side))

    assert (str(refused.value), refused.value.field) == ("An image has at most 40 million pixels.", "image_file")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        bomb(30, 20),
        b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 40,
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(BriefingRefused) as refused:
        encode(data)

    assert str(refused.value) == "This is no JPEG, PNG or WebP image that can be read."


def test_half_a_picture_is_refused(picture):
    with pytest.raises(BriefingRefused):
        encode(picture("JPEG", size=(300, 200))[:900])


def test_a_gif_is_refused_whatever_it_is_called(picture):
    with pytest.raises(BriefingRefused):
        encode(picture("GIF", mode="P"))


def test_more_than_eight_megabytes_are_refused():
    with pytest.raises(BriefingRefused, match=r"An image has at most 8 MB."):
        encode(b"\0" * 8_000_001)


def test_the_same_picture_is_kept_once(keep, picture):
    assert keep(picture()) == keep(picture())
    assert Image.objects.count() == 1


def test_a_picture_is_public_once_an_edition_shows_it(keep, picture, begin, save, publish, browse, bob):
    kept = keep(picture())
    address = kept.get_absolute_url()
    hidden = browse().get(address)
    desk = browse(bob).get(address)
    briefing = begin()
    briefing.image = kept
    briefing.image_alt = "A lock"
    briefing.save()
    drafted = browse().get(address)
    publish(briefing)
    shown = browse().get(address)

    assert [answer.status_code for answer in (hidden, desk, drafted, shown)] == [404, 200, 404, 200]
    assert (shown.content, shown["Content-Type"]) == (bytes(kept.data), "image/webp")
    assert shown["Cache-Control"] == "max-age=31536000, immutable, public"
    assert desk["Cache-Control"] == "private"


def test_a_made_up_address_of_a_picture_is_none(browse, db):
    assert browse().get("/briefings/images/%00/").status_code == 404
    assert browse().get(f"/briefings/images/{'0' * 64}/").status_code == 404
