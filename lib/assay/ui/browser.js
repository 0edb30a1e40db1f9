// What Streamlit leaves out between a reader and a page; docs/decisions/0008-the-browser.md says why.

// Esc in a select box closes its list and keeps the choice; Streamlit takes the choice away.
addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.isTrusted && event.target.closest?.('[data-testid="stSelectbox"]')
  if (!box) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (event.target.ariaExpanded === "true") {
    event.target.blur()
    event.target.focus()
  } else {
    box.parentElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }))
  }
}, true)

// Every choice is one step back, and so is a page. Streamlit replaces the address when an input changes, and on the way
// to another page leaves an entry that has the new page's choices at the old page's path. A search is one step, however
// long somebody types.
let acted = false
let passed = null
let searched = null
for (const act of ["pointerdown", "keydown"]) addEventListener(act, () => { acted = true; passed = null }, true)
addEventListener("popstate", () => { acted = false; passed = null })
window.navigation?.addEventListener("navigate", (event) => {
  const to = new URL(event.destination.url)
  const here = navigation.currentEntry.key
  const stays = to.pathname === location.pathname
  const asks = to.search !== location.search
  if (event.navigationType === "push") {
    if (!stays && !asks && passed === here) {
      event.preventDefault()
      history.replaceState({}, "", to)
    } else if (stays && asks) {
      queueMicrotask(() => { passed = navigation.currentEntry.key })
    }
  } else if (event.navigationType === "replace" && acted && stays && asks) {
    const typed = document.activeElement?.type === "search"
    if (typed && searched === here) return
    event.preventDefault()
    history.pushState({}, "", to)
    searched = typed ? navigation.currentEntry.key : null
  }
})

// Tells when the theme changes: some colours of figures come from the server.
let theme = null
export default function ({ parentElement, setTriggerValue }) {
  const before = theme
  theme = getComputedStyle(parentElement.host ?? parentElement).getPropertyValue("--st-background-color")
  if (before !== null && before !== theme) setTriggerValue("theme", theme)
}
