/**
 * An action skill for watsonx Assistant that asks the extension of `openapi.ts`: three actions with the questions that
 * begin them, each a call whose answer is shown. The form is that of skills downloaded from its Actions page.
 */
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

interface Action {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** The parameter that takes the reader's words. */
  readonly parameter: string;
  readonly examples: readonly string[];
}

/** Variables of the skill. */
const question = "reader_question";
const reply = "library_answer";

const actions: readonly Action[] = [
  {
    id: "action_1001",
    title: "Who is my liaison",
    path: "/chat/v1/liaisons",
    parameter: "department",
    examples: [
      "Who is my liaison?",
      "Who is my liaison for Physics?",
      "Who is the subject librarian for history?",
      "I need help from a librarian in my subject",
      "Contact of my librarian",
    ],
  },
  {
    id: "action_1002",
    title: "What is new in my subject",
    path: "/chat/v1/new-titles",
    parameter: "department",
    examples: [
      "What is new in Physics?",
      "New books in my subject",
      "Recent arrivals for chemistry",
      "Which titles did the library get lately?",
    ],
  },
  {
    id: "action_1003",
    title: "Does the library have it",
    path: "/chat/v1/holdings",
    parameter: "q",
    examples: [
      "Does the library have this book?",
      "Do you have a book?",
      "Is this title in the library?",
      "Look up a book by ISBN",
    ],
  },
];

/** `extensionId`: of the extension in the assistant (`catalog_item_id`), for sites where upload cannot match it. */
export function watsonSkill(library: string, extensionId: string): Json {
  return {
    name: `${library}: liaison answers`,
    type: "action",
    language: "en",
    description: "Who is my liaison, what is new, does the library have it",
    dialog_settings: {},
    workspace: {
      actions: [
        ...actions.map((action, index) => actionOf(action, actions[index + 1]?.id, extensionId)),
        fallback,
      ],
      intents: actions.map(({ id, examples }) => ({
        intent: `${id}_intent`,
        examples: examples.map((text) => ({ text })),
      })),
      entities: [],
      variables: [question, reply].map((name) => ({
        title: name,
        variable: name,
        data_type: "any",
        description: "",
      })),
      data_types: [],
      counterexamples: [],
      metadata: { api_version: { major_version: "v2", minor_version: "2018-11-08" } },
      system_settings: {
        off_topic: { enabled: true },
        disambiguation: {
          prompt: "Did you mean:",
          enabled: true,
          randomize: true,
          max_suggestions: 5,
          suggestion_text_policy: "title",
          none_of_the_above_prompt: "None of the above",
        },
        intent_classification: { training_backend_version: "v2" },
        spelling_auto_correct: true,
      },
      learning_opt_out: true,
    },
  };
}

function actionOf(action: Action, next: string | undefined, extensionId: string): Json {
  const { id, title, path, parameter } = action;
  const result = "step_2_result_1";
  return {
    action: id,
    title,
    condition: { intent: `${id}_intent` },
    next_action: next ?? fallbackId,
    boosts: [],
    handlers: [],
    topic_switch: { allowed_from: true, allowed_into: true },
    disambiguation_opt_out: false,
    variables: [
      { title: "Question", variable: "step_1", data_type: "any" },
      { title: "Call", variable: "step_2", data_type: "any" },
      { variable: result, data_type: "any" },
      { title: "Failed", variable: "step_3", data_type: "any" },
      { title: "Answer", variable: "step_4", data_type: "any" },
    ],
    steps: [
      {
        step: "step_1",
        variable: "step_1",
        handlers: [],
        output: { generic: [] },
        context: {
          variables: [{ skill_variable: question, value: { expression: "input.original_text" } }],
        },
        resolver: { type: "continue" },
        next_step: "step_2",
      },
      {
        step: "step_2",
        variable: "step_2",
        handlers: [],
        output: { generic: [] },
        resolver: {
          type: "callout",
          callout: {
            type: "integration_interaction",
            method: "GET",
            path,
            internal: { catalog_item_id: extensionId },
            request_mapping: { query: [{ parameter, value: { skill_variable: question } }] },
            result_variable: result,
          },
        },
        next_step: "step_3",
      },
      {
        step: "step_3",
        variable: "step_3",
        handlers: [],
        condition: { eq: [{ variable: result, variable_path: "success" }, { scalar: false }] },
        output: {
          generic: [textOf({ scalar: "The library cannot be asked just now. Please try again later." })],
        },
        resolver: { type: "end_action" },
        next_step: "step_4",
      },
      {
        step: "step_4",
        variable: "step_4",
        handlers: [],
        context: {
          variables: [{ skill_variable: reply, value: { expression: `\${${result}.body.text}` } }],
        },
        output: { generic: [textOf({ skill_variable: reply })] },
        resolver: { type: "end_action" },
      },
    ],
  };
}

const fallbackId = "anything_else";
const fallback: Json = {
  action: fallbackId,
  title: "No action matches",
  condition: { expression: "anything_else" },
  boosts: [],
  handlers: [],
  variables: [{ title: "What it can do", variable: "step_1", data_type: "any" }],
  steps: [
    {
      step: "step_1",
      variable: "step_1",
      handlers: [],
      output: {
        generic: [
          textOf({
            scalar:
              "I can tell who your liaison is, what is new in your subject, and whether the library has a title. Ask in one sentence: Who is my liaison for Physics? What is new in History? Do you have Gravitation by Misner?",
          }),
        ],
      },
      resolver: { type: "end_action" },
    },
  ],
};

function textOf(part: Json): Json {
  return {
    response_type: "text",
    selection_policy: "sequential",
    values: [{ text_expression: { concat: [part] } }],
  };
}
