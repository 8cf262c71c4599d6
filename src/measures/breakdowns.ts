/** By what a figure can be told. */

/** Of copies and of their use. */
export const itemBy = [
  "month",
  "department",
  "liaison",
  "class",
  "library",
  "item-type",
  "language",
  "decade",
  "material",
] as const;

/** Of titles, by what a record has itself. */
export const titleBy = ["month", "department", "liaison", "class", "language", "decade", "material"] as const;
