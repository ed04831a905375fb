"""How the description of the API says that an answer is a file."""

from __future__ import annotations

from typing import Any

FILE_ANSWER: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    }
}
