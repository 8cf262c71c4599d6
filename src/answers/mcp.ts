/** The answers as an MCP server: three tools with structured output, and the departments as a resource. */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { given } from "./given.ts";
import type { Answer, Answers } from "./types.ts";

const language = z.string().max(35).optional().describe("Language of the text: en, de, fr, es");
const asked = (what: string): z.ZodOptional<z.ZodString> => z.string().max(500).optional().describe(what);
const title = {
  title: z.string(),
  author: z.string().optional(),
  year: z.number().int().optional(),
  language: z.string().optional(),
  materialType: z.string(),
  url: z.string().optional(),
};
const output = <Item extends z.ZodRawShape>(
  item: Item,
): { found: z.ZodBoolean; text: z.ZodString; items: z.ZodArray<z.ZodObject<Item>> } => ({
  found: z.boolean(),
  text: z.string(),
  items: z.array(z.object(item)),
});

export function createMcpServer(answers: Answers, about: { library: string; version: string }): McpServer {
  const server = new McpServer(
    {
      name: "koha-liaison",
      title: `${about.library}: liaisons, new titles, holdings`,
      version: about.version,
    },
    { instructions: "Public answers of a library: who a subject's liaison is, new titles, holdings." },
  );
  const annotations = { readOnlyHint: true, openWorldHint: false };
  server.registerTool(
    "find_liaison",
    {
      title: "Find the liaison",
      description: "Who is the library's liaison for a department, subject or call number",
      inputSchema: { department: asked("Department, subject or call number; absent: all"), language },
      outputSchema: output({
        department: z.string(),
        departmentName: z.string(),
        name: z.string(),
        email: z.string(),
        phone: z.string().optional(),
        office: z.string().optional(),
        url: z.string().optional(),
      }),
      annotations,
    },
    async (input) => resultOf(await answers.liaisons(given(input))),
  );
  server.registerTool(
    "new_titles",
    {
      title: "New titles",
      description: "What came to the library in the last 31 days for a department or subject",
      inputSchema: {
        department: asked("Department, subject or call number; absent: all"),
        limit: z.number().int().min(1).max(50).optional(),
        language,
      },
      outputSchema: output({
        department: z.string(),
        ...title,
        callNumber: z.string().optional(),
        arrivedOn: z.string(),
      }),
      annotations,
    },
    async (input) => resultOf(await answers.newTitles(given(input))),
  );
  server.registerTool(
    "library_holds",
    {
      title: "Does the library have it",
      description: "Whether the library has a title, where, and how many copies were in at the last pull",
      inputSchema: {
        q: asked("Words of title, author and year"),
        isbn: asked("ISBN"),
        issn: asked("ISSN"),
        limit: z.number().int().min(1).max(20).optional(),
        language,
      },
      outputSchema: output({
        ...title,
        copies: z.number().int(),
        available: z.number().int(),
        places: z.array(
          z.object({
            library: z.string().optional(),
            callNumber: z.string().optional(),
            copies: z.number().int(),
            available: z.number().int(),
          }),
        ),
        onlineUrl: z.string().optional(),
      }),
      annotations,
    },
    async (input) => resultOf(await answers.holdings(given(input))),
  );
  server.registerResource(
    "departments",
    "liaison://departments",
    { title: "Departments", description: "Ids and names", mimeType: "application/json" },
    async (uri) => {
      const { items } = await answers.departments({});
      return { contents: [{ uri: uri.href, mimeType: "application/json", text: JSON.stringify(items) }] };
    },
  );
  return server;
}

function resultOf<Item>(answer: Answer<Item>): {
  content: { type: "text"; text: string }[];
  structuredContent: Record<string, unknown>;
} {
  return { content: [{ type: "text", text: answer.text }], structuredContent: { ...answer } };
}
