"""How somebody comes in: second step, invitation, the sign-in of their own organisation, passkey."""
