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

// Return what gives the focus back to the link or button that had it, found by what it says and where it leads. If that
// is gone the part itself has it, so that reading goes on there and not at the top of the page.
function remember(old) {
  const active = document.activeElement;
  if (!active || !old.contains(active)) return null;
  const known = identity(active);
  return (next) => {
    const same = [...next.querySelectorAll(active.tagName)].find((one) => identity(one) === known);
    if (!same) next.tabIndex = -1;
    (same ?? next).focus({ preventScroll: true });
  };
}

function identity(element) {
  return [element.textContent.trim(), element.form?.action ?? element.href ?? "", element.id].join("|");
}
