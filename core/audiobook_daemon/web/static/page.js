// Brings a page to life. Everything works without it: forms are sent, links are followed, and reloading shows the rest.
import { keepTimes } from "./times.js";
import { hideBrokenCovers } from "./covers.js";
import { keepLive } from "./live.js";
import { sendForms } from "./forms.js";
import { openMenu, shortcuts, switchTheme } from "./chrome.js";

openMenu();
switchTheme();
shortcuts();
sendForms();
hideBrokenCovers();
keepTimes();
keepLive();
