"""Whether somebody knows a secret of the house. The host hears of who guesses wrong."""

from server.house import House
from server.people.digests import same_digest
from server.people.guesses import CROUPIERS, wrong_words
from server.people.people import Client


def knows(house: House, client: Client, secret: str, digest: bytes, wanted: bytes) -> bool:
    """Whether this is the secret. Wrong guesses are counted, and in a pause nothing is looked at,
    which is a `Refusal`. Who knows the croupier's password after wrong guesses is told of, for it
    may have been guessed, whether it brings him the seat or not.
    """
    client.wrong_guesses += 1
    house.guesses.verify(secret, client.address, house.now)
    if same_digest(digest, wanted):
        client.wrong_guesses -= 1
        if secret == CROUPIERS and (guessed := house.guesses.at(secret, house.now)):
            who = client.name or "somebody"
            house.tell_host(f"{who} from {client.address} knows {secret} after {guessed}")
        return True
    for wrong in house.guesses.wrong(secret, client.address, house.now):
        house.tell_host(wrong_words(wrong, house.now))
    return False
