"""Signs what it is given."""

from http.server import BaseHTTPRequestHandler, HTTPServer

from itsdangerous import Signer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(Signer("not a secret").sign(self.path))


if __name__ == "__main__":
    HTTPServer(("", 8000), Handler).serve_forever()
