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

// One act, one step back: the entry that Streamlit would replace when an input changes is kept, and what it pushes more
// than once, as on the way to another page, becomes one. Whatever is typed into a search is one act.
let acted = false
let typing = false
let step = null
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, (event) => {
  const types = kind === "keydown" && event.target.type === "search"
  if (!types || !typing) step = null
  typing = types
  acted = true
}, true)
addEventListener("popstate", () => { acted = typing = false; step = null })
window.navigation?.addEventListener("currententrychange", (event) => {
  if (event.navigationType === "push") step = navigation.currentEntry.key
})
window.navigation?.addEventListener("navigate", (event) => {
  const to = new URL(event.destination.url)
  const made = step === navigation.currentEntry.key
  if (event.navigationType === "push" && made) {
    event.preventDefault()
    history.replaceState({}, "", to)
  } else if (event.navigationType === "replace" && acted && !made && to.search !== location.search) {
    event.preventDefault()
    history.pushState({}, "", to)
  }
})

// What is typed into an area is told whenever its writer pauses, and so is kept as a draft; Streamlit tells it only when
// the area is left.
let pause = 0
addEventListener("input", (event) => {
  const area = event.target
  if (area.tagName !== "TEXTAREA" || event.isComposing) return
  clearTimeout(pause)
  pause = setTimeout(() => {
    area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }))
  }, 1000)
}, true)

// Tells when the theme changes: some colours of figures come from the server.
let theme = null
export default function ({ parentElement, setTriggerValue }) {
  const before = theme
  theme = getComputedStyle(parentElement.host ?? parentElement).getPropertyValue("--st-background-color")
  if (before !== null && before !== theme) setTriggerValue("theme", theme)
}
