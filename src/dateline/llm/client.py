"""Questions to a language model behind any URL that speaks OpenAI's chat completions."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx

from dateline.errors import ModelError, RejectedReport

MOST_BYTES = 2_000_000
"""Of an answer; a longer one is no answer."""

KEY = "DATELINE_LLM_KEY"
"""The variable that holds the key, for servers that ask for one."""


@dataclass(frozen=True, slots=True)
class Client:
    """A model at a URL.

    Args:
        url: up to and without ``/chat/completions``: ``http://127.0.0.1:8080/v1``.
        model: the model's name, as the server knows it.
        timeout: seconds until a whole answer must be there.
    """

    url: str
    model: str
    timeout: float = 120.0

    def ask(self, system: str, user: str) -> str:
        """The model's answer, at temperature 0.

        Redirects are not followed and no proxy is used: the report's words go to this URL and nowhere else.

        Raises:
            ModelError: nobody answers at the URL, or the server refuses the key or the model's name.
            RejectedReport: the answer is late, too long, an error of the server or not of the form that is spoken there.
        """
        body = {
            "model": self.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "stream": False,
            "response_format": {"type": "json_object"},
        }
        headers = {"Authorization": f"Bearer {key}"} if (key := os.environ.get(KEY)) else {}
        try:
            with (
                httpx.Client(timeout=self.timeout, trust_env=False, follow_redirects=False) as http,
                http.stream("POST", f"{self.url.rstrip('/')}/chat/completions", json=body, headers=headers) as answer,
            ):
                return self._content(answer.status_code, self._bytes(answer, monotonic() + self.timeout))
        except httpx.TimeoutException:
            raise self._late() from None
        except (httpx.ConnectError, httpx.UnsupportedProtocol, httpx.InvalidURL) as e:
            raise ModelError(f"no language model answers at {self.url}: {e}") from None
        except httpx.HTTPError as e:
            raise RejectedReport("failed", f"the language model's answer broke off: {e}") from None

    def _late(self) -> RejectedReport:
        return RejectedReport("failed", f"the language model gave no answer in {self.timeout:g} s")

    def _bytes(self, answer: httpx.Response, until: float) -> bytes:
        data = b""
        for part in answer.iter_bytes():
            data += part
            if len(data) > MOST_BYTES:
                raise RejectedReport("failed", f"the language model's answer is longer than {MOST_BYTES:,} bytes")
            if monotonic() > until:
                raise self._late()
        return data

    def _content(self, status: int, data: bytes) -> str:
        if status in (401, 403, 404):
            raise ModelError(
                f"{self.url} refuses (status {status}): {_said(data)}; is the model's name right, and {KEY}?"
            )
        if status != 200:
            raise RejectedReport("failed", f"the language model's server says {status}: {_said(data)}")
        try:
            content = json.loads(data)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError):
            content = None
        if not isinstance(content, str):
            raise RejectedReport("failed", "the language model's server answers in another form than chat completions")
        return content


def _said(data: bytes) -> str:
    """What a server says of an error, in short."""
    try:
        told: Any = json.loads(data)["error"]
        text = str(told["message"] if isinstance(told, dict) else told)
    except (ValueError, LookupError, TypeError):
        text = data[:200].decode("utf-8", "replace")
    return " ".join(text.split())[:200] or "nothing"
