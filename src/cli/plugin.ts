import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packPlugin } from "../jobs/plugin.ts";
import { packageFolder, version } from "../version.ts";
import type { CliCommand } from "./context.ts";

/** The Koha plugin; needs no configuration. */
export const plugin: CliCommand = {
  register: (program, context) => {
    program
      .command("plugin")
      .summary("the Koha plugin")
      .command("build")
      .summary("packs the Koha plugin, to be uploaded in Koha")
      .option("--out <file>", "where to", `koha-liaison-${version}.kpz`)
      .addHelpText(
        "after",
        "\nExamples:\n  liaison plugin build\n  liaison plugin build --out dist/koha-liaison.kpz",
      )
      .action(({ out }: { readonly out: string }) => {
        const { files, bytes } = packPlugin(path.join(packageFolder, "koha-plugin"), version);
        mkdirSync(path.dirname(path.resolve(out)), { recursive: true });
        writeFileSync(out, bytes);
        context.print(
          { file: out, version, files: files.length, bytes: bytes.length },
          () =>
            `${out}: version ${version}, ${files.length} files, ${Math.ceil(bytes.length / 1024)} KB. Upload it in ` +
            "Koha under Administration, Plugins, then restart Plack.",
        );
      });
  },
};
