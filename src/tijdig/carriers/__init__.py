"""How a message leaves the house: mail, text messages and payment links, and what comes back of them."""
