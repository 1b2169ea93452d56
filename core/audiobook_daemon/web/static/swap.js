// Puts the parts of a freshly written page in the place of the same parts of this one.

const SAME = "[id][data-live], #said";

// Swap the parts that `wanted` chooses; whoever types, opens or points at something there is not disturbed.
export function swap(text, wanted) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const old of document.querySelectorAll(SAME)) {
    const next = fresh.getElementById(old.id);
    if (!next || !wanted(old) || old.isEqualNode(next)) continue;
    const focus = remember(old);
    const open = new Set([...old.querySelectorAll("details[open][id]")].map((one) => one.id));
    for (const one of next.querySelectorAll("details[id]")) if (open.has(one.id)) one.open = true;
    old.replaceWith(document.adoptNode(next));
    focus?.(next);
  }
  document.title = fresh.title;
  document.dispatchEvent(new CustomEvent("swapped"));
}

// Whether a person is at work within an element.
export function busy(element) {
  const active = document.activeElement;
  return element.contains(active) && active.matches("input:not([type=hidden]), textarea, select");
}

// Return what gives the focus back to the link or button that had it, found by what it says and where it leads.
function remember(old) {
  const active = document.activeElement;
  if (!active || !old.contains(active)) return null;
  const known = identity(active);
  return (next) => {
    const same = [...next.querySelectorAll(active.tagName)].find((one) => identity(one) === known);
    same?.focus({ preventScroll: true });
  };
}

function identity(element) {
  return [element.textContent.trim(), element.form?.action ?? element.href ?? "", element.id].join("|");
}
