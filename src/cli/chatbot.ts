import { ConfigError } from "../domain/problem.ts";
import { version } from "../version.ts";
import type { CliCommand, CliContext } from "./context.ts";

export const chatbot: CliCommand = {
  register: (program, context) => {
    const group = program
      .command("chatbot")
      .summary("what an assistant imports: the description of the answers, and a skill");
    group
      .command("openapi")
      .summary("the OpenAPI document of the answers, for a custom extension")
      .option("--host <host>", "where the assistant reaches the answers; default: that of web.publicUrl")
      .addHelpText("after", "\nExample:\n  liaison chatbot openapi > liaison-openapi.json")
      .action((options: { readonly host?: string }) => openApi(context, options.host));
    group
      .command("watson-skill")
      .summary("an action skill for watsonx Assistant that asks the extension")
      .requiredOption("--extension-id <uuid>", "id of the extension in the assistant")
      .addHelpText(
        "after",
        "\nExample:\n  liaison chatbot watson-skill --extension-id 2f1c0b44-5a0e-4f7c-9d5b-0b8e6d0f8a11 > skill.json",
      )
      .action((options: { readonly extensionId: string }) => skill(context, options.extensionId));
  },
};

function openApi(context: CliContext, host: string | undefined): Promise<void> {
  return context.withApp(async ({ config }) => {
    const { openApiDocument } = await import("../answers/index.ts");
    const publicHost = config.web.publicUrl === undefined ? undefined : new URL(config.web.publicUrl).host;
    const where = host ?? publicHost;
    if (where === undefined) {
      throw new ConfigError([
        {
          code: "NO_PUBLIC_ADDRESS",
          what: "an assistant needs an address that it can reach",
          cure: "set web.publicUrl to where the proxy serves these pages, or name it with --host HOST",
        },
      ]);
    }
    const document = openApiDocument({ library: config.library.name, host: where, version });
    context.print(document, () => JSON.stringify(document, null, 2));
  });
}

function skill(context: CliContext, extensionId: string): Promise<void> {
  return context.withApp(async ({ config }) => {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(extensionId)) {
      throw new ConfigError([
        {
          code: "BAD_EXTENSION_ID",
          what: `"${extensionId}" is no id of an extension`,
          cure: "copy it from the extension's page of the assistant: 8-4-4-4-12 hexadecimal digits",
        },
      ]);
    }
    const { watsonSkill } = await import("../answers/index.ts");
    // IBM's page wants neither new lines nor tabs.
    context.write(`${JSON.stringify(watsonSkill(config.library.name, extensionId))}`);
  });
}
