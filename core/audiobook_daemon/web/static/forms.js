// Sends forms without leaving the page, and asks before what cannot be taken back.
import { swap } from "./swap.js";

const SHOWN = { shown: true };

export function sendForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    if (form.method === "post" && !form.hasAttribute("data-plain")) {
      event.preventDefault();
      void send(form, event.submitter);
    }
  });
  // A choice in a filter needs no button.
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-filter]");
    if (form) form.requestSubmit();
  });
}

async function send(form, button) {
  // Pressed twice it is sent once. A button that was disabled would lose the focus, and with it the place on the page.
  if (form.getAttribute("aria-busy") === "true") return;
  const fields = new URLSearchParams(new FormData(form, button ?? undefined));
  form.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } });
    const here = new URL(location.href);
    const there = new URL(answer.url);
    if (there.pathname + there.search !== here.pathname + here.search || !answer.ok) {
      // The sentence that the next page was to say has been fetched with it: show that very page.
      const text = await answer.text();
      history.replaceState(SHOWN, "");
      history.pushState(SHOWN, "", answer.url === form.action ? location.href : answer.url);
      show(text);
      return;
    }
    swap(await answer.text(), () => true);
  } catch {
    // Sent once more it might be done twice: the page as it is now tells whether it was done.
    location.reload();
  } finally {
    form.removeAttribute("aria-busy");
    button?.removeAttribute("aria-disabled");
  }
}

// Show a whole other page that is here already.
function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  document.title = fresh.title;
  document.body.replaceWith(document.adoptNode(fresh.body));
  document.getElementById("main")?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  document.dispatchEvent(new CustomEvent("swapped"));
}

// Going back to a page that was shown in this way loads it; going to a place within a page does not.
window.addEventListener("popstate", (event) => {
  if (event.state?.shown) location.reload();
});
