/** The arrows between the rooms: see docs/explanation/architecture.md. */
const room = (name) => `^src/${name}/`;
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: "\\.spec\\.ts$" },
  to: { path: "^(src|connectors|test|scripts)/", pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "specs-are-leaves",
      severity: "error",
      from: {},
      to: { path: "\\.spec\\.ts$" },
    },
    only("domain-is-pure", room("domain"), [room("domain")], "values and functions without I/O"),
    only("kit", room("kit"), [room("kit"), room("domain")], "everything that a connector may know"),
    only("mapping", room("mapping"), [room("mapping"), room("domain")], "the rule language"),
    only("store", room("store"), [room("store"), room("domain")], "SQL, and only here"),
    only(
      "measures",
      room("measures"),
      [room("measures"), room("store"), room("domain")],
      "one definition, one file",
    ),
    only(
      "reports",
      room("reports"),
      [room("reports"), room("measures"), room("store"), room("domain")],
      "sections as data",
    ),
    only(
      "answers",
      room("answers"),
      [room("answers"), room("reports"), room("measures"), room("store"), room("mapping"), room("domain")],
      "what readers may be told",
    ),
    only(
      "jobs",
      room("jobs"),
      [
        room("jobs"),
        room("reports"),
        room("measures"),
        room("store"),
        room("mapping"),
        room("kit"),
        room("config"),
        room("domain"),
      ],
      "the order of things",
    ),
    only(
      "web",
      room("web"),
      [
        room("web"),
        room("jobs"),
        room("measures"),
        room("reports"),
        room("config"),
        room("mapping"),
        room("store"),
        room("answers"),
        "^src/kit/(contract|secret)\\.ts$",
        room("domain"),
      ],
      "a door on jobs, measures and answers",
    ),
    only(
      "config",
      room("config"),
      [room("config"), "^src/kit/secret\\.ts$", room("domain")],
      "reads files, hands down one frozen object",
    ),
    {
      name: "connectors-know-kit-and-domain",
      severity: "error",
      from: { path: "^connectors/([^/]+)/", pathNot: "\\.spec\\.ts$" },
      to: { path: "^(src|connectors|test)/", pathNot: ["^src/(kit|domain)/", "^connectors/$1/"] },
    },
    {
      name: "only-main-knows-connectors",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/main\\.ts$", "\\.spec\\.ts$"] },
      to: { path: "^connectors/" },
    },
    {
      name: "sql-stays-in-the-store",
      severity: "error",
      from: { path: "^(src|connectors)/", pathNot: ["^src/store/", "\\.spec\\.ts$"] },
      to: { path: "^(node:sqlite|sqlite)$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".js"] },
  },
};
