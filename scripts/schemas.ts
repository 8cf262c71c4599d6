/**
 * `npm run schemas`: the JSON Schemas by which editors complete and check the YAML files, made from the schemas that
 * the product itself checks by; the schema of reports as JSON; the example configuration; and the page of what
 * `map check` finds. A test fails when one is stale.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { registry } from "../connectors/index.ts";
import { exampleConfiguration, exampleSettings } from "../src/config/example.ts";
import { ConfigSchema } from "../src/config/schema.ts";
import { expectationsSchema, mappingSchema, problemsPage } from "../src/mapping/index.ts";
import { ReportDefinition } from "../src/reports/definition.ts";
import { ReportJson } from "../src/reports/render/json-shape.ts";

const root = path.resolve(import.meta.dirname, "..");

/** A secret is written as `{ env: NAME }` or `{ file: PATH }`; everything else that has no JSON form passes. */
const secret = {
  oneOf: ["env", "file"].map((key) => ({
    type: "object",
    properties: { [key]: { type: "string" } },
    required: [key],
    additionalProperties: false,
  })),
};

function jsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema: target }) => {
      if (zodSchema._zod.def.type === "custom") Object.assign(target, secret);
    },
  });
}

async function sectionSchemas(
  kind: Readonly<Record<string, () => Promise<{ readonly config: unknown }>>>,
): Promise<object[]> {
  const schemas: object[] = [];
  for (const [type, load] of Object.entries(kind)) {
    const { config } = await load();
    const schema = jsonSchema(config as z.ZodType) as { properties?: Record<string, unknown> };
    schemas.push({
      ...schema,
      properties: { ...schema.properties, type: { const: type } },
      required: ["type"],
    });
  }
  return schemas;
}

async function configurationSchema(): Promise<object> {
  const schema = jsonSchema(ConfigSchema) as { properties: Record<string, object> };
  const sources = { type: "object", additionalProperties: { oneOf: await sectionSchemas(registry.sources) } };
  const deliveries = {
    type: "object",
    additionalProperties: { oneOf: await sectionSchemas(registry.deliveries) },
  };
  return { ...schema, properties: { ...schema.properties, sources, deliveries } };
}

const text = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

/** Every generated file with what it must hold. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["config/schema.json", text(await configurationSchema())],
    ["config/report.schema.json", text(jsonSchema(ReportDefinition))],
    ["mappings/schema.json", text({ oneOf: [jsonSchema(mappingSchema), jsonSchema(expectationsSchema)] })],
    ["docs/reference/report.json-schema.json", text(z.toJSONSchema(ReportJson))],
    ["docs/reference/mapping-problems.md", problemsPage()],
    ["config/liaison.example.yaml", exampleConfiguration(exampleSettings)],
  ]);
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, content] of await generated()) {
    const file = path.join(root, name);
    if (existsSync(file) && readFileSync(file, "utf8") === content) continue;
    writeFileSync(file, content);
    process.stdout.write(`${name} written\n`);
  }
}
