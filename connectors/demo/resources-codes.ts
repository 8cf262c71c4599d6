/** Columns of the short lists: libraries, item types, authorised values. */
import type { Code } from "./model.ts";
import type { Field } from "./query.ts";

type CodeRow = Code & { readonly id: number };
const field = (name: string, get: (row: CodeRow) => unknown): Field<CodeRow> => ({
  name,
  kind: "value",
  get,
});
const empty = (names: string): Field<CodeRow>[] => names.split(" ").map((name) => field(name, () => null));

export const libraryFields: readonly Field<CodeRow>[] = [
  field("library_id", ({ code }) => code),
  field("name", ({ label }) => label),
  ...empty("address1 address2 address3 postal_code city state country phone fax email illemail"),
  ...empty("reply_to_email return_path_email url ip notes geolocation marc_org_code"),
  field("pickup_location", () => true),
  field("public", () => true),
];

export const itemTypeFields: readonly Field<CodeRow>[] = [
  field("item_type", ({ code }) => code),
  field("parent_type", () => null),
  field("description", ({ label }) => label),
  ...empty("rentalcharge rentalcharge_daily"),
  field("rentalcharge_daily_calendar", () => true),
  field("rentalcharge_hourly", () => null),
  field("rentalcharge_hourly_calendar", () => true),
  ...empty("defaultreplacecost processfee"),
  field("notforloan", () => false),
  ...empty("imageurl summary checkinmsg"),
  field("checkinmsgtype", () => "message"),
  ...empty("sip_media_type"),
  field("hideinopac", () => false),
  ...empty("searchcategory"),
  field("automatic_checkin", () => false),
];

export function valueFields(category: string): readonly Field<CodeRow>[] {
  return [
    field("authorised_value_id", ({ id }) => id),
    field("category_name", () => category),
    field("value", ({ code }) => code),
    field("description", ({ label }) => label),
    field("opac_description", ({ label }) => label),
    field("image_url", () => null),
  ];
}
