import type { CliCommand } from "./context.ts";
import { checkAssignments, rebuildAssignments } from "../jobs/remap.ts";
import { table } from "./table.ts";

export const db: CliCommand = {
  register: (program, context) => {
    const command = program.command("db").summary("the store: migrate, check, rebuild, digest, backup");
    command
      .command("migrate")
      .summary("bring the store's layout up to date")
      .action(() =>
        context.withApp(async (app) => {
          context.print({ store: app.store.file }, () => `${app.store.file} is up to date`);
        }),
      );
    command
      .command("check")
      .summary("verify every invariant of the store")
      .action(() =>
        context.withApp(async (app) => {
          const { rules } = await app.mapping();
          const checks = [...(await app.store.check()), await checkAssignments(app.store, rules)];
          context.print(checks, () =>
            table(
              ["invariant", "holds", "found"],
              checks.map(({ invariant, ok, found }) => [invariant, ok ? "yes" : "NO", found]),
            ),
          );
          context.exit(checks.every(({ ok }) => ok) ? 0 : 1);
        }),
      );
    command
      .command("rebuild")
      .summary("decide and count everything anew from what is stored, nothing by difference")
      .action(() =>
        context.withApp(async (app) => {
          const { mapping, rules } = await app.mapping();
          await rebuildAssignments(app.store, rules, context.signal);
          context.print(
            { store: app.store.file, mapping: mapping.version },
            () =>
              `assignments and roll-ups of ${app.store.file} are rebuilt under mapping ${mapping.version}`,
          );
        }),
      );
    command
      .command("digest")
      .summary("rows and a content hash per table, so that two stores can be compared")
      .option("--with-deleted", "add what is kept of the deleted")
      .action((flags: { readonly withDeleted?: boolean }) =>
        context.withApp(async (app) => {
          const digest = await app.store.digest({ withDeleted: flags.withDeleted ?? false });
          context.print(digest, () =>
            [
              table(
                ["table", "rows", "sha256"],
                Object.entries(digest.tables).map(([name, { rows, sha256 }]) => [name, rows, sha256]),
              ),
              `all ${digest.sha256}`,
            ].join("\n"),
          );
        }),
      );
    command
      .command("backup")
      .summary("a consistent copy while others write")
      .argument("<file>", "where to; must not be there yet")
      .action((file: string) =>
        context.withApp(async (app) => {
          await app.store.backup(file);
          context.print({ file }, () => `the store was copied to ${file}`);
        }),
      );
  },
};
