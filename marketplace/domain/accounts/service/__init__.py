"""What can be done with accounts: people, sessions, second factors, roles, invitations."""
