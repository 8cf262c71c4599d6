import { once } from "node:events";
import { version } from "../version.ts";
import type { CliCommand } from "./context.ts";

export const mcp: CliCommand = {
  register: (program, context) => {
    program
      .command("mcp")
      .summary("the MCP server on stdin and stdout, public data only")
      .description(
        "Assistants that speak the Model Context Protocol start it and ask it: find_liaison, new_titles, library_holds.",
      )
      .addHelpText("after", "\nExample:\n  liaison --config /etc/koha-liaison/liaison.yaml mcp")
      .action(() =>
        context.withApp(async (app) => {
          // Loaded by who asks for it alone: the SDK is large.
          const [{ createMcpServer }, { StdioServerTransport }] = await Promise.all([
            import("../answers/mcp.ts"),
            import("@modelcontextprotocol/sdk/server/stdio.js"),
          ]);
          const about = { library: app.config.library.name, version };
          const server = createMcpServer(await app.answers(), about);
          const ended = new AbortController();
          const end = (): void => {
            ended.abort();
          };
          context.stdin.once("end", end);
          context.signal.addEventListener("abort", end, { once: true });
          await server.connect(new StdioServerTransport());
          if (!ended.signal.aborted) await once(ended.signal, "abort");
          await server.close();
        }),
      );
  },
};
