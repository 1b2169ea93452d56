// The frame around every page: the menu of a small screen, the theme, and keys.

export function openMenu() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".menu-button");
    if (button) setMenu(button, button.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("keydown", (event) => {
    const button = document.querySelector(".menu-button[aria-expanded=true]");
    if (event.key === "Escape" && button) {
      setMenu(button, false);
      button.focus();
    }
  });
}

function setMenu(button, open) {
  button.setAttribute("aria-expanded", String(open));
  button.closest(".side").toggleAttribute("data-open", open);
}

const THEMES = ["system", "light", "dark"];

export function switchTheme() {
  name();
  document.addEventListener("swapped", name);
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".theme-button")) return;
    const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
    try {
      localStorage.setItem("theme", next);
    } catch {
      // It holds for this page alone.
    }
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    name();
  });
}

function theme() {
  return document.documentElement.dataset.theme ?? "system";
}

function name() {
  for (const button of document.querySelectorAll(".theme-button")) {
    button.hidden = false;
    button.querySelector("span").textContent = { system: "Theme: system", light: "Theme: light", dark: "Theme: dark" }[theme()];
  }
}

// `/` goes to the search of a page.
export function shortcuts() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const search = document.querySelector("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  });
}
