/** An assistant starts `liaison mcp` as its configuration says, and asks. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import path from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";

let installation: Installation;
beforeEach(() => {
  installation = newInstallation();
});
afterEach(() => {
  installation.remove();
});

test("liaison mcp answers on stdin and stdout, and ends when the assistant does", async () => {
  installation.configure({ url: "http://127.0.0.1:9" });
  const client = new Client({ name: "assistant", version: "1" });
  await client.connect(
    new StdioClientTransport({
      command: path.resolve("node_modules/.bin/node"),
      args: [path.resolve("src/main.ts"), "--config", installation.config, "mcp"],
      stderr: "inherit",
    }),
  );
  const asked = { name: "find_liaison", arguments: { department: "Physics" } };
  const { structuredContent } = await client.callTool(asked);
  expect(structuredContent).toMatchObject({ found: true, items: [{ name: "Ada Example" }] });
  await client.close();
});
