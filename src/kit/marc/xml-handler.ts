/**
 * MARCXML as events, for whoever walks a document: a file of records, or the envelope of an answer in which records
 * lie. Elements go by local name; prefixes, the order of attributes and unknown elements do not matter.
 */
import type { MarcField } from "../../domain/marc/record.ts";
import type { Problem } from "../../domain/problem.ts";
import { uniqueByCode } from "./decoded.ts";
import type { DecodedText } from "./decoded.ts";
import { controlNumberOf } from "./notes.ts";

export const marcNamespace = "http://www.loc.gov/MARC21/slim";
export const noNamespace: Problem = {
  code: "no-namespace",
  what: `the namespace is not ${marcNamespace}`,
};
const leaderLength = 24;

type Attributes = Readonly<Record<string, string>>;

/** Feed it every element and text of the document, envelope included. */
export interface MarcXmlHandler {
  startElement(name: string, attributes: Attributes): void;
  text(text: string): void;
  /** What a MARC `record` was, at its end; null at every other end. */
  endElement(name: string): DecodedText | null;
  /** A MARC record has begun and not ended. */
  readonly open: boolean;
  /** 001 of the open record. */
  readonly controlNumber: string | null;
}

interface OpenRecord {
  leader: string | null;
  readonly fields: MarcField[];
  readonly warnings: Problem[];
  problem: Problem | null;
}

interface OpenElement {
  readonly local: string;
  readonly namespace: string;
  /** Namespaces by prefix, "" the default. */
  readonly prefixes: ReadonlyMap<string, string>;
}

export function createMarcXmlHandler(): MarcXmlHandler {
  /** The open elements outside of a record's fields. */
  const ancestors: OpenElement[] = [];
  let record: OpenRecord | null = null;
  /** Below `record`: 1 is a field, 2 a subfield. */
  let depth = 0;
  let attributesOfField: Attributes = {};
  let subfields: [string, string][] = [];
  let code = "";
  let collecting = false;
  let collected = "";

  function startField(open: OpenRecord, local: string, attributes: Attributes): void {
    attributesOfField = attributes;
    subfields = [];
    collecting = local !== "datafield";
    collected = "";
    const tag = attributes.tag ?? "";
    if (local === "leader" || tag.length === 3) return;
    const what = `a field's tag is ${JSON.stringify(tag)}, not three characters`;
    if (tag === "") open.problem ??= { code: "tag", what };
    else open.warnings.push({ code: "tag", what });
  }

  function startSubfield(open: OpenRecord, attributes: Attributes): void {
    code = attributes.code ?? "";
    collecting = true;
    collected = "";
    if (code === "" || [...code].length !== 1) {
      const what = `${attributesOfField.tag ?? ""}: a subfield's code is ${JSON.stringify(code)}, not one character`;
      open.problem ??= { code: "subfield-code", what };
    }
  }

  function endField(open: OpenRecord, local: string): void {
    collecting = false;
    const { tag = "", ind1, ind2 } = attributesOfField;
    if (local === "leader") open.leader = collected;
    else if (local === "controlfield") open.fields.push({ tag, value: collected });
    else if (local === "datafield")
      open.fields.push({ tag, ind1: indicator(ind1), ind2: indicator(ind2), subfields });
    const empty =
      (local === "controlfield" && collected === "") ||
      (local === "datafield" && (subfields.length === 0 || subfields.some(([, value]) => value === "")));
    if (empty) open.warnings.push({ code: "empty-field", what: `${tag}: a field or subfield without data` });
  }

  return {
    get open() {
      return record !== null;
    },
    get controlNumber() {
      return record === null ? null : controlNumberOf(record);
    },
    startElement(name, attributes) {
      const local = localName(name);
      if (record === null) {
        if (!isField(local) || ancestors.at(-1)?.local !== "record") {
          ancestors.push(openElement(name, attributes, ancestors.at(-1)?.prefixes));
          return;
        }
        record = { leader: null, fields: [], warnings: [], problem: null };
      }
      depth += 1;
      if (depth === 1) startField(record, isField(local) ? local : "", attributes);
      else if (depth === 2 && local === "subfield") startSubfield(record, attributes);
    },
    text(text) {
      if (collecting) collected += text;
    },
    endElement(name) {
      if (record === null) {
        const element = ancestors.pop();
        return element?.local === "record" && element.namespace === marcNamespace ? withoutFields : null;
      }
      if (depth === 0) {
        const ended = record;
        record = null;
        return finish(ended, ancestors.pop()?.namespace === marcNamespace);
      }
      const local = localName(name);
      if (depth === 2 && local === "subfield") {
        subfields.push([code, collected]);
        collecting = false;
      } else if (depth === 1) endField(record, local);
      depth -= 1;
      return null;
    },
  };
}

const withoutFields: DecodedText = {
  ok: false,
  problem: { code: "leader", what: "a record without leader and fields" },
  controlNumber: null,
};

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function isField(local: string): boolean {
  return local === "datafield" || local === "controlfield" || local === "leader";
}

function openElement(
  name: string,
  attributes: Attributes,
  inherited: OpenElement["prefixes"] = new Map(),
): OpenElement {
  const declared = Object.entries(attributes).filter(([key]) => key === "xmlns" || key.startsWith("xmlns:"));
  const prefixes =
    declared.length === 0
      ? inherited
      : new Map([...inherited, ...declared.map(([key, uri]) => [key.slice("xmlns:".length), uri] as const)]);
  const prefix = name.includes(":") ? name.slice(0, name.indexOf(":")) : "";
  return { local: localName(name), namespace: prefixes.get(prefix) ?? "", prefixes };
}

function indicator(value: string | undefined): string {
  return value === undefined || value === "" ? " " : value;
}

function finish(open: OpenRecord, namespaced: boolean): DecodedText {
  if (open.problem !== null)
    return { ok: false, problem: open.problem, controlNumber: controlNumberOf(open) };
  const { leader, fields } = open;
  const warnings = [...open.warnings];
  if (!namespaced) warnings.push(noNamespace);
  if (leader === null)
    warnings.push({ code: "leader", what: "the record has no leader; blanks stand for it" });
  else if (leader.length !== leaderLength)
    warnings.push({
      code: "leader-length",
      what: `the leader has ${String(leader.length)} characters, not 24`,
    });
  const record = { leader: (leader ?? "").padEnd(leaderLength).slice(0, leaderLength), fields };
  return { ok: true, record, warnings: uniqueByCode(warnings) };
}
