"""Waiting times: a dated range of weeks, said in two clicks, with its history."""
