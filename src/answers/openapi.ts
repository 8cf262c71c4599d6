/**
 * The description of the answers for assistants: OpenAPI 3.0.3 as a custom extension of watsonx Assistant takes it
 * (JSON, no combinators, absolute servers, a summary of every operation), and others with it. An assistant matches
 * the calls of a skill by the hash of an operation: what stands here changes only with a new major version.
 */

type Shape = Readonly<Record<string, unknown>>;

const text = (description: string): Shape => ({ type: "string", description });
const count = (description: string): Shape => ({ type: "integer", description });
const object = (properties: Readonly<Record<string, Shape>>, required: readonly string[]): Shape => ({
  type: "object",
  properties,
  required,
});

const title = {
  title: text("Title"),
  author: text("First author"),
  year: count("Year of publication"),
  language: text("Language code of the title"),
  materialType: text("Kind of material, such as book or e-journal"),
  url: text("Address in the catalogue"),
};

const department = object({ id: text("Id"), name: text("Name"), group: text("School or faculty") }, [
  "id",
  "name",
]);
const liaison = object(
  {
    department: text("Id of the department"),
    departmentName: text("Name of the department"),
    name: text("Name of the liaison"),
    email: text("Mail address"),
    phone: text("Telephone"),
    office: text("Where, and when"),
    url: text("Own page"),
  },
  ["department", "departmentName", "name", "email"],
);
const newTitle = object(
  {
    department: text("Id of the department"),
    ...title,
    callNumber: text("Call number"),
    arrivedOn: text("Day of arrival"),
  },
  ["department", "title", "materialType", "arrivedOn"],
);
const place = object(
  {
    library: text("Library"),
    callNumber: text("Call number"),
    copies: count("Copies"),
    available: count("Copies that are in"),
  },
  ["copies", "available"],
);
const holding = object(
  {
    ...title,
    copies: count("Copies"),
    available: count("Copies that are in, as of the last pull from the catalogue"),
    places: { type: "array", description: "Where the copies are", items: place },
    onlineUrl: text("Address of the electronic form"),
  },
  ["title", "materialType", "copies", "available", "places"],
);

const answer = (items: Shape): Shape => ({
  description: "The answer; found is false when there is none",
  content: {
    "application/json": {
      schema: object(
        {
          found: { type: "boolean", description: "Whether anything was found" },
          text: text("The answer in whole sentences, ready to show"),
          items: { type: "array", description: "The parts of the answer", items },
        },
        ["found", "text", "items"],
      ),
    },
  },
});

const parameter = (name: string, description: string, example: string | number): Shape => ({
  name,
  in: "query",
  required: false,
  description,
  schema: { type: typeof example === "number" ? "integer" : "string" },
  example,
});
const language = parameter("language", "Language of the text: en, de, fr, es", "en");

const operation = (
  operationId: string,
  summary: string,
  parameters: readonly Shape[],
  items: Shape,
): Shape => ({
  get: {
    operationId,
    summary,
    description: summary,
    parameters: [...parameters, language],
    responses: { "200": answer(items) },
  },
});

/** `host`: where assistants reach the answers, without scheme; a variable of the server. `version`: of the product. */
export function openApiDocument(about: {
  readonly library: string;
  readonly host: string;
  readonly version: string;
}): Shape {
  const { library, host, version } = about;
  return {
    openapi: "3.0.3",
    info: {
      title: `${library}: liaisons, new titles, holdings`,
      description: "Public answers of the library. No loans, no figures of the staff, no readers.",
      version,
    },
    servers: [
      {
        url: "https://{host}",
        description: "Where the library serves the answers",
        variables: { host: { default: host, description: "Host of the library's pages" } },
      },
    ],
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-API-Key" } },
    },
    paths: {
      "/chat/v1/liaisons": operation(
        "findLiaison",
        "Who is the liaison for a department or subject",
        [parameter("department", "Department, subject or call number; absent: all", "Physics")],
        liaison,
      ),
      "/chat/v1/departments": operation(
        "findDepartments",
        "Which departments there are",
        [parameter("q", "Part of a name, a subject or a call number; absent: all", "physics")],
        department,
      ),
      "/chat/v1/new-titles": operation(
        "listNewTitles",
        "What is new in a department, of the last 31 days",
        [
          parameter("department", "Department, subject or call number; absent: all", "Physics"),
          parameter("limit", "Titles at most, up to 50", 10),
        ],
        newTitle,
      ),
      "/chat/v1/holdings": operation(
        "findHoldings",
        "Whether the library has a title, and where",
        [
          parameter("q", "Words of title, author and year", "gravitation misner"),
          parameter("isbn", "ISBN", "9780716703440"),
          parameter("issn", "ISSN", "0028-0836"),
          parameter("limit", "Titles at most, up to 20", 5),
        ],
        holding,
      ),
    },
  };
}
