"""Plain HTTP: sign-in and account pages, public pages for crawlers, health, files."""
