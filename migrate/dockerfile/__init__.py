"""Dockerfiles: read (`syntax`, `shell`), understood (`facts`), decided on (`decision`), rewritten (`rules`)."""
