// Keeps a page true: the stream of events tells what kind of thing has changed, and the page asks for those parts of
// itself again.
import { busy, swap } from "./swap.js";

const KINDS = ["want", "news", "run", "instance", "jobs", "downloads", "settings", "tracker"];
const PATIENCE = 20_000;
const REST = 700;
let source = null;
let waiting = new Set();
let asking = false;

export function keepLive() {
  const address = document.body.dataset.liveStream;
  if (!address || !("EventSource" in window)) return;
  const listen = () => {
    source = new EventSource(address);
    for (const kind of KINDS) source.addEventListener(kind, () => changed([kind]));
    source.addEventListener("resync", () => changed(["*"]));
    source.addEventListener("open", () => show("live"));
    source.addEventListener("error", () => show(source.readyState === EventSource.CLOSED ? "closed" : "away"));
  };
  listen();
  // A page that nobody sees needs no stream; when it is seen again it may have missed anything.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source.close();
    } else if (source.readyState === EventSource.CLOSED) {
      listen();
      changed(["*"]);
    }
  });
  window.addEventListener("pagehide", () => source.close());
}

function show(state) {
  document.documentElement.dataset.live = state;
}

function changed(topics) {
  for (const topic of topics) waiting.add(topic);
  if (!asking) void ask();
}

async function ask() {
  asking = true;
  try {
    while (waiting.size) {
      await new Promise((go) => setTimeout(go, REST));
      const topics = waiting;
      waiting = new Set();
      if (!concerns(topics)) continue;
      const answer = await fetch(location.href, {
        headers: { Accept: "text/html" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.redirected && new URL(answer.url).pathname.endsWith("/login")) {
        location.reload();
        return;
      }
      if (answer.ok) swap(await answer.text(), (part) => part.id !== "said" && told(part, topics) && !busy(part));
    }
  } catch {
    // The stream tells when the daemon is back.
  } finally {
    asking = false;
  }
}

function concerns(topics) {
  return [...document.querySelectorAll("[data-live]")].some((part) => told(part, topics));
}

function told(part, topics) {
  return topics.has("*") || (part.dataset.live ?? "").split(" ").some((topic) => topics.has(topic));
}
