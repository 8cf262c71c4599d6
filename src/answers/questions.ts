/** A question in a reader's own words, in one of the languages of the reports, and which answer it asks for. */
import { normaliseIsbn } from "../domain/marc/identifiers.ts";
import type { Answer, Answers } from "./types.ts";

interface Pattern {
  readonly language: string;
  readonly kind: "liaison" | "new-titles" | "holdings";
  /** What it is about is the group `about`. */
  readonly text: RegExp;
}

const about = "(?<about>.+?)[\\s?!.]*$";
const pattern = (language: string, kind: Pattern["kind"], beginning: string): Pattern => ({
  language,
  kind,
  text: new RegExp(`${beginning}\\s+${about}`, "iu"),
});

/** The first that fits. None of them is tied to the beginning: people greet first. */
const patterns: readonly Pattern[] = [
  pattern(
    "en",
    "new-titles",
    "\\b(?:new|recent|latest)\\b(?:\\s+(?:books?|titles?|arrivals?))?\\s+(?:in|for|on|about)",
  ),
  pattern("en", "liaison", "\\b(?:liaison|(?:subject )?librarian)s?\\s+(?:for|of|in)"),
  pattern("en", "holdings", "\\b(?:do you|does the library|do we)\\s+(?:have|hold|own)"),
  pattern(
    "de",
    "new-titles",
    "\\b(?:neu|neues|neue (?:bücher|titel)|neuerwerbungen)\\s+(?:in|im|für|zu|zur)",
  ),
  pattern("de", "liaison", "(?:zuständig|fachreferent\\p{L}*|ansprech\\p{L}*)\\s+(?:ist\\s+)?(?:für|in)"),
  pattern("de", "holdings", "\\b(?:haben sie|habt ihr|gibt es|hat die bibliothek)"),
  pattern("fr", "new-titles", "(?:nouveautés|quoi de neuf|nouveaux (?:livres|titres))\\s+(?:en|pour|sur)"),
  pattern("fr", "liaison", "(?:bibliothécaire|responsable|référente?)\\s+(?:pour|de|en)"),
  pattern("fr", "holdings", "(?:avez-vous|la bibliothèque a-t-elle|y a-t-il)"),
  pattern("es", "new-titles", "(?:novedades|nuevo|libros nuevos|títulos nuevos)\\s+(?:en|de|sobre)"),
  pattern("es", "liaison", "(?:bibliotecari[oa](?: de enlace)?|enlace|responsable)\\s+(?:de|para|en)"),
  pattern("es", "holdings", "(?:tienen|tiene la biblioteca|tenéis)"),
];

/** What a question is about; a text that is no question is about itself. */
export function subjectOf(text: string): string {
  const question = text.normalize("NFC").slice(0, 500).trim();
  for (const { text: form } of patterns) {
    const subject = form.exec(question)?.groups?.["about"];
    if (subject !== undefined) return unquoted(subject);
  }
  return question;
}

/** Null: it asks for nothing that is known here. The answer is in the language of the question. */
export async function answerTo(answers: Answers, question: string): Promise<Answer<unknown> | null> {
  const text = question.normalize("NFC").slice(0, 500).trim();
  for (const { language, kind, text: form } of patterns) {
    const subject = form.exec(text)?.groups?.["about"];
    if (subject === undefined) continue;
    switch (kind) {
      case "liaison":
        return answers.liaisons({ department: subject, language });
      case "new-titles":
        return answers.newTitles({ department: subject, language });
      case "holdings":
        return answers.holdings({ q: unquoted(subject), language });
    }
  }
  const isbn = normaliseIsbn(text);
  return isbn?.length === 13 ? answers.holdings({ isbn }) : null;
}

function unquoted(text: string): string {
  return text.replaceAll(/["“”„«»]/gu, " ").trim();
}
