"""Questions with a fingerprint of their results in order, made on SQLite; PostgreSQL must give the same."""

from hashlib import blake2b


def fingerprint(slugs: list[str]) -> str:
    """A short mark of a list of results in its order."""
    return f"{len(slugs)}:{blake2b(' '.join(slugs).encode(), digest_size=4).hexdigest()}"


QUESTIONS = {
    "omgangsregelng": "22:2ca4cce7",
    "bezoekregeling": "14:40e626ee",
    "papa ziet de kinderen niet": "14:515f0d7e",
    "vechtscheiding": "12:652a3929",
    "ruzie met de andere ouder": "17:c5e4e8c2",
    "we kunnen niet met elkaar praten": "21:867d9ca2",
    "buddy": "7:91df9fea",
    "een maatje voor mijn zoon van 12": "7:91df9fea",
    "KIES": "1:5cb04cb2",
    "advocaat betalen": "4:2f436443",
    "mediator": "11:f2494ceb",
    "stiefkind": "2:8cbf9401",
    "bonusmoeder": "2:8cbf9401",
    "zwanger": "5:d55dc7e7",
    "huilbaby": "6:41cd38e2",
    "gratis groep voor kinderen": "37:1f266365",
    "mijn dochter huilt om de scheiding": "4:f0dc493d",
    "relatietherapie": "8:c589f0c3",
    "loket": "11:3ea7fc87",
    "spreekuur": "11:36da6a5a",
    "juf": "5:302e994b",
    "opa ziet kleinkind niet": "17:75d5165f",
    "geen geld": "5:e25a9d60",
    "alimentatie": "3:8a7bb1c7",
    "waar kan ik wonen": "4:b579ede5",
    "ouderschapsplan": "10:498c949d",
    "hoe vertel ik het mijn kinderen": "49:9b289db4",
    "kindgesprek rechter": "17:58bc7b87",
    "mijn man slaat me": "11:6bb6e6e8",
    "ik wil niet meer leven": "5:01fc4533",
    "verkracht": "4:18889dea",
    "kinderen meegenomen naar buitenland": "51:6874bcf4",
    "alleenstaande moeder": "10:c6e8add8",
    "cursus voor ouders": "11:f7fee28d",
    "online": "22:c95b6b53",
    "hulp": "25:08073d0f",
    "ouders": "65:6807275f",
    "scheiding": "34:31a788d0",
    "mijn vriendin gaat scheiden hoe steun ik haar": "15:59087563",
    "kindertelefon": "11:0c53bea5",
}
