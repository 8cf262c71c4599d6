/** How a record's evidence is kept in one row; the view `evidence` makes rows of it. */
export { packEvidence, subjectsIn, unpackEvidence } from "../domain/evidence-text.ts";
