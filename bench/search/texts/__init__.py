"""The texts of the offers as a model that Wagtail's search can index. Only for measuring."""
