#!/bin/sh
# Prints the path of a browser that starts: the one told, an installed Chromium, Playwright's, else Debian's package.
python=$1
limit=""
if command -v timeout >/dev/null; then limit="timeout 20"; fi

# A browser whose libraries are missing is a file like any other: only its answer tells.
take() {
  if [ -n "$1" ] && $limit "$1" --version >/dev/null 2>&1; then
    echo "$1"
    exit 0
  fi
}
playwright_path() {
  "$python" - <<'END'
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
END
}

if [ -n "${ASSAY_CHROMIUM:-}" ]; then
  take "$ASSAY_CHROMIUM"
  echo "ASSAY_CHROMIUM names $ASSAY_CHROMIUM, which does not start: looking for another …" >&2
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  take "$(command -v "$name")"
done
take "$(playwright_path)"
echo "No Chromium that starts: trying Playwright's own …" >&2
"$python" -m playwright install chromium >&2 && take "$(playwright_path)"
if command -v apt-get >/dev/null; then
  root=""
  [ "$(id -u)" = 0 ] || root="sudo -n"
  if [ -z "$root" ] || $root true 2>/dev/null; then
    echo "… trying Debian's package …" >&2
    $root apt-get update -qq >&2
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >&2
    take "$(command -v chromium)"
  else
    echo "Somebody who may install packages has to run: apt-get install chromium fonts-noto-cjk" >&2
  fi
fi
echo "No browser could be had: install Chromium, or set ASSAY_CHROMIUM; browser tests will fail." >&2
