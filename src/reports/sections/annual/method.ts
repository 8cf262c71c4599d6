import { measures } from "../../../measures/index.ts";
import { reachOf } from "../../../measures/reach.ts";
import type { StreamNeed } from "../../../measures/types.ts";
import { isSentence } from "../../locale/say.ts";
import type { SectionContext } from "../../context.ts";
import type { Block } from "../../model.ts";
import { labelOf } from "../measured.ts";
import { defineSection } from "../section.ts";
import { figuresOf } from "./figures.ts";

/** What the figures of a collection are made of. */
const sources: readonly StreamNeed[] = [
  "records",
  "items",
  "checkouts",
  "holds",
  "hold-counts",
  "orders",
  "funds",
  "suggestions",
  "ill-requests",
  "usage",
  "e-titles",
  "package-costs",
];

/**
 * How good the data are, what no source delivers, and the definition of every measure that the report has asked for.
 * Stands behind all other parts, for it tells what they have used.
 */
export const method = defineSection({
  id: "method",
  title: "section.method",
  closing: true,
  options: {},
  build: async (context) => {
    const { words } = context;
    const used = [...context.asked];
    const missing = await missingSources(context);
    const notes = [
      ...(missing.length === 0 ? [] : [words.say("method-missing", { what: words.list(missing) })]),
      words.say("method-not-counted"),
    ];
    return {
      blocks: [
        ...(await figuresOf(context, ["classified-share"])),
        ...(await figuresOf(context.of(null), ["assigned-share", "data-coverage"])),
        ...notes.map((text): Block => ({ type: "note", text })),
        ...definitions(context, used),
      ],
    };
  },
});

async function missingSources({ reader, period, settings, words }: SectionContext): Promise<string[]> {
  const missing: string[] = [];
  for (const need of sources) {
    const { delivered } = await reachOf(reader, [need], period, settings.zone);
    const name = `stream.${need}`;
    if (!delivered && isSentence(name)) missing.push(words.say(name));
  }
  return missing;
}

function definitions(context: SectionContext, used: readonly string[]): Block[] {
  const { words } = context;
  const rows = measures
    .filter(({ id }) => used.includes(id))
    .map(({ id }) => {
      const name = `definition.${id}`;
      const definition = isSentence(name) ? words.say(name) : "";
      return [
        { value: id, text: labelOf(context, id) },
        { value: definition === "" ? null : definition, text: definition },
        { value: id, text: id },
      ];
    });
  if (rows.length === 0) return [];
  return [
    {
      type: "table",
      id: "definitions",
      caption: words.say("definitions-caption"),
      columns: [
        { id: "measure", label: words.say("column.measure"), align: "start" },
        { id: "definition", label: words.say("column.definition"), align: "start" },
        { id: "id", label: words.say("column.id"), align: "start" },
      ],
      groups: [{ label: null, rows }],
    },
  ];
}
