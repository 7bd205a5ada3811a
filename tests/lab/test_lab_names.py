from tijdig.lab.names import BODIES, STREET_ENDS, STREET_STEMS, SURNAMES, full_name, plain


def test_surnames_enough_and_each_once() -> None:
    assert len(SURNAMES) >= 150
    assert len(set(SURNAMES)) == len(SURNAMES)


def test_surnames_prefix_apart() -> None:
    assert ("van den", "Berg") in SURNAMES
    assert ("in 't", "Veld") in SURNAMES
    assert ("", "Yıldız") in SURNAMES


def test_streets_each_name_once() -> None:
    assert len({stem + end for stem in STREET_STEMS for end in STREET_ENDS}) == 256


def test_plain_takes_accents_off() -> None:
    assert [plain(name) for name in ("Yıldız", "Şahin", "Öztürk", "Wójcik")] == [
        "Yildiz",
        "Sahin",
        "Ozturk",
        "Wojcik",
    ]


def test_plain_every_name_fits_the_bank_character_set() -> None:
    names = [*BODIES, *(full_name("A.", *name) for name in SURNAMES)]
    assert all(plain(name).isascii() and not set(plain(name)) & set("&<>/:") for name in names)
