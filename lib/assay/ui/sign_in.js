// Keeps the link that somebody came by over a sign-in, which always ends at home; docs/decisions/0009-who-is-here.md.

const KEY = "assay.link"

// The whole address of a link on this host, null for one that could lead elsewhere: what begins with two slashes names
// another host, browsers take a backslash for a slash, and drop control characters before they read an address.
export function ours(link, origin) {
  if (typeof link !== "string" || !/^\/(?![/\\])[^\\\u0000-\u001f\u007f]*$/.test(link)) return null
  const to = new URL(link, origin)
  return to.origin === origin && !to.pathname.startsWith("//") ? to.href : null
}

// Kept at the moment of the click and read once: where a page is only opened, nothing is remembered.
addEventListener("click", (event) => {
  if (event.target.closest?.('[class*="st-key-sign-in"]')) {
    sessionStorage.setItem(KEY, location.pathname + location.search)
  }
}, true)

const link = sessionStorage.getItem(KEY)
sessionStorage.removeItem(KEY)
const to = ours(link, location.origin)
const home = !location.search && link?.startsWith(location.pathname)
if (to && home && to !== location.href) location.replace(to)

export default function () {}
