from address_book import PEOPLE
from greetings import HELLO

for person in PEOPLE:
    print(HELLO, person)
