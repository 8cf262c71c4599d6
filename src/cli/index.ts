/** The commands, in the order of the help. */
import type { CliCommand } from "./context.ts";
import { callnumber } from "./callnumber.ts";
import { chatbot } from "./chatbot.ts";
import { db } from "./db.ts";
import { decisions } from "./decisions.ts";
import { demo } from "./demo.ts";
import { doctor } from "./doctor.ts";
import { find } from "./find.ts";
import { init } from "./init.ts";
import { kbart } from "./kbart.ts";
import { map } from "./map/index.ts";
import { mcp } from "./mcp.ts";
import { outbox } from "./outbox.ts";
import { plugin } from "./plugin.ts";
import { privacy } from "./privacy.ts";
import { quarantine } from "./quarantine.ts";
import { query } from "./query.ts";
import { report } from "./report.ts";
import { send } from "./send.ts";
import { serve } from "./serve.ts";
import { status } from "./status.ts";
import { importCommand, sync } from "./sync.ts";

export const commands: readonly CliCommand[] = [
  init,
  doctor,
  sync,
  importCommand,
  find,
  quarantine,
  map,
  callnumber,
  kbart,
  query,
  report,
  decisions,
  send,
  outbox,
  serve,
  status,
  chatbot,
  mcp,
  db,
  privacy,
  plugin,
  demo,
];
