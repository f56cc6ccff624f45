// The terminal, put together. Each file does one thing; this one says in which order.
import { setup } from "./setup.js";
import { listen, on } from "./wire.js";
import { registerTools } from "./overlays.js";
import { startGrid } from "./grid.js";
import { startChartBar } from "./chart-bar.js";
import { startLevels } from "./levels.js";
import { startWatch } from "./watch.js";
import { startDock, startWindow } from "./dock.js";
import { startTicket } from "./ticket.js";
import { startOneClick } from "./one-click.js";
import { startLadder } from "./ladder.js";
import { startKeys } from "./keys.js";
import { startOrderTemplates } from "./order-templates.js";
import { startTools } from "./tools.js";
import { play } from "./notes.js";
import { prefs } from "./prefs.js";

if (setup) {
  registerTools(klinecharts);
  listen();
  startLevels();
  startGrid();
  startChartBar();
  startWatch();
  startDock();
  startWindow();
  startTicket();
  startOneClick();
  startLadder();
  startKeys();
  startOrderTemplates();
  startTools();
  on("deal", deal => { if (prefs.sounds) play(deal.tone === "bad" ? "bad" : deal.kind); });
}
