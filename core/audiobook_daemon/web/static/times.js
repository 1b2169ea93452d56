// Keeps "3 min ago" true while the page stays open; the server writes the same words.

const STEPS = [[60, 1, "s"], [3600, 60, "min"], [129600, 3600, "h"], [3888000, 86400, "d"], [Infinity, 2592000, "mo"]];

export function keepTimes() {
  write();
  setInterval(write, 10_000);
  document.addEventListener("swapped", write);
}

function write() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const text = distance((Date.parse(time.dateTime) - Date.now()) / 1000);
    if (time.textContent !== text) time.textContent = text;
  }
}

function distance(seconds) {
  const apart = Math.abs(seconds);
  if (apart < 5) return "now";
  const [, unit, name] = STEPS.find(([limit]) => apart < limit);
  const told = `${Math.floor(apart / unit)} ${name}`;
  return seconds > 0 ? `in ${told}` : `${told} ago`;
}
