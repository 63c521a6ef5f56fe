"""Admin / Staff and roles: three pages under one title."""
